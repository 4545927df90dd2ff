import type { ShapeId } from '../../../shared/domain/ids.ts'
import { between, nearestPlace } from '../../../shared/geometry/borders.ts'
import type { Border, PathPlace } from '../../../shared/geometry/borders.ts'
import { boxCorners, expandBox } from '../../../shared/geometry/box.ts'
import { geometryPaths } from '../../../shared/geometry/hitTest.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { distance } from '../../../shared/geometry/vector.ts'
import type { Modifiers } from '../input/inputEvent.ts'
import type { Editor } from '../store/editor.ts'
import { isVisible, shapeOf } from '../store/queries.ts'
import { handleReach } from '../store/targets.ts'

/** A place that the pointer is drawn to: a vertex or an edge of a border. `owner` tells one border from another. */
export interface Magnet { readonly kind: 'vertex' | 'edge'; readonly owner: string; readonly border: Border; readonly place: PathPlace }

/** Whether gestures snap: as the setting says, and with Control held the other way. */
export function isMagnetic(editor: Editor, { mod }: Modifiers): boolean {
  return editor.state.getState().magnetic !== mod
}

/** What a place (image pixels) is drawn to: vertices of the shapes in sight before their edges and those of the image; `except` is not one of them. */
export function magnetAt(editor: Editor, point: Point, coarse: boolean, except?: ShapeId): Magnet | undefined {
  const reach = handleReach(editor, coarse)
  let best: { magnet: Magnet; away: number } | undefined
  for (const [owner, border] of bordersNear(editor, point, reach, except)) {
    const magnet = magnetOf(owner, border, point, reach)
    if (magnet === undefined) continue
    const away = distance(magnet.place.point, point)
    const isBetter = best === undefined || (magnet.kind === best.magnet.kind ? away < best.away : magnet.kind === 'vertex')
    if (isBetter) best = { magnet, away }
  }
  return best?.magnet
}

/** The vertices along the border from one magnet to another, the other way round with `longWay`; none when they are of different borders. */
export function followBorder(from: Magnet | undefined, to: Magnet | undefined, longWay: boolean): Point[] {
  return from === undefined || to === undefined || from.owner !== to.owner ? [] : between(to.border, from.place, to.place, longWay)
}

function bordersNear(editor: Editor, [x, y]: Point, reach: number, except: ShapeId | undefined): [string, Border][] {
  const state = editor.state.getState()
  const image: [string, Border] = ['image', { path: boxCorners({ x: 0, y: 0, ...editor.imageSize }), closed: true }]
  const near = editor.shapeIndex.search(expandBox({ x, y, width: 0, height: 0 }, reach)).flatMap((id): [string, Border][] => {
    const shape = id !== except && isVisible(state, id) ? shapeOf(state, id) : undefined
    if (shape === undefined || shape.geometry.kind === 'point') return []
    const { paths, closed } = geometryPaths(shape.geometry)
    return paths.map((path, index) => [`${id} ${index}`, { path, closed }])
  })
  return [...near, image]
}

function magnetOf(owner: string, border: Border, point: Point, reach: number): Magnet | undefined {
  const place = nearestPlace(border, point, reach)
  if (place === undefined) return undefined
  const vertex = [place.edge, (place.edge + 1) % border.path.length]
    .flatMap((edge) => (border.path[edge] === undefined ? [] : [{ edge, point: border.path[edge] }]))
    .filter((candidate) => distance(candidate.point, point) <= reach)
    .sort((a, b) => distance(a.point, point) - distance(b.point, point))[0]
  return vertex === undefined ? { kind: 'edge', owner, border, place } : { kind: 'vertex', owner, border, place: vertex }
}
