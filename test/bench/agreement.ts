import { instantOf, RevisionIdSchema, ShapeIdSchema, UserIdSchema } from '../../shared/domain/ids.ts'
import type { Point } from '../../shared/geometry/point.ts'
import { agreementOf } from '../../shared/quality/agreement.ts'
import type { Annotation } from '../../shared/quality/annotation.ts'
import { clustersOf } from '../../shared/quality/clusters.ts'
import { comparePairs } from '../../shared/quality/comparedPairs.ts'
import { consensusOf } from '../../shared/quality/consensus.ts'
import { finish, type Steps } from '../../shared/quality/steps.ts'
import { aShape } from '../builders/records.ts'
import { inTurns, timed } from './comparison.ts'
import type { Comparison } from './comparison.ts'

const ROUNDS = 10
const ANNOTATORS = 5
const SHAPES = 1_000
const IMAGE = { width: 6_000, height: 4_000 }
/** An operation that takes longer than this must not run in one go in the engine (ms). */
const ONE_GO = 50

/** Agreement of five annotators with a thousand polygons each, and the consensus they come to; the floor is to read what they handed in. */
export async function agreement(): Promise<Comparison[]> {
  const texts = Array.from({ length: ANNOTATORS }, (_, annotator) => JSON.stringify(annotationOf(annotator)))
  const read = () => texts.map((text) => JSON.parse(text) as Annotation)
  const name = `${ANNOTATORS} annotators x ${SHAPES.toLocaleString('en')} polygons of 12 points`
  const floor = async () => timed(read)
  const measured = async (work: (annotations: Annotation[]) => unknown) => {
    const times = await inTurns(ROUNDS, async () => {
      const annotations = read()
      return timed(() => work(annotations))
    }, floor)
    return { fieldmark: times.fieldmark, floor: { name: 'JSON.parse of the five results', times: times.floor } }
  }
  const agree = (annotations: Annotation[]) => finish(agreementOf(annotations, finish(comparePairs(annotations)), []))
  console.log(`longest step of agreement and consensus: ${longestStep().toFixed(0)} ms of the processor, goal ${ONE_GO} ms`)
  return [
    { name: `agreement, ${name}`, ...(await measured(agree)) },
    { name: `consensus, ${name}`, ...(await measured((annotations) => finish(propose(annotations)))) },
  ]
}

function propose(annotations: Annotation[]) {
  const by = { user: UserIdSchema.parse('reviewer'), at: instantOf(0), newId: () => ShapeIdSchema.parse('new') }
  return consensusOf(annotations, clustersOf(annotations, finish(comparePairs(annotations))), { image: IMAGE, by })
}

/** After a first round, which pays for a cold processor. */
function longestStep(): number {
  const steps = (annotations: Annotation[]) => [comparePairs(annotations), agreementOf(annotations, finish(comparePairs(annotations)), []), propose(annotations)].flatMap(stepTimes)
  steps(Array.from({ length: ANNOTATORS }, (_, annotator) => annotationOf(annotator)))
  return Math.max(...steps(Array.from({ length: ANNOTATORS }, (_, annotator) => annotationOf(annotator))))
}

function stepTimes(steps: Steps<unknown>): number[] {
  const times: number[] = []
  // Of this thread alone: what else the machine is busy with would be taken for a long step.
  const now = () => (process.threadCpuUsage().user + process.threadCpuUsage().system) / 1000
  for (;;) {
    const start = now()
    const { done } = steps.next()
    times.push(now() - start)
    if (done === true) return times
  }
}

/** Everybody draws the same objects, each a little otherwise, and leaves some out. */
function annotationOf(annotator: number): Annotation {
  const shapes = Array.from({ length: SHAPES }, (_, index) => {
    const wobble = (seed: number) => Math.sin(seed * 12.9898 + annotator * 78.233) * 3
    const [cx, cy] = [60 + ((index * 137) % (IMAGE.width - 120)), 60 + ((index * 89) % (IMAGE.height - 120))]
    const ring = Array.from({ length: 12 }, (_, corner): Point => {
      const angle = (2 * Math.PI * corner) / 12
      return [cx + 50 * Math.cos(angle) + wobble(index + corner), cy + 50 * Math.sin(angle) + wobble(index - corner)]
    })
    return aShape({ id: `${annotator}-${index}`, classId: index % 10 === annotator ? 'car' : 'person', geometry: { kind: 'polygon', rings: [ring] } })
  })
  return { annotator: UserIdSchema.parse(`annotator-${annotator}`), revisionId: RevisionIdSchema.parse(`${annotator}`.repeat(64)), shapes, tags: [] }
}
