import { quantile } from '../comparison.ts'
import type { Goal } from './goals.ts'
import type { MeasuredTiles } from './measureTiles.ts'

/** The goals of the pyramid that can be told from what was measured. */
export function tileGoals(all: readonly MeasuredTiles[], pace: number | undefined): Goal[] {
  const fieldmark = all.find(({ subject }) => subject === 'fieldmark')
  const peer = all.find(({ subject }) => subject === 'openseadragon')
  if (fieldmark === undefined) return []
  const atMost = (name: string, value: number, unit: string, limit: number): Goal => ({ name: `tiles: ${name}`, value, unit, sense: 'at most', limit })
  return [
    atMost('pan ms/frame', quantile(fieldmark.frames, 0.5), 'ms', 17),
    atMost('frames dropped of 180', fieldmark.dropped, '', 19),
    { ...atMost('jump to full detail', quantile(fieldmark.jumps, 0.5), 'ms', 200), paced: pace },
    ...(peer === undefined ? [] : [atMost('jump, against a quarter of OpenSeadragon’s', quantile(fieldmark.jumps, 0.5), 'ms', quantile(peer.jumps, 0.5) / 4)]),
    { name: 'tiles: view covered by coarser tiles while finer ones load', value: 100 * fieldmark.leastCovered, unit: '%', sense: 'at least', limit: 100 },
  ]
}
