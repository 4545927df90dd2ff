import { geometryBounds } from '../geometry/measure.ts'
import { intersectBoxes } from '../geometry/box.ts'
import type { Box } from '../geometry/box.ts'
import { canonicalJson } from './canonicalJson.ts'
import type { Revision } from './revision.ts'
import type { Shape } from './shape.ts'

/** What of a result says something about the image; ids, authors and times do not. */
export type VersionContent = Pick<Revision, 'outcome' | 'shapes' | 'tags' | 'rejections'>

export type ShapeAspect = 'geometry' | 'class' | 'attributes'
export interface ChangedShape { readonly before: Shape; readonly after: Shape; readonly aspects: readonly ShapeAspect[] }

/** How one version differs from another. `removed` is in the first alone, `added` in the second alone. */
export interface VersionComparison {
  readonly same: readonly Shape[]
  readonly changed: readonly ChangedShape[]
  readonly removed: readonly Shape[]
  readonly added: readonly Shape[]
  readonly tagsRemoved: readonly string[]
  readonly tagsAdded: readonly string[]
  /** One was passed over, or for another reason. */
  readonly outcomeDiffers: boolean
}

/** Two boxes that share so much of what they cover together (0 to 1) are taken for the same object, drawn twice. */
const LEAST_OVERLAP = 0.5

/** Compares two versions: shapes belong together by their id, else where they are equal in all they say, else where they lie on the same place. */
export function compareVersions(first: VersionContent, second: VersionContent): VersionComparison {
  const pairs: [Shape, Shape][] = []
  const pairUp = (find: (left: readonly Shape[], right: readonly Shape[]) => readonly [Shape, Shape][]) => {
    const found = find(rest.first, rest.second)
    pairs.push(...found)
    const taken = new Set(found.flat())
    rest = { first: rest.first.filter((shape) => !taken.has(shape)), second: rest.second.filter((shape) => !taken.has(shape)) }
  }
  let rest = { first: first.shapes, second: second.shapes }
  pairUp((left, right) => pairsByKey(left, right, ({ id }) => id))
  pairUp((left, right) => pairsByKey(left, right, meaningOf))
  pairUp(pairsByPlace)
  const compared = pairs.map(([before, after]): ChangedShape => ({ before, after, aspects: aspectsOf(before, after) }))
  return {
    same: compared.filter(({ aspects }) => aspects.length === 0).map(({ before }) => before),
    changed: compared.filter(({ aspects }) => aspects.length > 0),
    removed: rest.first, added: rest.second,
    tagsRemoved: first.tags.filter((tag) => !second.tags.includes(tag)), tagsAdded: second.tags.filter((tag) => !first.tags.includes(tag)),
    outcomeDiffers: JSON.stringify(first.outcome) !== JSON.stringify(second.outcome),
  }
}

/** Whether two versions say the same of the image: such are no conflict. What was rejected of a prediction is part of what they say. */
export function isSameContent(first: VersionContent, second: VersionContent): boolean {
  const { changed, removed, added, tagsAdded, tagsRemoved, outcomeDiffers } = compareVersions(first, second)
  const rejected = ({ rejections }: VersionContent) => rejections.map(({ id }) => id).sort().join('\n')
  return changed.length + removed.length + added.length + tagsAdded.length + tagsRemoved.length === 0 && !outcomeDiffers && rejected(first) === rejected(second)
}

function aspectsOf(before: Shape, after: Shape): ShapeAspect[] {
  const differs = (left: unknown, right: unknown) => canonicalJson(left) !== canonicalJson(right)
  return [
    ...(differs(before.geometry, after.geometry) ? ['geometry' as const] : []),
    ...(before.classId === after.classId ? [] : ['class' as const]),
    ...(differs(before.attributes, after.attributes) ? ['attributes' as const] : []),
  ]
}

const meaningOf = ({ classId, geometry, attributes }: Shape) => canonicalJson([classId, geometry, attributes])

function pairsByKey(left: readonly Shape[], right: readonly Shape[], keyOf: (shape: Shape) => string): [Shape, Shape][] {
  const byKey = new Map<string, Shape[]>()
  for (const shape of right) byKey.set(keyOf(shape), [...(byKey.get(keyOf(shape)) ?? []), shape])
  return left.flatMap((shape): [Shape, Shape][] => {
    const other = byKey.get(keyOf(shape))?.shift()
    return other === undefined ? [] : [[shape, other]]
  })
}

/** Shapes of the same kind whose boxes overlap most, the best pairs first. The right ones are looked through by their left edges. */
function pairsByPlace(left: readonly Shape[], right: readonly Shape[]): [Shape, Shape][] {
  const boxed = (shapes: readonly Shape[]) => shapes.map((shape) => ({ shape, box: geometryBounds(shape.geometry) })).sort((a, b) => a.box.x - b.box.x)
  const others = boxed(right)
  const widest = others.reduce((width, { box }) => Math.max(width, box.width), 0)
  const candidates: { pair: [Shape, Shape]; share: number }[] = []
  let start = 0
  for (const { shape, box } of boxed(left)) {
    while (start < others.length && (others[start]?.box.x ?? 0) < box.x - widest) start += 1
    for (let at = start; at < others.length; at += 1) {
      const other = others[at]
      if (other === undefined || other.box.x > box.x + box.width) break
      if (other.shape.geometry.kind !== shape.geometry.kind) continue
      const share = sharedPart(box, other.box)
      if (share >= LEAST_OVERLAP) candidates.push({ pair: [shape, other.shape], share })
    }
  }
  const taken = new Set<Shape>()
  return candidates.sort((a, b) => b.share - a.share).flatMap(({ pair }) => {
    if (pair.some((shape) => taken.has(shape))) return []
    for (const shape of pair) taken.add(shape)
    return [pair]
  })
}

/** Intersection over union of two boxes, 0 to 1; two equal boxes without area share all. */
function sharedPart(a: Box, b: Box): number {
  const both = intersectBoxes(a, b)
  if (both === undefined) return 0
  const shared = both.width * both.height
  const union = a.width * a.height + b.width * b.height - shared
  return union === 0 ? 1 : shared / union
}
