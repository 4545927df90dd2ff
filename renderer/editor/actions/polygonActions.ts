import { replaceByPolygons } from '../../../shared/domain/draftOperationsPolygons.ts'
import type { Replacement } from '../../../shared/domain/draftOperationsPolygons.ts'
import type { EditName } from '../../../shared/domain/draft.ts'
import { updateGeometry } from '../../../shared/domain/draftOperations.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { Shape, ShapeGeometry } from '../../../shared/domain/shape.ts'
import { intersect, ringsOf, subtract, totalArea, unite } from '../../../shared/geometry/booleans.ts'
import type { Rings } from '../../../shared/geometry/booleans.ts'
import { boxAround } from '../../../shared/geometry/box.ts'
import { fillHoles as fillMaskHoles } from '../../../shared/geometry/maskFill.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { simplifyGeometry, smoothGeometry } from '../../../shared/geometry/simplify.ts'
import { splitByLine } from '../../../shared/geometry/split.ts'
import type { Editor } from '../store/editor.ts'
import { isReachable, selectedShapes, shapeOf } from '../store/queries.ts'

/** A shape with an inside, and that inside. */
interface Area { readonly shape: Shape; readonly rings: Rings }

/** What simplifying may move an outline by, in CSS pixels: what the eye does not see at this zoom. */
const SIMPLIFY_TOLERANCE = 1.5

/** Joins the selected shapes into the lowest of them; parts that do not touch stay shapes of their own. */
export function joinSelection(editor: Editor): boolean {
  const areas = areasAtHand(editor, 2)
  const [base, ...others] = areas
  if (base === undefined) return false
  return replace(editor, 'joinShapes', [{ shape: base.shape, polygons: biggestFirst(unite(areas.map(({ rings }) => rings))) }], others)
}

/** Cuts the uppermost of the selected shapes out of the others and takes it away. */
export function subtractSelection(editor: Editor): boolean {
  const areas = areasAtHand(editor, 2)
  const upper = areas.at(-1)
  if (upper === undefined) return false
  return replace(editor, 'subtractShapes', areas.slice(0, -1).map((area) => without(area, [upper.rings])), [upper])
}

/** Leaves of the selected shapes what they have in common, as the lowest of them. */
export function intersectSelection(editor: Editor): boolean {
  const areas = areasAtHand(editor, 2)
  const [base, ...others] = areas
  if (base === undefined) return false
  return replace(editor, 'intersectShapes', [{ shape: base.shape, polygons: biggestFirst(intersect(areas.map(({ rings }) => rings))) }], others)
}

/** Cuts all other shapes in sight out of the selected ones, so that nothing overlaps them. */
export function cutByNeighbours(editor: Editor): boolean {
  const state = editor.state.getState()
  const areas = areasAtHand(editor, 1)
  const replacements = areas.flatMap((area) => {
    const others = areasMeeting(editor, geometryBounds(area.shape.geometry)).filter(({ shape }) => !state.selection.has(shape.id))
    return overlaps(area, others) ? [without(area, others.map(({ rings }) => rings))] : []
  })
  if (areas.length > 0 && replacements.length === 0) editor.tell('editor.message.nothingOverlaps')
  return replacements.length > 0 && replace(editor, 'cutByNeighbours', replacements, [])
}

/** Cuts an area (image pixels) out of a shape: a hole if it lies within. Says so when it lies beside. */
export function cutHole(editor: Editor, shape: Shape, outline: readonly Point[]): boolean {
  const area = areaOf(shape)
  if (area === undefined) return false
  const cut: Rings = [outline]
  if (totalArea(intersect([area.rings, cut])) > 0) return replace(editor, 'cutHole', [without(area, [cut])], [])
  editor.tell('editor.message.holeOutside')
  return false
}

/** Splits where a line (image pixels) cuts shapes through: the selected ones, or when it cuts none of those, all that can be reached. */
export function splitShapes(editor: Editor, line: readonly Point[]): boolean {
  const state = editor.state.getState()
  const split = areasMeeting(editor, boxAround(line))
    .filter(({ shape }) => isReachable(state, shape.id))
    .map(({ shape, rings }) => ({ shape, polygons: biggestFirst(splitByLine(rings, line)) }))
    .filter(({ polygons }) => polygons.length > 1)
  const selected = split.filter(({ shape }) => state.selection.has(shape.id))
  const replacements = selected.length > 0 ? selected : split
  if (replacements.length > 0) return replace(editor, 'splitShape', replacements, [])
  editor.tell('editor.message.lineCutsNothing')
  return false
}

/** Fills the hole of the vertex in hand, else all holes of the selected polygons and masks. */
export function fillHoles(editor: Editor): boolean {
  const { activeVertex } = editor.state.getState()
  const inHand = activeVertex === undefined || activeVertex.ref.ring === 0 ? undefined : activeVertex.ref.ring
  return reshapeSelection(editor, 'fillHoles', (geometry) => {
    if (geometry.kind === 'mask') return maskWithoutHoles(geometry)
    if (geometry.kind !== 'polygon' || geometry.rings.length === 1) return geometry
    return { ...geometry, rings: inHand === undefined ? geometry.rings.slice(0, 1) : geometry.rings.toSpliced(inHand, 1) }
  })
}

function maskWithoutHoles(mask: Extract<ShapeGeometry, { kind: 'mask' }>): ShapeGeometry {
  const rle = fillMaskHoles(mask.rle)
  return rle.counts === mask.rle.counts ? mask : { kind: 'mask', rle }
}

/** Leaves out vertices of the selected polygons and lines that make no difference to the eye at this zoom. */
export function simplifySelection(editor: Editor): boolean {
  const tolerance = SIMPLIFY_TOLERANCE / editor.state.getState().camera.zoom
  return reshapeSelection(editor, 'simplifyShape', (geometry) => simplifyGeometry(geometry, tolerance))
}

/** Rounds the corners of the selected polygons and lines. */
export function smoothSelection(editor: Editor): boolean {
  return reshapeSelection(editor, 'smoothShape', smoothGeometry)
}

function reshapeSelection(editor: Editor, name: EditName, change: (geometry: ShapeGeometry) => ShapeGeometry): boolean {
  const state = editor.state.getState()
  const changes = new Map(selectedShapes(state).filter(({ id }) => isReachable(state, id)).map(({ id, geometry }) => [id, change(geometry)]))
  if (!editor.commit(name, updateGeometry(state.records, changes))) return false
  editor.update({ activeVertex: undefined })
  return true
}

/** The selected shapes with an inside, lowest first; none, and says so, when there are fewer than `least`. */
function areasAtHand(editor: Editor, least: number): Area[] {
  const state = editor.state.getState()
  const areas = selectedShapes(state).filter(({ id }) => isReachable(state, id)).flatMap((shape) => areaOf(shape) ?? [])
  if (areas.length >= least) return areas
  editor.tell(least === 1 ? 'editor.message.selectArea' : 'editor.message.selectAreas')
  return []
}

/** The visible shapes with an inside whose bounds meet a box (image pixels), lowest first. */
function areasMeeting(editor: Editor, box: Parameters<Editor['shapeIndex']['search']>[0]): Area[] {
  const state = editor.state.getState()
  if (state.allHidden) return []
  return editor.shapeIndex.search(box)
    .flatMap((id) => (state.hidden.has(id) ? [] : shapeOf(state, id) ?? []))
    .sort((a, b) => a.order - b.order)
    .flatMap((shape) => areaOf(shape) ?? [])
}

function areaOf(shape: Shape): Area | undefined {
  const rings = ringsOf(shape.geometry)
  return rings && { shape, rings }
}

function overlaps({ rings }: Area, others: readonly Area[]): boolean {
  return others.some((other) => totalArea(intersect([rings, other.rings])) > 0)
}

function without({ shape, rings }: Area, cut: readonly Rings[]): Replacement {
  return { shape, polygons: biggestFirst(subtract(rings, cut)) }
}

/** The biggest part goes on as the shape it came from. */
function biggestFirst(polygons: readonly Rings[]): Rings[] {
  return [...polygons].sort((a, b) => totalArea([b]) - totalArea([a]))
}

/** Commits the replacements as one edit and selects what came of them. Says so when a shape would vanish, or its class allows no polygons. */
function replace(editor: Editor, name: EditName, replacements: readonly Replacement[], consumed: readonly Area[]): boolean {
  if (replacements.some(({ polygons }) => polygons.length === 0)) {
    editor.tell('editor.message.nothingLeft')
    return false
  }
  const unfit = replacements.map(({ shape }) => editor.classes.get(shape.classId)).find((labelClass) => labelClass?.kinds.includes('polygon') === false)
  if (unfit !== undefined) {
    editor.tell('editor.message.kindNotAllowed', { name: unfit.name })
    return false
  }
  const diff = replaceByPolygons(editor.state.getState().records, replacements, consumed.map(({ shape }) => shape.id), editor.authorship())
  if (!editor.commit(name, diff)) return false
  const added = Object.values(diff.added).flatMap((record): ShapeId[] => (record.type === 'shape' ? [record.id] : []))
  editor.update({ selection: new Set([...replacements.map(({ shape }) => shape.id), ...added]), activeVertex: undefined, preview: undefined })
  return true
}
