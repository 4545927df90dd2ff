import { applyDiff } from '../../../shared/diff/recordsDiff.ts'
import type { DraftDiff, DraftRecord, EditName, JournalEntry } from '../../../shared/domain/draft.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import type { TimelineStep } from '../../../shared/rpc/timeline.ts'
import { IDLE_MS } from '../../../shared/domain/journal.ts'
import type { JournalSource } from './journalSource.ts'

/** A record of a state, and the number of the line that made it what it is: the same number is the same record. */
interface Placed { readonly record: DraftRecord; readonly seq: number }
type State = ReadonlyMap<string, Placed>
interface Keyframe { readonly position: number; readonly placed: readonly Placed[] }

/** What leads from one state to another one. */
export interface StateChange { set: DraftRecord[]; gone: string[] }

/** Between two keyframes lie at most so many characters of journal: they are parsed and replayed in some 30 ms. */
const KEYFRAME_CHARACTERS = 1_000_000
/** A keyframe holds a reference to each record, so large states have them farther apart: at least one line for so many records. */
const RECORDS_A_LINE = 50
const KEYFRAME_LINES = 100

/** Lines read in one go while a timeline is made: some milliseconds, so that the event loop stays free. */
const RUN = 50

/**
 * The history of a draft: its state after any line of its journal. `read` walks along the journal once and keeps the state every now and then, from
 * which any other one is some lines away. Position 0 is the empty draft.
 */
export class Timeline {
  readonly steps: TimelineStep[] = []
  readonly #source: JournalSource
  readonly #names: (EditName | undefined)[] = []
  readonly #keyframes: Keyframe[] = [{ position: 0, placed: [] }]
  /** The state asked for last: questions tend to be close to each other. */
  #last: { position: number; state: State } = { position: 0, state: new Map() }

  private constructor(source: JournalSource) {
    this.#source = source
  }

  /**
   * Walks along the whole journal. `breathe` is awaited between short runs of lines, with how many are done.
   * @throws RangeError when a line does not fit the state before it; Error when one cannot be read; whatever `breathe` throws.
   */
  static async read(source: JournalSource, breathe: (done: number) => Promise<void>): Promise<Timeline> {
    const timeline = new Timeline(source)
    const state = new Map<string, Placed>()
    let [characters, from] = [0, 0]
    while (timeline.steps.length < source.length) {
      const run = source.read(timeline.steps.length, RUN)
      if (run.length === 0) throw new Error(`The journal ends at line ${timeline.steps.length} of ${source.length}`)
      for (const { entry, size } of run) {
        place(state, entry)
        timeline.#addStep(entry)
        characters += size
        const lines = entry.seq - from
        if (characters < KEYFRAME_CHARACTERS && lines < Math.max(KEYFRAME_LINES, state.size / RECORDS_A_LINE)) continue
        timeline.#keyframes.push({ position: entry.seq, placed: [...state.values()] })
        ;[characters, from] = [0, entry.seq]
      }
      await breathe(timeline.steps.length)
    }
    return timeline
  }

  get length(): number {
    return this.#source.length
  }

  /** The draft's records after the line `position`. @throws RangeError when there is no such line. */
  recordsAt(position: number): DraftRecord[] {
    return [...this.#stateAt(position).values()].map(({ record }) => record)
  }

  /** What leads from the state after line `since` to the one after `position`, in whichever direction. @throws RangeError when there is no such line. */
  change(since: number, position: number): StateChange {
    const before = this.#stateAt(since)
    const after = this.#stateAt(position)
    return {
      set: [...after.values()].flatMap(({ record, seq }) => (before.get(record.id)?.seq === seq ? [] : [record])),
      gone: [...before.keys()].filter((id) => !after.has(id)),
    }
  }

  /** The ids of what line `position` added or changed, and the shapes that it took away; nothing for position 0. */
  doneBy(position: number): { touched: string[]; removed: Shape[] } {
    const diff = position === 0 ? undefined : this.#source.read(position - 1, 1)[0]?.entry.diff
    if (diff === undefined) return { touched: [], removed: [] }
    return { touched: [...Object.keys(diff.added), ...Object.keys(diff.updated)], removed: Object.values(diff.removed).filter((record) => record.type === 'shape') }
  }

  #stateAt(position: number): State {
    if (position === this.#last.position) return this.#last.state
    if (!Number.isInteger(position) || position < 0 || position > this.steps.length) throw new RangeError(`There is no line ${position} in a journal of ${this.steps.length}`)
    const keyframe = this.#keyframes.findLast((each) => each.position <= position) ?? { position: 0, placed: [] }
    const isOnTheWay = this.#last.position >= keyframe.position && this.#last.position < position
    const from = isOnTheWay ? this.#last.position : keyframe.position
    const state = isOnTheWay ? new Map(this.#last.state) : new Map(keyframe.placed.map((placed) => [placed.record.id, placed]))
    if (from < position) for (const { entry } of this.#source.read(from, position - from)) place(state, entry)
    this.#last = { position, state }
    return state
  }

  #addStep(entry: JournalEntry): void {
    const before = this.steps.at(-1)
    const gap = before === undefined ? 0 : Math.max(0, Date.parse(entry.at) - Date.parse(before.at))
    const name = entry.kind === 'edit' ? entry.name : this.#names[entry.target - 1]
    if (name === undefined) throw new RangeError(`Line ${entry.seq} wants to ${entry.kind} a line that is not there`)
    this.#names.push(name)
    this.steps.push({
      seq: entry.seq, kind: entry.kind, name, at: entry.at, ...shapeCounts(entry.diff),
      pauseMs: gap, elapsedMs: (before?.elapsedMs ?? 0) + gap, activeMs: (before?.activeMs ?? 0) + Math.min(gap, IDLE_MS),
    })
  }
}

/** @throws RangeError when the line does not fit; the state is unchanged then. */
function place(state: Map<string, Placed>, { seq, diff }: JournalEntry): void {
  applyDiff({ has: (id) => state.has(id), set: (id, record: DraftRecord) => state.set(id, { record, seq }), delete: (id) => state.delete(id) }, diff)
}

function shapeCounts({ added, updated, removed }: DraftDiff): Pick<TimelineStep, 'added' | 'changed' | 'removed'> {
  const shapes = (records: readonly DraftRecord[]) => records.filter(({ type }) => type === 'shape').length
  return { added: shapes(Object.values(added)), changed: shapes(Object.values(updated).map(([, after]) => after)), removed: shapes(Object.values(removed)) }
}
