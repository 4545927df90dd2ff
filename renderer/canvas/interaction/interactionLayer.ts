import { assertNever } from '../../../shared/domain/assertNever.ts'
import { boxCorners } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { imageToScreen, visibleBox } from '../../../shared/geometry/camera.ts'
import { sparedMasks } from '../../editor/actions/maskActions.ts'
import { hasBrushInHand } from '../../editor/commands/maskCommands.ts'
import type { ClassId, ShapeId } from '../../../shared/domain/ids.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { isVisible, selectedShapes, selectedProposal, shapeOf, shownGeometry, soleSelected } from '../../editor/store/queries.ts'
import { previewFault } from '../../editor/store/previewFault.ts'
import type { EditorState, Preview } from '../../editor/store/state.ts'
import { UNKNOWN_CLASS, drawable, drawableShape } from '../shapes/drawables.ts'
import { drawablesOf } from '../shapes/drawShapes.ts'
import { MOST_OUTLINED } from '../shapes/levelOfDetail.ts'
import { paintDrawables, paintLabels } from '../shapes/paintDrawables.ts'
import { paintStyle } from '../shapes/shapeStyle.ts'
import type { CanvasTheme } from '../theme.ts'
import { paintCrosshair } from './crosshair.ts'
import { paintBrushCircle } from './brushCircle.ts'
import { paintDot, paintHandles } from './handles.ts'
import { outline } from './outline.ts'
import { paintMagnet } from './magnet.ts'
import { boxAroundGeometries, boxAroundShapes } from './boxAround.ts'
import { paintMarquee } from './marquee.ts'
import { paintProblems } from './problems.ts'
import { paintLiveWire } from './liveWire.ts'
import { paintPath } from './path.ts'
import { paintRemoved } from './removed.ts'
import { paintRuler } from './ruler.ts'
import { paintStroke } from './strokePreview.ts'
import { paintProposal } from './proposal.ts'

/**
 * Everything in motion, above the shapes at rest: hover, selection, handles and the gesture under way; what an edit that is looked at took away; and shapes that
 * have changed but are `unsettled`, which the layer below does not show yet.
 */
export function drawInteractionLayer(context: CanvasRenderingContext2D, editor: Editor, state: EditorState, theme: CanvasTheme, unsettled: Iterable<ShapeId>): void {
  paintDrawables(context, drawablesOf(editor, state, unsettled), state.camera, paintStyle(state.display, 'shapes'))
  paintRemoved(context, editor, state, theme)
  drawHover(context, state, theme)
  // What a gesture changes lies under its own outline and handles; what it draws lies over everything.
  const { preview } = state
  if (preview?.kind === 'changing') drawPreview(context, editor, state, preview, theme)
  drawSelection(context, editor, state, theme)
  if (preview !== undefined && preview.kind !== 'changing') drawPreview(context, editor, state, preview, theme)
  paintProblems(context, state, theme)
  if (state.measurement !== undefined) paintRuler(context, state.measurement, state.camera, editor.pixelSize, theme)
  paintBrushCircle(context, editor, state)
  if (state.display.crosshair && state.tool !== 'select' && !hasBrushInHand(editor) && !editor.readOnly) paintCrosshair(context, state, theme)
}

function drawHover(context: CanvasRenderingContext2D, state: EditorState, theme: CanvasTheme): void {
  const { hover } = state
  if (state.toolState !== 'idle' || state.tool !== 'select') return
  if (hover.kind === 'shape' && !state.selection.has(hover.id)) {
    const shape = shapeOf(state, hover.id)
    if (shape !== undefined) outline(context, shape.geometry, state.camera, theme.hover, 2)
  }
  if (hover.kind === 'prediction') {
    const proposed = state.pending.find(({ shape }) => shape.id === hover.id)
    if (proposed !== undefined) outline(context, proposed.shape.geometry, state.camera, theme.hover, 2)
  }
}

function drawSelection(context: CanvasRenderingContext2D, editor: Editor, state: EditorState, theme: CanvasTheme): void {
  if (state.selection.size > MOST_OUTLINED) paintMarquee(context, boxCorners(boxOfSelection(state)), state.camera, theme)
  else for (const shape of selectedShapes(state)) {
    if (isVisible(state, shape.id)) outline(context, shownGeometry(state, shape), state.camera, theme.selection, 2)
  }
  if (state.display.labels === 'selected' && state.selection.size <= MOST_OUTLINED) labelSelection(context, editor, state, theme)
  const proposed = selectedProposal(state)
  if (proposed !== undefined) outline(context, proposed.shape.geometry, state.camera, theme.prediction, 2)
  const sole = soleSelected(state)
  const resting = state.preview === undefined || state.preview.kind === 'changing'
  if (sole === undefined || editor.readOnly || !resting || state.tool !== 'select') return
  const { geometry, color } = drawableShape(editor, state, sole, shownGeometry(state, sole))
  paintHandles(context, state, { id: sole.id, geometry, color }, theme)
}

/** The box around all that is selected, in image pixels, or around what a gesture makes of it. */
function boxOfSelection(state: EditorState): Box {
  const shapes = selectedShapes(state)
  return state.preview === undefined ? boxAroundShapes(shapes) : boxAroundGeometries(shapes.map((shape) => shownGeometry(state, shape)))
}

function labelSelection(context: CanvasRenderingContext2D, editor: Editor, state: EditorState, theme: CanvasTheme): void {
  const shown = selectedShapes(state).filter(({ id }) => isVisible(state, id))
  paintLabels(context, shown.map((shape) => drawableShape(editor, state, shape, shownGeometry(state, shape))), state.camera, theme.labelFont)
}

/** A path that crosses itself shows it before it is closed. */
function pathColor(editor: Editor, preview: Extract<Preview, { kind: 'path' }>, theme: CanvasTheme): string {
  if (previewFault(editor, preview) !== undefined) return theme.problem
  if (preview.classId === undefined) return theme.selection
  return editor.classes.get(preview.classId)?.color ?? UNKNOWN_CLASS.color
}

function drawPreview(context: CanvasRenderingContext2D, editor: Editor, state: EditorState, preview: Preview, theme: CanvasTheme): void {
  switch (preview.kind) {
    case 'drawing': {
      const made = drawable(editor, preview.classId, preview.geometry)
      const item = previewFault(editor, preview) === undefined ? made : { ...made, color: theme.problem }
      paintDrawables(context, [item], state.camera, paintStyle(state.display, 'shapes'))
      for (const dot of preview.dots ?? []) paintDot(context, imageToScreen(state.camera, dot), 3, theme.handleFill, item.color)
      return
    }
    case 'changing': {
      const items = [...preview.geometries].flatMap(([id, geometry]) => {
        const shape = shapeOf(state, id)
        return shape === undefined ? [] : [drawableShape(editor, state, shape, geometry)]
      })
      paintDrawables(context, items, state.camera, paintStyle(state.display, 'shapes'))
      if (state.display.labels === 'all') paintLabels(context, items, state.camera, theme.labelFont)
      return
    }
    case 'path': return paintPath(context, preview, state.camera, pathColor(editor, preview, theme), theme)
    case 'magnet': return paintMagnet(context, preview.at, imageToScreen(state.camera, preview.point), theme)
    case 'marquee': return paintMarquee(context, boxCorners(preview.box), state.camera, theme)
    case 'lasso': return paintMarquee(context, preview.points, state.camera, theme)
    case 'stroke': return drawStroke(context, editor, state, preview)
    case 'proposal': return paintProposal(context, preview, state.camera, colorOf(editor, preview.classId), theme)
    case 'liveWire': return paintLiveWire(context, preview, state.camera, colorOf(editor, preview.classId), theme)
    default: return assertNever(preview)
  }
}

function drawStroke(context: CanvasRenderingContext2D, editor: Editor, state: EditorState, preview: Extract<Preview, { kind: 'stroke' }>): void {
  const shape = preview.target === undefined ? undefined : shapeOf(state, preview.target)
  const color = shape === undefined ? editor.classes.get(preview.classId)?.color ?? UNKNOWN_CLASS.color : drawableShape(editor, state, shape, shape.geometry).color
  const spared = preview.effect === 'paint' ? sparedMasks(editor, visibleBox(state.camera, state.viewSize), preview.target) : []
  paintStroke(context, state, editor.imageSize, { preview, base: shape?.geometry, spared, color, opacity: paintStyle(state.display, 'shapes').maskOpacity })
}

const colorOf = (editor: Editor, classId: ClassId): string => editor.classes.get(classId)?.color ?? UNKNOWN_CLASS.color
