import { similarityOf } from '../geometry/similarity.ts'
import { isMoved } from '../geometry/transform.ts'
import { canonicalJson } from './canonicalJson.ts'
import type { TagId } from './ids.ts'
import { matchShapes } from './matchShapes.ts'
import type { Revision } from './revision.ts'
import { predictionBehind } from './shape.ts'
import type { Shape } from './shape.ts'

/** What of a result says something about the image; ids, authors and times do not. */
export type VersionContent = Pick<Revision, 'outcome' | 'shapes' | 'tags' | 'rejections'>

/** What of a shape differs: it lies elsewhere but has the same form, has another form, another class, other attributes. */
export const SHAPE_ASPECTS = ['moved', 'reshaped', 'relabelled', 'reattributed'] as const
export type ShapeAspect = (typeof SHAPE_ASPECTS)[number]
/** `similarity` is that of the two geometries, 0 to 1 (see `similarityOf`); IoU where they are surfaces. */
export interface ChangedShape { readonly before: Shape; readonly after: Shape; readonly aspects: readonly ShapeAspect[]; readonly similarity: number }

/** How one version differs from another. `removed` is in the first alone, `added` in the second alone. */
export interface VersionComparison {
  readonly same: readonly Shape[]
  readonly changed: readonly ChangedShape[]
  readonly removed: readonly Shape[]
  readonly added: readonly Shape[]
  readonly tagsRemoved: readonly TagId[]
  readonly tagsAdded: readonly TagId[]
  /** One was passed over, or for another reason. */
  readonly outcomeDiffers: boolean
}

/**
 * Compares two versions, or a version and a prediction. Shapes belong together by their id, by the predicted shape that they come from, where they are equal in
 * all they say, or else by an optimal matching of where they lie, those of one class first (see `matchShapes`).
 */
export function compareVersions(first: VersionContent, second: VersionContent): VersionComparison {
  const pairs: [Shape, Shape][] = []
  const pairUp = (find: (left: readonly Shape[], right: readonly Shape[]) => readonly (readonly [Shape, Shape])[]) => {
    const found = find(rest.first, rest.second)
    for (const [before, after] of found) pairs.push([before, after])
    const taken = new Set(found.flat())
    rest = { first: rest.first.filter((shape) => !taken.has(shape)), second: rest.second.filter((shape) => !taken.has(shape)) }
  }
  let rest = { first: first.shapes, second: second.shapes }
  for (const keyOf of [({ id }: Shape) => id, ({ provenance }: Shape) => predictionBehind(provenance)?.predictedShapeId, meaningOf]) {
    pairUp((left, right) => pairsByKey(left, right, keyOf))
  }
  pairUp((left, right) => matchShapes(left, right).pairs.map((pair) => [pair.left, pair.right] as const))
  const compared = pairs.map(([before, after]) => compareShapes(before, after))
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

function compareShapes(before: Shape, after: Shape): ChangedShape {
  const differs = (left: unknown, right: unknown) => canonicalJson(left) !== canonicalJson(right)
  const geometry = differs(before.geometry, after.geometry)
  return {
    before, after, similarity: geometry ? similarityOf(before.geometry, after.geometry) : 1,
    aspects: [
      ...(geometry ? [isMoved(before.geometry, after.geometry) ? 'moved' as const : 'reshaped' as const] : []),
      ...(before.classId === after.classId ? [] : ['relabelled' as const]),
      ...(differs(before.attributes, after.attributes) ? ['reattributed' as const] : []),
    ],
  }
}

const meaningOf = ({ classId, geometry, attributes }: Shape) => canonicalJson([classId, geometry, attributes])

function pairsByKey(left: readonly Shape[], right: readonly Shape[], keyOf: (shape: Shape) => string | undefined): [Shape, Shape][] {
  const byKey = new Map<string, Shape[]>()
  for (const shape of right) {
    const key = keyOf(shape)
    const others = key === undefined ? undefined : byKey.get(key)
    if (others !== undefined) others.push(shape)
    else if (key !== undefined) byKey.set(key, [shape])
  }
  return left.flatMap((shape): [Shape, Shape][] => {
    const other = byKey.get(keyOf(shape) ?? '')?.shift()
    return other === undefined ? [] : [[shape, other]]
  })
}
