import { draftRecords } from '../../electron/engine/db/repositories/drafts.ts'
import { openContext } from '../../electron/engine/openContext.ts'
import { applyPull } from '../../electron/engine/work/applyPull.ts'
import { commitEdits } from '../../electron/engine/work/commitEdits.ts'
import type { WorkContext } from '../../electron/engine/work/context.ts'
import { TimeTravel } from '../../electron/engine/work/timeTravel.ts'
import { CHANNELS } from '../../shared/rpc/channels.ts'
import { firstChanges, taskId } from '../builders/records.ts'
import { inTurns, timed } from './comparison.ts'
import type { Comparison, Goal } from './comparison.ts'
import { polygonEdit } from './editCommit.ts'

const EDITS = 10_000
const BATCH = 1000
const ROUNDS = 200
/** A prime, so that the questions go all over the journal. */
const STRIDE = 6133
const WITHIN: Goal = { kind: 'slowestWithin', ms: 100 }

const ref = { taskId: taskId('task-1'), source: { kind: 'own' as const } }

/** States of a journal of 10,000 edits on 5,000 polygons of 24 corners, at places all over it. */
export async function timeTravel(folder: string): Promise<Comparison[]> {
  const { context } = openContext(folder)
  fill(context)
  const travel = new TimeTravel(context)
  const floor = 'the records of the present draft, read and parsed'
  const holds: number[] = []
  const measure = async (name: string, rounds: number, ask: (round: number) => Promise<number>, goal?: Goal): Promise<Comparison> => {
    const { fieldmark, floor: times } = await inTurns(rounds, ask, () => timed(() => draftRecords(context.db, ref.taskId)))
    return { name, fieldmark, floor: { name: floor, times }, ...(goal && { goal }) }
  }
  const state = (position: number, since: number) => timed(() => travel.state(ref, position, since))
  const opened = await measure('open a journal of 10,000 edits', 5, () => timed(() => watched(holds, () => travel.open(ref, new AbortController().signal, () => undefined))))
  const comparisons = [
    opened, { ...opened, name: 'longest that the engine is held while it opens one', fieldmark: holds, goal: { kind: 'slowestWithin', ms: 50 } as const },
    await measure('first state at any position', ROUNDS, async (round) => {
      // As if nothing had been asked yet.
      await travel.state(ref, 0, 0)
      return state(positionOf(round), 0)
    }, WITHIN),
    await measure('from any position to any other', ROUNDS, (round) => state(positionOf(round + 1), positionOf(round)), WITHIN),
    await measure('one step back', ROUNDS, async (round) => {
      const position = Math.max(1, positionOf(round))
      await travel.state(ref, position, 0)
      return state(position - 1, position)
    }, WITHIN),
    await measure('first state, cloned into the window and checked there', ROUNDS / 4, async (round) => timed(async () => {
      CHANNELS['timeline.state'].response.parse(structuredClone(await travel.state(ref, positionOf(round), 0)))
    })),
  ]
  context.db.close()
  return comparisons
}

const positionOf = (round: number) => (round * STRIDE) % (EDITS + 1)

/** Notes how long the event loop was kept from its next turn at worst while something was done. */
async function watched<T>(holds: number[], work: () => Promise<T>): Promise<T> {
  let [last, longest] = [performance.now(), 0]
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const beat = setInterval(look)
  const result = await work()
  clearInterval(beat)
  holds.push(longest)
  return result
}

function fill(context: WorkContext): void {
  applyPull(context, { epoch: 'one', cursor: 'cursor', more: false, changes: firstChanges(1) })
  for (let done = 0; done < EDITS; done += BATCH) {
    const lines = Array.from({ length: BATCH }, (_, place) => ({ kind: 'edit' as const, name: 'addShape' as const, diff: polygonEdit(done + place) }))
    commitEdits(context, { taskId: ref.taskId, afterSeq: done, lines, timeOnTaskMs: done })
  }
}
