import { boxAround, boxCorners, boxOfBoxes, expandBox, intersectBoxes } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import { isVisible, selectedProposal, selectedShapes, shapeOf, shownGeometry } from '../../editor/store/queries.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { boundsOf } from '../shapes/drawables.ts'
import { LABEL_ROOM } from '../shapes/label.ts'
import { MOST_OUTLINED } from '../shapes/levelOfDetail.ts'
import { highestCorner } from '../shapes/paintDrawables.ts'
import { MOST_MARKED } from './problems.ts'

/** CSS pixels by which handles, signs and lines stand out beyond what they belong to. */
const STANDS_OUT = 32

/**
 * The part of the view (CSS pixels) that the interaction layer may draw on. The less of the screen is drawn anew, the sooner the browser has put it together;
 * a tool that draws may reach anywhere.
 */
export function interactionReach(state: EditorState, unsettled: Iterable<ShapeId>): Box {
  const view = { x: 0, y: 0, ...state.viewSize }
  const seen = state.tool === 'select' && state.measurement === undefined ? seenBoxes(state, unsettled) : undefined
  if (seen === undefined) return view
  const around = boxOfBoxes(seen)
  return (around && intersectBoxes(expandBox(around, STANDS_OUT), view)) ?? NOTHING
}

const NOTHING: Box = { x: 0, y: 0, width: 0, height: 0 }

/** The boxes on the view around everything that is shown of shapes; undefined when that may be anywhere. */
function seenBoxes(state: EditorState, unsettled: Iterable<ShapeId>): Box[] | undefined {
  const { preview } = state
  if (state.selection.size > MOST_OUTLINED || state.removed.length > MOST_OUTLINED || state.problems.size > MOST_MARKED) return undefined
  const boxes: Box[] = []
  if (preview?.kind === 'marquee') boxes.push(preview.box)
  else if (preview !== undefined && preview.kind !== 'changing') return undefined
  for (const geometry of shownGeometries(state, unsettled)) boxes.push(...placeOf(geometry))
  return boxes.flatMap((box) => {
    const seen = boxAround(boxCorners(box).map((corner) => imageToScreen(state.camera, corner)))
    return state.display.labels === 'none' ? [seen] : [seen, labelRoom(box, state.camera)]
  })
}

/** Where the label of a shape may be: it stands on the shape's highest corner. */
function labelRoom(box: Box, camera: Camera): Box {
  const [x, y] = highestCorner(box, camera)
  return { x, y, width: LABEL_ROOM, height: 0 }
}

/** A mask whose runs cannot be read has no place. */
function placeOf(geometry: ShapeGeometry): [Box] | [] {
  try {
    return [boundsOf(geometry)]
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}

function shownGeometries(state: EditorState, unsettled: Iterable<ShapeId>): ShapeGeometry[] {
  const { preview, hover, pending } = state
  const proposed = hover.kind === 'prediction' ? pending.find(({ shape }) => shape.id === hover.id) : undefined
  const shapes = [...state.problems.keys(), ...unsettled, ...(hover.kind === 'shape' ? [hover.id] : [])]
  return [
    ...selectedShapes(state).map((shape) => shownGeometry(state, shape)),
    ...(preview?.kind === 'changing' ? preview.geometries.values() : []),
    ...state.removed.map(({ geometry }) => geometry),
    ...shapes.flatMap((id) => (isVisible(state, id) ? shapeOf(state, id)?.geometry ?? [] : [])),
    ...[proposed, selectedProposal(state)].flatMap((each) => each?.shape.geometry ?? []),
  ]
}
