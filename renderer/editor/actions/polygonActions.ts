import { replaceByPolygons } from '../../../shared/domain/draftOperationsPolygons.ts'
import type { Replacement } from '../../../shared/domain/draftOperationsPolygons.ts'
import type { EditName } from '../../../shared/domain/draft.ts'
import { updateGeometry } from '../../../shared/domain/draftOperations.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { Shape, ShapeGeometry } from '../../../shared/domain/shape.ts'
import { ringsOf, totalArea } from '../../../shared/geometry/booleans.ts'
import type { Rings } from '../../../shared/geometry/booleans.ts'
import { boxAround } from '../../../shared/geometry/box.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { simplifyGeometry, smoothGeometry } from '../../../shared/geometry/simplify.ts'
import type { Editor } from '../store/editor.ts'
import { isReachable, selectedShapes, shapeOf } from '../store/queries.ts'
import type { MessageKey } from '../store/state.ts'

/** A shape with an inside, and that inside. */
interface Area { readonly shape: Shape; readonly rings: Rings }

/** What simplifying may move an outline by, in CSS pixels: what the eye does not see at this zoom. */
const SIMPLIFY_TOLERANCE = 1.5

/** Joins the selected shapes into the lowest of them; parts that do not touch stay shapes of their own. */
export function joinSelection(editor: Editor): void {
  makeOne(editor, 'unite', 'joinShapes')
}

/** Leaves of the selected shapes what they have in common, as the lowest of them. */
export function intersectSelection(editor: Editor): void {
  makeOne(editor, 'intersect', 'intersectShapes')
}

function makeOne(editor: Editor, kind: 'unite' | 'intersect', name: EditName): void {
  const areas = areasAtHand(editor, 2)
  const [base, ...others] = areas
  if (base === undefined) return
  editor.work(kind, areas.map(({ rings }) => rings), shapesOfAreas(areas), (polygons) => {
    replace(editor, name, [{ shape: base.shape, polygons: biggestFirst(polygons) }], others)
  })
}

/** Cuts the uppermost of the selected shapes out of the others and takes it away. */
export function subtractSelection(editor: Editor): void {
  const areas = areasAtHand(editor, 2)
  const upper = areas.at(-1)
  if (upper === undefined) return
  const lower = areas.slice(0, -1)
  editor.work('cutOut', lower.map(({ rings }) => ({ rings, others: [upper.rings] })), shapesOfAreas(areas), (left) => {
    replace(editor, 'subtractShapes', lower.map(({ shape, rings }, index) => ({ shape, polygons: biggestFirst(left[index] ?? [rings]) })), [upper])
  })
}

/** Cuts all other shapes in sight out of the selected ones, so that nothing overlaps them. */
export function cutByNeighbours(editor: Editor): void {
  const { selection } = editor.state.getState()
  const areas = areasAtHand(editor, 1)
  const neighbours = areas.map(({ shape }) => areasMeeting(editor, geometryBounds(shape.geometry)).filter((area) => !selection.has(area.shape.id)))
  cutOut(editor, 'cutByNeighbours', areas, neighbours, 'editor.message.nothingOverlaps')
}

/** Cuts an area (image pixels) out of a shape: a hole if it lies within. Says so when it lies beside. */
export function cutHole(editor: Editor, shape: Shape, outline: readonly Point[]): void {
  const area = areaOf(shape)
  if (area !== undefined) cutOut(editor, 'cutHole', [area], [[{ shape, rings: [outline] }]], 'editor.message.holeOutside')
}

/** Cuts its `others` out of each area that they overlap; says `nothing` when they overlap none. */
function cutOut(editor: Editor, name: EditName, areas: readonly Area[], others: readonly (readonly Area[])[], nothing: MessageKey): void {
  const input = areas.map(({ rings }, index) => ({ rings, others: (others[index] ?? []).map((other) => other.rings) }))
  editor.work('cutOut', input, shapesOfAreas([...areas, ...others.flat()]), (left) => {
    const replacements = areas.flatMap(({ shape }, index) => {
      const polygons = left[index]
      return polygons === undefined ? [] : [{ shape, polygons: biggestFirst(polygons) }]
    })
    if (replacements.length > 0) replace(editor, name, replacements, [])
    else if (areas.length > 0) editor.tell(nothing)
  })
}

/** Splits where a line (image pixels) cuts shapes through: the selected ones, or when it cuts none of those, all that can be reached. */
export function splitShapes(editor: Editor, line: readonly Point[]): void {
  const state = editor.state.getState()
  const areas = areasMeeting(editor, boxAround(line)).filter(({ shape }) => isReachable(state, shape.id))
  editor.work('split', { polygons: areas.map(({ rings }) => rings), line }, shapesOfAreas(areas), (parts) => {
    const split = areas.flatMap(({ shape }, index) => {
      const polygons = parts[index] ?? []
      return polygons.length > 1 ? [{ shape, polygons: biggestFirst(polygons) }] : []
    })
    const selected = split.filter(({ shape }) => state.selection.has(shape.id))
    const replacements = selected.length > 0 ? selected : split
    if (replacements.length > 0) replace(editor, 'splitShape', replacements, [])
    else editor.tell('editor.message.lineCutsNothing')
  })
}

/** Fills the hole of the vertex in hand, else all holes of the selected polygons and masks. */
export function fillHoles(editor: Editor): void {
  const state = editor.state.getState()
  const { activeVertex } = state
  const inHand = activeVertex === undefined || activeVertex.ref.ring === 0 ? undefined : activeVertex.ref.ring
  const shapes = selectedShapes(state).filter(({ id }) => isReachable(state, id))
  const masks = shapes.flatMap(({ id, geometry }) => (geometry.kind === 'mask' ? [{ id, geometry }] : []))
  editor.work('fillMasks', masks.map(({ geometry }) => geometry), shapes, (filled) => {
    const changes = new Map<ShapeId, ShapeGeometry>(masks.map(({ id, geometry }, index) => [id, whole(geometry, filled[index])]))
    for (const { id, geometry } of shapes) if (geometry.kind === 'polygon') changes.set(id, withoutHoles(geometry, inHand))
    reshape(editor, 'fillHoles', changes)
  })
}

function withoutHoles(polygon: Extract<ShapeGeometry, { kind: 'polygon' }>, inHand: number | undefined): ShapeGeometry {
  const { rings } = polygon
  return rings.length === 1 ? polygon : { ...polygon, rings: inHand === undefined ? rings.slice(0, 1) : rings.toSpliced(inHand, 1) }
}

/** The filled mask; the mask itself where it had no holes. */
function whole<M extends Extract<ShapeGeometry, { kind: 'mask' }>>(mask: M, filled: M | undefined): M {
  return filled === undefined || filled.rle.counts === mask.rle.counts ? mask : filled
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
  return reshape(editor, name, new Map(selectedShapes(state).filter(({ id }) => isReachable(state, id)).map(({ id, geometry }) => [id, change(geometry)])))
}

function reshape(editor: Editor, name: EditName, changes: ReadonlyMap<ShapeId, ShapeGeometry>): boolean {
  if (!editor.commit(name, updateGeometry(editor.state.getState().records, changes))) return false
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

function shapesOfAreas(areas: readonly Area[]): Shape[] {
  return areas.map(({ shape }) => shape)
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
