import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../../bridge/EngineContext.tsx'
import type { Editor } from '../../../editor/store/editor.ts'
import { Attributes } from './Attributes.tsx'
import { ClassList } from './ClassList.tsx'
import { ImageTags } from './ImageTags.tsx'
import { ObjectList } from './ObjectList.tsx'
import { Predictions } from './Predictions.tsx'
import classes from './Panel.module.css'

/** Everything about the labels, beside the image. */
export function Panel({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  useKeptThreshold(editor)
  return (
    <aside className={classes.panel} aria-label={t('annotate.panel')}>
      <ClassList editor={editor} />
      <Attributes editor={editor} />
      <ObjectList editor={editor} />
      <Predictions editor={editor} />
      <ImageTags editor={editor} />
    </aside>
  )
}

const SETTLED_MS = 500

/** Keeps the threshold, set by slider or by key, for the tasks to come. */
function useKeptThreshold(editor: Editor): void {
  const engine = useEngine()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = editor.state.subscribe(({ threshold }, before) => {
      if (threshold === before.threshold) return
      clearTimeout(timer)
      // A preference alone: failing to keep it costs nothing that the person made.
      timer = setTimeout(() => void engine.request('settings.set', { confidenceThreshold: threshold }).catch(() => {}), SETTLED_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [engine, editor])
}
