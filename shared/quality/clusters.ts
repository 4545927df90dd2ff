import { bestPairs } from '../domain/matchShapes.ts'
import type { Annotation, Member } from './annotation.ts'
import type { ComparedPair } from './comparedPairs.ts'

/**
 * One object, as several annotators marked it: at most one shape of each. `agreement` is the mean similarity of every two of its shapes, 0 to 1; two that
 * were not matched with each other count 0, and a shape alone 1. `closest` is the shape that is most like the others.
 */
export interface Cluster { readonly members: readonly Member[]; readonly agreement: number; readonly closest: Member }

interface Growing { readonly members: Map<number, Node> }
interface Node { readonly member: Member; likeness: number; cluster: Growing }

/**
 * Which shapes of several annotations are of one object. Every two annotations are matched (shapes of one class first), and the pairs are joined from the
 * most similar on, so the order of the annotations matters between equals at most. Each shape is in one cluster; clusters come in the order of their first shapes.
 */
export function clustersOf(annotations: readonly Annotation[], compared: readonly ComparedPair[]): Cluster[] {
  const nodes = annotations.map(({ shapes }, annotation) => shapes.map((shape): Node => {
    const node: Node = { member: { annotation, shape }, likeness: 0, cluster: { members: new Map() } }
    node.cluster.members.set(annotation, node)
    return node
  }))
  const matched = compared.flatMap(({ left, right, alike }) => bestPairs(annotations[left]?.shapes ?? [], annotations[right]?.shapes ?? [], alike, 'preferred')
    .flatMap((pair) => {
      const [a, b] = [nodes[left]?.[pair.left], nodes[right]?.[pair.right]]
      return a === undefined || b === undefined ? [] : [{ a, b, similarity: pair.similarity }]
    }))
  matched.sort((one, other) => other.similarity - one.similarity)
  for (const { a, b } of matched) join(a.cluster, b.cluster)
  for (const { a, b, similarity } of matched) {
    if (a.cluster !== b.cluster) continue
    a.likeness += similarity
    b.likeness += similarity
  }
  return [...new Set(nodes.flat().map(({ cluster }) => cluster))].map(clusterOf)
}

/** Makes one of two clusters, unless somebody marked both objects. */
function join(a: Growing, b: Growing): void {
  if (a === b || [...a.members.keys()].some((annotation) => b.members.has(annotation))) return
  for (const [annotation, node] of b.members) {
    a.members.set(annotation, node)
    node.cluster = a
  }
}

function clusterOf({ members }: Growing): Cluster {
  const nodes = [...members].sort(([one], [other]) => one - other).map(([, node]) => node)
  const closest = nodes.reduce((best, node) => (node.likeness > best.likeness ? node : best))
  const pairs = nodes.length * (nodes.length - 1)
  return { members: nodes.map(({ member }) => member), closest: closest.member, agreement: pairs === 0 ? 1 : nodes.reduce((sum, { likeness }) => sum + likeness, 0) / pairs }
}
