import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../../editor/store/editor.ts'
import { useKeptSetting } from '../useKeptSetting.ts'
import { Arrange } from './Arrange.tsx'
import { Attributes } from './Attributes.tsx'
import { ClassList } from './ClassList.tsx'
import { ImageTags } from './ImageTags.tsx'
import { ObjectList } from './ObjectList.tsx'
import { Predictions } from './Predictions.tsx'
import { useProblemCheck } from '../useProblemCheck.ts'
import classes from './Panel.module.css'

/** Everything about the labels, beside the image. Lists and fields begin anew with each session; nothing here is rendered with what changes around it. */
export const Panel = memo(function Panel({ editor, sessionId }: { editor: Editor; sessionId: string }) {
  const { t } = useTranslation()
  useProblemCheck(editor)
  useKeptSetting(editor, 'confidenceThreshold', (state) => state.threshold)
  return (
    <aside className={classes.panel} aria-label={t('annotate.panel')}>
      <ClassList editor={editor} />
      <Attributes key={`attributes ${sessionId}`} editor={editor} />
      <Arrange editor={editor} />
      <ObjectList key={`objects ${sessionId}`} editor={editor} />
      <Predictions key={`predictions ${sessionId}`} editor={editor} />
      <ImageTags key={`tags ${sessionId}`} editor={editor} />
    </aside>
  )
})
