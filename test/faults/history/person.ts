import { TaskIdSchema, type TaskId } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { SubmitResult } from '../../../shared/rpc/openTask.ts'
import { adding, aShape } from '../../builders/records.ts'
import { StationDied, type Station } from '../stations/station.ts'

/** Somebody who works at a station and remembers what it said was saved. */
export class Person {
  readonly station: Station
  readonly saved: { submissionId: string; revisionId: string }[] = []
  readonly drawn: { taskId: string; shapeId: string }[] = []
  readonly #name: string
  #shapes = 0

  /** @param name tells the shapes of several people and stations apart */
  constructor(name: string, station: Station) {
    this.#name = name
    this.station = station
  }

  /** Draws a shape and hands the task in, if the task is there and takes work. */
  work(task: string): Promise<void> {
    return this.#try(async () => {
      const taskId = await this.#draw(TaskIdSchema.parse(task))
      this.#note(await this.station.call('tasks.submit', { taskId, timeOnTaskMs: 1_000 }))
    })
  }

  draw(task: string): Promise<void> {
    return this.#try(() => this.#draw(TaskIdSchema.parse(task)))
  }

  skip(task: string): Promise<void> {
    return this.#try(async () => {
      this.#note(await this.station.call('tasks.skip', { taskId: TaskIdSchema.parse(task), timeOnTaskMs: 1_000, reason: 'too dark' }))
    })
  }

  async #draw(taskId: TaskId): Promise<TaskId> {
    const { journalSeq: afterSeq } = await this.station.call('tasks.open', { taskId })
    const shapeId = `${this.#name}-${++this.#shapes}`
    // No two people draw the same, which would be no conflict.
    const shape = aShape({ id: shapeId, order: this.#shapes, geometry: { kind: 'rectangle', x: 5, y: this.#name.length, width: 20, height: 5 + Number(this.#name.at(-1)) } })
    await this.station.call('tasks.commit', { taskId, afterSeq, lines: [{ kind: 'edit', name: 'addShape', diff: adding(shape) }], timeOnTaskMs: 1_000 })
    this.drawn.push({ taskId, shapeId })
    return taskId
  }

  #note(result: SubmitResult): void {
    if (result.kind === 'submitted') this.saved.push(result)
  }

  /** A task that is not there or was cancelled says so; what a process did not answer was not promised. */
  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof RpcError) && !(error instanceof StationDied)) throw error
    }
  }
}
