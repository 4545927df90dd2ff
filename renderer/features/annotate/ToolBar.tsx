import { useRovingIndex } from '@mantine/hooks'
import {
  IconBrush, IconBucketDroplet, IconCircle, IconEraser, IconHexagonMinus, IconLine, IconMagnet, IconPoint, IconPointer, IconPolygon,
  IconRectangle, IconRotateRectangle, IconRulerMeasure, IconScissors, IconScreenshot, IconSlice, IconSparkles, IconStretching2, IconVectorSpline, IconWand, type Icon,
} from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { findCommand } from '../../editor/commands/commands.ts'
import type { ToolId } from '../../editor/store/state.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { CommandButton } from './CommandButton.tsx'
import { shownGroups, type ToolBarItem } from './toolGroups.ts'
import { useEditorState } from './useEditorState.ts'
import classes from './ToolBar.module.css'

const ICONS: Record<ToolId | 'magnetic', Icon> = {
  select: IconPointer, rectangle: IconRectangle, rotatedRectangle: IconRotateRectangle, polygon: IconPolygon, polyline: IconLine, point: IconPoint, ellipse: IconCircle,
  skeleton: IconStretching2,
  brush: IconBrush, eraser: IconEraser, fill: IconBucketDroplet,
  hole: IconHexagonMinus, knife: IconSlice, redraw: IconVectorSpline, ruler: IconRulerMeasure,
  magicWand: IconWand, grabCut: IconScreenshot, scissors: IconScissors, segmentAnything: IconSparkles,
  magnetic: IconMagnet,
}

/**
 * The tools that the label schema has a use for, in groups. One of them is reached by Tab, the others from there by arrow keys. Its many buttons take a
 * while to render, so they are not rendered again with whatever changes around them.
 */
export const ToolBar = memo(function ToolBar({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const current = useEditorState(editor, (state) => state.tool)
  const magnetic = useEditorState(editor, (state) => state.magnetic)
  const groups = shownGroups(editor.schema)
  const items = groups.flatMap((group) => group.items)
  const { getItemProps } = useRovingIndex({
    total: items.length, orientation: 'both', isItemDisabled: (index) => findCommand(editor, commandOf(items[index]))?.enabled(editor) !== true,
  })
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('annotate.tools')} aria-orientation="vertical">
      {groups.map((group) => (
        <div key={group.name} className={classes.group} role="group" aria-label={t(`annotate.toolGroup.${group.name}`)}>
          {group.items.map((item) => (
            <CommandButton
              key={item} editor={editor} id={commandOf(item)} icon={ICONS[item]} pressed={item === 'magnetic' ? magnetic : current === item}
              item={getItemProps({ index: items.indexOf(item) })}
            />
          ))}
        </div>
      ))}
    </div>
  )
})

function commandOf(item: ToolBarItem | undefined): string {
  return item === 'magnetic' ? 'polygons.magnetic' : `tools.${item}`
}
