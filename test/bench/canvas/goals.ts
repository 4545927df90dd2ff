import { quantile } from '../comparison.ts'
import type { Measured } from './measureSubject.ts'

/**
 * What Fieldmark should reach, and whether it did; `value` and `limit` are in `unit`. A slower machine may take `paced` times as long, as far as it is known how
 * slow it is; that does not hold for what follows the frames of the screen.
 */
export interface Goal {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly sense: 'at most' | 'at least'
  readonly limit: number
  readonly paced?: number | undefined
}

/** What plain SVG took to load 50,000 polygons on the machine for which the goals were set, in milliseconds. */
const SVG_LOAD_THERE = 2904

/** How many times as long as there a piece of work takes here; undefined when plain SVG was not measured with 50,000 polygons. */
export function paceOf(all: readonly Measured[]): number | undefined {
  const load = all.find(({ subject, polygons }) => subject === 'svg' && polygons === 50_000)?.load
  return load && load / SVG_LOAD_THERE
}

const ANNOTATION_PEERS: readonly string[] = ['annotorious', 'annotorious-osd']

/** One number of a column of the table, if it was measured. */
export const COLUMNS = {
  'load to paint ms': ({ load }) => load,
  'pan, all in view, ms/frame': ({ panAll }) => median(panAll),
  'pan 1:1 ms/frame': ({ panOneToOne }) => median(panOneToOne),
  'zoom ms/frame': ({ zoom }) => median(zoom),
  'select ms': ({ select }) => median(select),
  'drag a vertex ms/frame': ({ drag }) => median(drag),
  'heap MB': ({ heap }) => heap,
  'pan p95': ({ panAll }) => p95(panAll),
  'zoom p95': ({ zoom }) => p95(zoom),
  'sharp after ms': ({ sharp }) => sharp,
  'memory MB': ({ memory }) => memory,
} satisfies Record<string, (measured: Measured) => number | undefined>
export type Column = keyof typeof COLUMNS

/** What lasts as long as the processor needs. */
const PACED: ReadonlySet<Column> = new Set(['load to paint ms', 'select ms', 'sharp after ms'])

const TIMES: readonly Column[] = ['load to paint ms', 'pan, all in view, ms/frame', 'pan 1:1 ms/frame', 'zoom ms/frame', 'select ms', 'drag a vertex ms/frame']

/** Goals of Fieldmark alone, at the greatest scene. */
const AT_50_000: readonly (readonly [Column, number, string])[] = [
  ['load to paint ms', 1000, 'ms'], ['pan, all in view, ms/frame', 17, 'ms'], ['pan p95', 33, 'ms'], ['zoom ms/frame', 17, 'ms'], ['zoom p95', 33, 'ms'],
  ['select ms', 50, 'ms'], ['drag a vertex ms/frame', 17, 'ms'], ['sharp after ms', 250, 'ms'], ['heap MB', 60, 'MB'], ['memory MB', 110, 'MB'],
]

/** The goals that can be told from what was measured; `pace` as from `paceOf`. */
export function shapeGoals(all: readonly Measured[], pace: number | undefined): Goal[] {
  const at = (polygons: number) => all.filter((measured) => measured.polygons === polygons)
  return [...alone(at(50_000), pace), ...againstSvg(at(1_000)), ...againstPeers(at(10_000))]
}

function alone(scene: readonly Measured[], pace: number | undefined): Goal[] {
  return AT_50_000.flatMap(([column, limit, unit]) => {
    const value = valueOf(scene, 'fieldmark', column)
    return value === undefined ? [] : [{ name: `50,000: ${column}`, value, unit, sense: 'at most', limit, paced: PACED.has(column) ? pace : undefined }]
  })
}

function againstSvg(scene: readonly Measured[]): Goal[] {
  return TIMES.flatMap((column) => {
    const value = valueOf(scene, 'fieldmark', column)
    const limit = valueOf(scene, 'svg', column)
    return value === undefined || limit === undefined ? [] : [{ name: `1,000: ${column}, against plain SVG`, value, unit: 'ms', sense: 'at most', limit }]
  })
}

function againstPeers(scene: readonly Measured[]): Goal[] {
  const goals: readonly (readonly [Column, number])[] = [['load to paint ms', 8], ['pan, all in view, ms/frame', 5]]
  return goals.flatMap(([column, limit]) => {
    const value = timesFaster(scene, column)
    return value === undefined ? [] : [{ name: `10,000: ${column}, against the best annotation peer`, value, unit: 'x faster', sense: 'at least', limit }]
  })
}

/** How many times faster Fieldmark is than the best annotation peer in a scene. */
export function timesFaster(scene: readonly Measured[], column: Column): number | undefined {
  const fieldmark = valueOf(scene, 'fieldmark', column)
  const peers = ANNOTATION_PEERS.flatMap((peer) => valueOf(scene, peer, column) ?? [])
  return fieldmark === undefined || peers.length === 0 ? undefined : Math.min(...peers) / fieldmark
}

/** Milliseconds are compared as whole ones: a frame of 16.67 is one of 17. */
export function isMet({ sense, value, unit, limit, paced = 1 }: Goal): boolean {
  const compared = unit === 'ms' ? Math.round : (exact: number) => exact
  return sense === 'at most' ? compared(value) <= compared(limit * paced) : compared(value) >= compared(limit * paced)
}

function valueOf(scene: readonly Measured[], subject: string, column: Column): number | undefined {
  const measured = scene.find((each) => each.subject === subject)
  return measured && COLUMNS[column](measured)
}

function median(times: readonly number[] | undefined): number | undefined {
  return times && quantile(times, 0.5)
}

function p95(times: readonly number[] | undefined): number | undefined {
  return times && quantile(times, 0.95)
}
