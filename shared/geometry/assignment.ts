import { munkres } from 'munkres'

/** That item `left` of one list and item `right` of another may belong together, and how much that is worth (above 0). */
export interface Candidate { readonly left: number; readonly right: number; readonly worth: number }

/**
 * The pairs that are worth most together, each item in one pair at most (the linear assignment problem, by the Hungarian method: Kuhn 1955, Munkres 1957).
 * Items that hang together by candidates are solved apart from all others, so the work grows with the crowds and not with the lists. In order of `left`.
 */
export function assign<C extends Candidate>(candidates: readonly C[]): C[] {
  return crowdsOf(candidates).flatMap((crowd) => assignCrowd(crowd)).sort((a, b) => a.left - b.left)
}

function assignCrowd<C extends Candidate>(crowd: readonly C[]): readonly C[] {
  if (crowd.length === 1) return crowd
  const rows = numbersOf(crowd.map(({ left }) => left))
  const columns = numbersOf(crowd.map(({ right }) => right))
  const costs = Array.from(rows, () => new Float64Array(columns.size))
  const byCell = new Map<number, C>()
  for (const candidate of crowd) {
    const row = rows.get(candidate.left) ?? 0
    const column = columns.get(candidate.right) ?? 0
    const line = costs[row]
    if (line === undefined || -candidate.worth >= (line[column] ?? 0)) continue
    line[column] = -candidate.worth
    byCell.set(row * columns.size + column, candidate)
  }
  // A cell without a candidate costs 0: to be paired there means to stay alone.
  return munkres(costs).flatMap(([row, column]) => byCell.get(row * columns.size + column) ?? [])
}

function numbersOf(items: readonly number[]): Map<number, number> {
  return new Map([...new Set(items)].map((item, index) => [item, index]))
}

/** The candidates in groups that share no item. */
function crowdsOf<C extends Candidate>(candidates: readonly C[]): C[][] {
  // The items of one list are counted upwards from 0, those of the other downwards from -1.
  const parents = new Map<number, number>()
  const rootOf = (item: number): number => {
    let at = item
    for (let parent = parents.get(at); parent !== undefined; parent = parents.get(at)) at = parent
    if (at !== item) parents.set(item, at)
    return at
  }
  for (const { left, right } of candidates) {
    const [a, b] = [rootOf(left), rootOf(-1 - right)]
    if (a !== b) parents.set(a, b)
  }
  const crowds = new Map<number, C[]>()
  for (const candidate of candidates) {
    const root = rootOf(candidate.left)
    const crowd = crowds.get(root)
    if (crowd === undefined) crowds.set(root, [candidate])
    else crowd.push(candidate)
  }
  return [...crowds.values()]
}
