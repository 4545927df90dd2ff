import { createStore } from 'zustand/vanilla'
import type { EngineClient } from '../../bridge/engineClient.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { emptyDiff } from '../../../shared/diff/recordsDiff.ts'
import type { DraftDiff, DraftRecord } from '../../../shared/domain/draft.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { TimelineRef, TimelineState, TimelineStep } from '../../../shared/rpc/timeline.ts'

/** Edits a second. */
export const SPEEDS = [1, 2, 5, 20, 100] as const
export type Speed = (typeof SPEEDS)[number]

export interface ReplayState {
  /** Where the slider is, and the line whose state is drawn. */
  position: number
  shown: number
  /** The line that is drawn; undefined for the empty draft at the start. */
  step: TimelineStep | undefined
  playing: boolean
  speed: Speed
  error: unknown
}

/** Walks along a journal and shows its states in an editor. Only the latest position that was asked for is fetched and drawn. */
export class Replay {
  readonly state = createStore<ReplayState>(() => ({ position: 0, shown: 0, step: undefined, playing: false, speed: 5, error: undefined }))
  readonly #engine: Pick<EngineClient, 'request'>
  readonly #ref: TimelineRef
  readonly #editor: Editor
  readonly #total: number
  #isFetching = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(engine: Pick<EngineClient, 'request'>, ref: TimelineRef, editor: Editor, total: number) {
    this.#engine = engine
    this.#ref = ref
    this.#editor = editor
    this.#total = total
  }

  /** Goes to a line, or to the first or last one if there is none such. */
  seek(position: number): void {
    this.state.setState({ position: Math.max(0, Math.min(this.#total, Math.round(position))) })
    void this.#follow()
  }

  step(by: number): void {
    this.pause()
    this.seek(this.state.getState().position + by)
  }

  /** Plays from where the slider is; from the start when it is at the end. */
  play(): void {
    if (this.state.getState().position >= this.#total) this.seek(0)
    this.state.setState({ playing: true })
    this.#tick()
  }

  pause(): void {
    clearTimeout(this.#timer)
    this.state.setState({ playing: false })
  }

  setSpeed(speed: Speed): void {
    this.state.setState({ speed })
  }

  /** A picture is drawn at most 20 times a second: a higher speed takes several edits at once. */
  #tick(): void {
    const { playing, position, speed } = this.state.getState()
    if (!playing) return
    if (position >= this.#total) {
      this.state.setState({ playing: false })
      return
    }
    const edits = Math.max(1, Math.round(speed / 20))
    this.#timer = setTimeout(() => {
      if (!this.#isFetching) this.seek(this.state.getState().position + edits)
      this.#tick()
    }, (1000 * edits) / speed)
  }

  async #follow(): Promise<void> {
    if (this.#isFetching) return
    this.#isFetching = true
    try {
      for (let { position, shown } = this.state.getState(); position !== shown; { position, shown } = this.state.getState()) {
        const answer = await this.#engine.request('timeline.state', { ...this.#ref, position, since: shown })
        this.#show(answer)
      }
    } catch (error) {
      this.pause()
      this.state.setState({ error })
    } finally {
      this.#isFetching = false
    }
  }

  #show({ position, step, set, gone, touched, removed }: TimelineState): void {
    const { records } = this.#editor.state.getState()
    this.#editor.show(diffOf(records, set, gone), new Set(touched as ShapeId[]))
    this.#editor.update({ removed })
    this.state.setState({ shown: position, step, error: undefined })
  }
}

function diffOf(records: ReadonlyMap<string, DraftRecord>, set: readonly DraftRecord[], gone: readonly string[]): DraftDiff {
  const diff: DraftDiff = emptyDiff()
  for (const record of set) {
    const before = records.get(record.id)
    if (before === undefined) diff.added[record.id] = record
    else diff.updated[record.id] = [before, record]
  }
  for (const id of gone) {
    const before = records.get(id)
    if (before !== undefined) diff.removed[id] = before
  }
  return diff
}
