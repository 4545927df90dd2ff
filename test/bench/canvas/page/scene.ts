import type { Size } from '../../../../shared/geometry/box.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { randomFrom } from '../../../faults/randomness.ts'

/** The picture under the shapes: plain, 10 megapixels. */
export const IMAGE: Size & { readonly url: string } = { url: '/image.png', width: 4000, height: 2500 }

export type SceneShape = { readonly id: string; readonly color: string } & (
  | { readonly kind: 'polygon'; readonly points: readonly Point[] }
  | { readonly kind: 'rectangle'; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
)

/** What every subject shows, in image pixels, from the bottom of the stack to its top. */
export interface Scene {
  readonly shapes: readonly SceneShape[]
  /** The polygon that is selected and changed: it lies alone in a clearing in the middle, so that a click there means it for everybody. */
  readonly target: { readonly id: string; readonly points: readonly Point[]; readonly centre: Point }
  /** A place in the clearing where there is no shape. */
  readonly empty: Point
}

export const COLORS = ['#e6194b', '#3cb44b', '#ffe119', '#4363d8', '#f58231', '#911eb4'] as const
export const FILL_OPACITY = 0.16
/** CSS pixels. */
export const LINE_WIDTH = 1.5

const CORNERS = 12
/** Image pixels: with all in view, at 0.4 of the size, a shape is 4 to 16 pixels wide. */
const RADIUS = { least: 5, most: 20 }
const CLEARING = 80
const TARGET_RADIUS = 40

/** `polygons` polygons of 12 corners and half as many boxes, the same for the same seed. */
export function makeScene(seed: number, polygons: number): Scene {
  const random = randomFrom(seed)
  const centre: Point = [IMAGE.width / 2, IMAGE.height / 2]
  const shapes: SceneShape[] = []
  const place = (): { at: Point; radius: number } => {
    const radius = RADIUS.least + random.number() * (RADIUS.most - RADIUS.least)
    const at: Point = [radius + random.number() * (IMAGE.width - 2 * radius), radius + random.number() * (IMAGE.height - 2 * radius)]
    return Math.hypot(at[0] - centre[0], at[1] - centre[1]) < CLEARING + radius ? place() : { at, radius }
  }
  const add = (kind: SceneShape['kind']) => {
    const { at: [x, y], radius } = place()
    const common = { id: `shape-${shapes.length}`, color: random.pick(COLORS) }
    if (kind === 'polygon') shapes.push({ ...common, kind, points: ring([x, y], () => radius * (0.7 + 0.3 * random.number())) })
    else shapes.push({ ...common, kind, x: x - radius, y: y - radius * 0.7, width: 2 * radius, height: 1.4 * radius })
  }
  for (let index = 1; index < polygons; index += 1) {
    add('polygon')
    if (index % 2 === 0) add('rectangle')
  }
  if (polygons % 2 === 0) add('rectangle')
  const target = { id: 'target', points: ring(centre, () => TARGET_RADIUS), centre }
  shapes.push({ id: target.id, color: COLORS[0], kind: 'polygon', points: target.points })
  return { shapes, target, empty: [centre[0] + (CLEARING + TARGET_RADIUS) / 2, centre[1]] }
}

function ring([x, y]: Point, radius: () => number): Point[] {
  return Array.from({ length: CORNERS }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / CORNERS
    const away = radius()
    return [x + away * Math.cos(angle), y + away * Math.sin(angle)]
  })
}
