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

/** Everything about the labels, beside the image. */
export function Panel({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  useProblemCheck(editor)
  useKeptSetting(editor, 'confidenceThreshold', (state) => state.threshold)
  return (
    <aside className={classes.panel} aria-label={t('annotate.panel')}>
      <ClassList editor={editor} />
      <Attributes editor={editor} />
      <Arrange editor={editor} />
      <ObjectList editor={editor} />
      <Predictions editor={editor} />
      <ImageTags editor={editor} />
    </aside>
  )
}
