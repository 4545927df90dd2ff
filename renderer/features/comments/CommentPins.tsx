import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommentId } from '../../../shared/domain/ids.ts'
import type { CommentThread } from '../../../shared/domain/comment.ts'
import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { placeOf } from './places.ts'
import classes from './Comments.module.css'

interface CommentPinsProps { editor: Editor; threads: readonly CommentThread[]; active: CommentId | undefined; onChoose: (id: CommentId) => void }

/** The open threads as pins on the image; they follow the camera without React. */
export function CommentPins({ editor, threads, active, onChoose }: CommentPinsProps) {
  const { t } = useTranslation()
  const layer = useRef<HTMLDivElement>(null)
  const pinned = threads.filter(({ resolved, anchor }) => !resolved && anchor.kind !== 'task')
  useEffect(() => {
    const place = () => {
      const { camera } = editor.state.getState()
      for (const pin of layer.current?.querySelectorAll<HTMLElement>('[data-thread]') ?? []) {
        const thread = threads.find(({ id }) => id === pin.dataset['thread'])
        const at = thread && placeOf(editor, thread.anchor)
        if (at === undefined) continue
        const [x, y] = imageToScreen(camera, at)
        pin.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`
      }
    }
    place()
    return editor.state.subscribe((now, before) => { if (now.camera !== before.camera || now.records !== before.records) place() })
  }, [editor, threads])
  return (
    <div ref={layer} className={classes.pins}>
      {pinned.map((thread, index) => (
        <button
          key={thread.id} type="button" className={classes.pin} data-thread={thread.id} data-active={thread.id === active || undefined}
          aria-label={t('comments.pin', { number: index + 1, text: textOf(thread) })} title={textOf(thread)} onClick={() => onChoose(thread.id)}
        >
          {index + 1}
        </button>
      ))}
    </div>
  )
}

function textOf({ remarks: [first] }: CommentThread): string {
  return first?.act.kind === 'opened' ? first.act.text : ''
}
