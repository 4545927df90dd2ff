import {
  IconBrush, IconBucketDroplet, IconCircle, IconEraser, IconHexagonMinus, IconLine, IconMagnet, IconPoint, IconPointer, IconPolygon,
  IconRectangle, IconRotateRectangle, IconRulerMeasure, IconScissors, IconScreenshot, IconSlice, IconSparkles, IconStretching2, IconVectorSpline, IconWand, type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { TOOL_IDS, type ToolId } from '../../editor/store/state.ts'
import { hasUseFor } from '../../editor/store/toolUse.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { CommandButton } from './CommandButton.tsx'
import { useEditorState } from './useEditorState.ts'
import classes from './AnnotateView.module.css'

const ICONS: Record<ToolId, Icon> = {
  select: IconPointer, rectangle: IconRectangle, rotatedRectangle: IconRotateRectangle, polygon: IconPolygon, polyline: IconLine, point: IconPoint, ellipse: IconCircle,
  skeleton: IconStretching2,
  brush: IconBrush, eraser: IconEraser, fill: IconBucketDroplet,
  hole: IconHexagonMinus, knife: IconSlice, redraw: IconVectorSpline, ruler: IconRulerMeasure,
  magicWand: IconWand, grabCut: IconScreenshot, scissors: IconScissors, segmentAnything: IconSparkles,
}

/** The tools that the label schema has a use for. */
export function ToolBar({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const current = useEditorState(editor, (state) => state.tool)
  const magnetic = useEditorState(editor, (state) => state.magnetic)
  const shown = TOOL_IDS.filter((id) => hasUseFor(editor.schema, id))
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('annotate.tools')} aria-orientation="vertical">
      {shown.map((id) => <CommandButton key={id} editor={editor} id={`tools.${id}`} icon={ICONS[id]} pressed={current === id} />)}
      {shown.includes('knife') && <CommandButton editor={editor} id="polygons.magnetic" icon={IconMagnet} pressed={magnetic} />}
    </div>
  )
}
