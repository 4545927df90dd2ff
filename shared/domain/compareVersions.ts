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
  const pairs: Pair[] = []
  let rest = { left: first.shapes, right: second.shapes }
  for (const find of [pairsBy(({ id }) => id), pairsBy(({ provenance }) => predictionBehind(provenance)?.predictedShapeId), pairsBy(meaningOf), pairsByPlace]) {
    const found = find(rest.left, rest.right)
    const taken = new Set(found.flatMap(({ left, right }) => [left, right]))
    rest = { left: rest.left.filter((shape) => !taken.has(shape)), right: rest.right.filter((shape) => !taken.has(shape)) }
    for (const pair of found) pairs.push(pair)
  }
  const compared = pairs.map(compareShapes)
  return {
    same: compared.filter(({ aspects }) => aspects.length === 0).map(({ before }) => before),
    changed: compared.filter(({ aspects }) => aspects.length > 0),
    removed: rest.left, added: rest.right,
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

/** Two shapes that belong together; how similar they are, where that was measured to find them. */
interface Pair { readonly left: Shape; readonly right: Shape; readonly similarity?: number }

function compareShapes({ left: before, right: after, similarity }: Pair): ChangedShape {
  const isElsewhere = geometryText(before.geometry) !== geometryText(after.geometry)
  return {
    before, after, similarity: isElsewhere ? similarity ?? similarityOf(before.geometry, after.geometry) : 1,
    aspects: [
      ...(isElsewhere ? [isMoved(before.geometry, after.geometry) ? 'moved' as const : 'reshaped' as const] : []),
      ...(before.classId === after.classId ? [] : ['relabelled' as const]),
      ...(canonicalJson(before.attributes) === canonicalJson(after.attributes) ? [] : ['reattributed' as const]),
    ],
  }
}

function meaningOf({ classId, geometry, attributes }: Shape): string {
  return `${classId} ${canonicalJson(attributes)} ${geometryText(geometry)}`
}

/** Text that is equal where geometries are. Lists of points have but one form, and are most of what there is to write. */
function geometryText(geometry: Shape['geometry']): string {
  if (geometry.kind === 'polygon') return JSON.stringify(geometry.rings)
  return geometry.kind === 'polyline' ? JSON.stringify(geometry.points) : canonicalJson(geometry)
}

function pairsByPlace(left: readonly Shape[], right: readonly Shape[]): readonly Pair[] {
  return matchShapes(left, right).pairs
}

/** Finds shapes that have the same key; those without one belong to nothing. */
function pairsBy(keyOf: (shape: Shape) => string | undefined) {
  return (left: readonly Shape[], right: readonly Shape[]): readonly Pair[] => {
    const byKey = new Map<string, Shape[]>()
    for (const shape of right) {
      const key = keyOf(shape)
      const others = key === undefined ? undefined : byKey.get(key)
      if (others !== undefined) others.push(shape)
      else if (key !== undefined) byKey.set(key, [shape])
    }
    return left.flatMap((shape): Pair[] => {
      const other = byKey.get(keyOf(shape) ?? '')?.shift()
      return other === undefined ? [] : [{ left: shape, right: other }]
    })
  }
}
