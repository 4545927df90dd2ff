import type { Shape } from '../domain/shape.ts'
import type { Likeness } from '../geometry/likenesses.ts'
import type { Rle } from '../geometry/rle.ts'
import { boundaryScore } from './boundaryScore.ts'

/** How well the borders of the masks of matched shapes follow each other: the mean of `boundaryScore` (F) over so many pairs of masks. */
export interface BoundaryAgreement { readonly masks: number; readonly meanF: number }

/** The borders of the masks among matched shapes; undefined where no two masks were matched. */
export function boundaryAgreementOf(left: readonly Shape[], right: readonly Shape[], matched: readonly Likeness[]): BoundaryAgreement | undefined {
  const scores = matched.flatMap((pair) => {
    const [one, other] = [maskOf(left[pair.left]), maskOf(right[pair.right])]
    return one !== undefined && other !== undefined && one.size.join() === other.size.join() ? [boundaryScore(one, other).f] : []
  })
  return scores.length === 0 ? undefined : { masks: scores.length, meanF: scores.reduce((sum, f) => sum + f, 0) / scores.length }
}

/** Of several pairs of annotators together, so that each pair of masks weighs the same. */
export function pooledBoundary(all: readonly (BoundaryAgreement | undefined)[]): BoundaryAgreement | undefined {
  const known = all.flatMap((each) => each ?? [])
  const masks = known.reduce((sum, each) => sum + each.masks, 0)
  return masks === 0 ? undefined : { masks, meanF: known.reduce((sum, each) => sum + each.masks * each.meanF, 0) / masks }
}

function maskOf(shape: Shape | undefined): Rle | undefined {
  return shape?.geometry.kind === 'mask' ? shape.geometry.rle : undefined
}
