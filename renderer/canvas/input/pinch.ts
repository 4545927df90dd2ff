import type { Point } from '../../../shared/geometry/point.ts'
import { distance, midpoint, subtractPoints } from '../../../shared/geometry/vector.ts'

/** How two fingers moved: `factor` is by how much they parted, `delta` how far their middle went (CSS pixels). */
export interface Pinch { readonly screen: Point; readonly factor: number; readonly delta: Point }

/** Follows the fingers on the view; with two down it tells pinches. */
export interface Fingers {
  down(id: number, screen: Point): void
  /** The pinch since the last movement, if two fingers are down. */
  move(id: number, screen: Point): Pinch | undefined
  up(id: number): void
  count(): number
  /** Forgets all fingers; answers whether there were any. */
  clear(): boolean
}

export function createFingers(): Fingers {
  const places = new Map<number, Point>()
  return {
    down: (id, screen) => { places.set(id, screen) },
    move(id, screen) {
      const other = [...places].find(([key]) => key !== id)?.[1]
      const before = places.get(id)
      if (before === undefined) return undefined
      places.set(id, screen)
      if (other === undefined) return undefined
      const middle = midpoint(screen, other)
      return {
        screen: middle,
        factor: distance(screen, other) / Math.max(1, distance(before, other)),
        delta: subtractPoints(middle, midpoint(before, other)),
      }
    },
    up: (id) => { places.delete(id) },
    count: () => places.size,
    clear() {
      const any = places.size > 0
      places.clear()
      return any
    },
  }
}
