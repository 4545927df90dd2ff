import { createEngine, type Engine } from '../../electron/engine/engine.ts'
import type { DraftRecord } from '../../shared/domain/draft.ts'
import { TaskIdSchema } from '../../shared/domain/ids.ts'

/** Another workstation of the same person, without a window. */
export class SecondDevice {
  readonly #engine: Engine

  private constructor(engine: Engine) {
    this.#engine = engine
  }

  static async start(workspaceDir: string, source: { url: string; token: string }): Promise<SecondDevice> {
    const engine = await createEngine({ workspaceDir, source: { kind: 'orchestrator', ...source }, appVersion: '1', deviceName: 'Laptop' }, { background: false })
    await engine.syncOnce()
    return new SecondDevice(engine)
  }

  /** Draws shapes and hands the task in, and waits until the orchestrator has it. */
  async submit(task: string, ...records: DraftRecord[]): Promise<void> {
    const taskId = TaskIdSchema.parse(task)
    const { journalSeq } = await this.#engine.call('tasks.open', { taskId })
    const diff = { added: Object.fromEntries(records.map((record) => [record.id, record])), updated: {}, removed: {} }
    await this.#engine.call('tasks.commit', { taskId, afterSeq: journalSeq, lines: [{ kind: 'edit', name: 'addShape', diff }], timeOnTaskMs: 1_000 })
    await this.#engine.call('tasks.submit', { taskId, timeOnTaskMs: 1_000 })
    await this.#engine.syncOnce()
  }

  stop(): Promise<void> {
    return this.#engine.stop()
  }
}
