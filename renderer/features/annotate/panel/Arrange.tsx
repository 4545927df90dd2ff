import {
  IconBoxMultiple, IconLayoutAlignBottom, IconLayoutAlignCenter, IconLayoutAlignLeft, IconLayoutAlignMiddle, IconLayoutAlignRight, IconLayoutAlignTop,
  IconLayoutDistributeHorizontal, IconLayoutDistributeVertical, type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../../editor/store/editor.ts'
import { CommandButton } from '../CommandButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import classes from './Panel.module.css'

const BUTTONS: readonly (readonly [string, Icon])[] = [
  ['arrange.align.left', IconLayoutAlignLeft], ['arrange.align.centre', IconLayoutAlignCenter], ['arrange.align.right', IconLayoutAlignRight],
  ['arrange.align.top', IconLayoutAlignTop], ['arrange.align.middle', IconLayoutAlignMiddle], ['arrange.align.bottom', IconLayoutAlignBottom],
  ['arrange.distribute.across', IconLayoutDistributeVertical], ['arrange.distribute.down', IconLayoutDistributeHorizontal], ['arrange.group', IconBoxMultiple],
]

/** Lines several selected shapes up with each other. */
export function Arrange({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const several = useEditorState(editor, (state) => state.selection.size > 1)
  if (!several) return null
  return (
    <div className={classes.arrange} role="toolbar" aria-label={t('annotate.arrange')}>
      {BUTTONS.map(([id, icon]) => <CommandButton key={id} editor={editor} id={id} icon={icon} />)}
    </div>
  )
}
