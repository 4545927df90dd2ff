import {
  IconCircle, IconLine, IconPoint, IconPointer, IconPolygon, IconRectangle, IconRotateRectangle, type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { TOOL_IDS, type ToolId } from '../../editor/store/state.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { CommandButton } from './CommandButton.tsx'
import { useEditorState } from './useEditorState.ts'
import classes from './AnnotateView.module.css'

const ICONS: Record<ToolId, Icon> = {
  select: IconPointer, rectangle: IconRectangle, rotatedRectangle: IconRotateRectangle, polygon: IconPolygon, polyline: IconLine, point: IconPoint, ellipse: IconCircle,
}

/** The tools that the label schema has a use for. */
export function ToolBar({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const current = useEditorState(editor, (state) => state.tool)
  const shown = TOOL_IDS.filter((id) => id === 'select' || editor.schema.classes.some(({ kinds }) => kinds.includes(id)))
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('annotate.tools')} aria-orientation="vertical">
      {shown.map((id) => <CommandButton key={id} editor={editor} id={`tools.${id}`} icon={ICONS[id]} pressed={current === id} />)}
    </div>
  )
}
