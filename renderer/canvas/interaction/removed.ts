import { boxCorners, boxOfBoxes } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { boundsOf, drawableShape } from '../shapes/drawables.ts'
import { MOST_OUTLINED } from '../shapes/levelOfDetail.ts'
import { paintDrawables } from '../shapes/paintDrawables.ts'
import { paintStyle } from '../shapes/shapeStyle.ts'
import type { CanvasTheme } from '../theme.ts'
import { paintMarquee } from './marquee.ts'

const boxes = new WeakMap<readonly Shape[], Box>()

/** What an edit that is looked at took away; of very many shapes the box around them. */
export function paintRemoved(context: CanvasRenderingContext2D, editor: Editor, state: EditorState, theme: CanvasTheme): void {
  const { removed } = state
  if (removed.length === 0) return
  if (removed.length > MOST_OUTLINED) return paintMarquee(context, boxCorners(boxAroundAll(removed)), state.camera, theme)
  paintDrawables(context, removed.map((shape) => drawableShape(editor, state, shape, shape.geometry)), state.camera, paintStyle(state.display, 'removed'))
}

function boxAroundAll(shapes: readonly Shape[]): Box {
  const box = boxes.get(shapes) ?? boxOfBoxes(shapes.map(({ geometry }) => boundsOf(geometry))) ?? { x: 0, y: 0, width: 0, height: 0 }
  boxes.set(shapes, box)
  return box
}
