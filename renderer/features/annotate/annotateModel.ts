import { createStore } from 'zustand/vanilla'
import { UNADJUSTED } from '../../editor/store/adjustments.ts'
import type { EngineClient } from '../../bridge/engineClient.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { JournalSender } from './journalSender.ts'
import type { OpenTask } from '../../../shared/rpc/openTask.ts'
import { openWholeTask } from '../../../shared/rpc/taskContent.ts'
import { createSession, type KeptView, type SessionContext, type TaskSession } from './session.ts'

export type AnnotatePhase =
  | { kind: 'none' }
  | { kind: 'loading'; taskId: TaskId }
  | { kind: 'failed'; taskId: TaskId; error: unknown }
  | { kind: 'open'; session: TaskSession }

interface Reading { readonly taskId: TaskId | undefined; readonly share: number }
const NOTHING_READ: Reading = { taskId: undefined, share: 0 }

class GivenUpError extends Error {}

/** Which task is open. It leaves one only when the engine has stored every edit of it. */
export class AnnotateModel {
  readonly state = createStore<AnnotatePhase>(() => ({ kind: 'none' }))
  /** The task that is being read, and what share of it (0 to 1) is there. */
  readonly reading = createStore<Reading>(() => NOTHING_READ)
  readonly #engine: EngineClient
  #wanted: TaskId | undefined
  #view: KeptView | undefined

  constructor(engine: EngineClient) {
    this.#engine = engine
  }

  /** Opens a task unless it is open already. */
  async open(taskId: TaskId): Promise<void> {
    if (this.#wanted === taskId) return
    this.#wanted = taskId
    await this.#leave()
    if (this.#wanted === taskId) await this.#load(taskId)
  }

  /** Opens the same task again, from what the engine has. Unsaved edits are given up: ask first. */
  async reload(): Promise<void> {
    const taskId = this.#wanted
    if (taskId === undefined) return
    this.giveUp()
    await this.#load(taskId)
  }

  /** How many edits of the open task are not known to be stored. */
  get unsaved(): number {
    return this.#sender?.unsaved ?? 0
  }

  /** Answers true when every edit is stored, false when the next attempt fails. */
  flush(): Promise<boolean> {
    return this.#sender?.flush() ?? Promise.resolve(true)
  }

  /** Gives up the edits that could not be stored, by the person's decision. */
  giveUp(): void {
    this.#sender?.discard()
  }

  get #sender(): JournalSender | undefined {
    const phase = this.state.getState()
    return phase.kind === 'open' ? phase.session.sender : undefined
  }

  /** Leaves the task without opening another. */
  async close(): Promise<void> {
    this.#wanted = undefined
    await this.#leave()
    if (this.#wanted === undefined) this.state.setState({ kind: 'none' }, true)
  }

  /** The class and the brush that the person works with stay in hand from task to task. */
  #inHand(): Pick<SessionContext, 'activeClassId' | 'brush'> {
    const phase = this.state.getState()
    const before = phase.kind === 'open' ? phase.session.workbench?.editor.state.getState() : undefined
    return { activeClassId: before?.activeClassId, brush: before?.brush }
  }

  async #leave(): Promise<void> {
    const phase = this.state.getState()
    if (phase.kind !== 'open') return
    phase.session.clock.pause()
    // What would come of it belongs to the task that is left.
    phase.session.workbench?.editor.stopWork()
    phase.session.sender.retry()
    await phase.session.sender.drained()
    phase.session.sender.stop()
  }

  /** Kept for as long as the window is open. */
  #keepView(): void {
    const phase = this.state.getState()
    if (phase.kind !== 'open' || phase.session.workbench === undefined) return
    const { display, adjustments, adjusted, loupe } = phase.session.workbench.editor.state.getState()
    this.#view = { display, adjustments, adjusted, loupe }
  }

  /** Reads a whole task; another that is wanted by now ends it. */
  async #read(taskId: TaskId): Promise<OpenTask> {
    this.reading.setState({ taskId, share: 0 }, true)
    try {
      return await openWholeTask(this.#engine.ask, taskId, (share) => {
        if (this.#wanted !== taskId) throw new GivenUpError()
        this.reading.setState({ taskId, share }, true)
      })
    } finally {
      if (this.reading.getState().taskId === taskId) this.reading.setState(NOTHING_READ, true)
    }
  }

  async #load(taskId: TaskId): Promise<void> {
    if (this.state.getState().kind !== 'open') this.state.setState({ kind: 'loading', taskId }, true)
    try {
      const [task, info, settings] = await Promise.all([
        this.#read(taskId), this.#engine.request('workspace.info', {}), this.#engine.request('settings.get', {}),
      ])
      if (this.#wanted !== taskId) return
      this.#keepView()
      const context = {
        user: info.user.id, readOnly: info.readOnly !== false, threshold: settings.confidenceThreshold, ...this.#inHand(),
        view: this.#view ?? { display: settings.display, adjustments: UNADJUSTED, adjusted: true, loupe: false },
      }
      this.state.setState({ kind: 'open', session: createSession(this.#engine, task, context) }, true)
    } catch (error) {
      if (this.#wanted === taskId) this.state.setState({ kind: 'failed', taskId, error }, true)
    }
  }
}
