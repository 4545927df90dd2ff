import { boxCorners } from '../../../shared/geometry/box.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { drawableShape } from '../shapes/drawables.ts'
import { MOST_OUTLINED } from '../shapes/levelOfDetail.ts'
import { paintDrawables } from '../shapes/paintDrawables.ts'
import { paintStyle } from '../shapes/shapeStyle.ts'
import type { CanvasTheme } from '../theme.ts'
import { boxAroundShapes } from './boxAround.ts'
import { paintMarquee } from './marquee.ts'

/** What an edit that is looked at took away; of very many shapes the box around them. */
export function paintRemoved(context: CanvasRenderingContext2D, editor: Editor, state: EditorState, theme: CanvasTheme): void {
  const { removed } = state
  if (removed.length === 0) return
  if (removed.length > MOST_OUTLINED) return paintMarquee(context, boxCorners(boxAroundShapes(removed)), state.camera, theme)
  paintDrawables(context, removed.map((shape) => drawableShape(editor, state, shape, shape.geometry)), state.camera, paintStyle(state.display, 'removed'))
}
