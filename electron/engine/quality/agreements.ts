import type { TaskId } from '../../../shared/domain/ids.ts'
import { AgreementFiguresSchema } from '../../../shared/rpc/quality.ts'
import type { AgreementFigures, AgreementReport, ComparedResult } from '../../../shared/rpc/quality.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { WorkerThread } from '../assist/workerThread.ts'
import { sha256 } from '../audit/hashing.ts'
import { comparedResults, findAgreement, noteCompared, putAgreement, tasksToCompare } from '../db/repositories/agreements.ts'
import { getAsset } from '../db/repositories/assets.ts'
import { getLabelSchema } from '../db/repositories/labelSchemas.ts'
import { revisionJson } from '../db/repositories/revisions.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { instantNow, type WorkContext } from '../work/context.ts'
import { requireTask } from '../work/requireTask.ts'
import { ProposalSchema, type FiguresRequest, type Proposal, type QualityRequest } from './messages.ts'

const BATCH = 20
/** Which figures are kept: those that an earlier version of the program computed lack some, and are computed anew when they are looked at. */
const FIGURES = 'with borders'

/** How far people agree who labelled the same image: computed in a thread of its own when results arrive, and kept by the results that were compared. */
export class Agreements {
  readonly #context: WorkContext
  readonly #thread = new WorkerThread(new URL('./agreementWorker.ts', import.meta.url))
  readonly #ended = new AbortController()
  #run: Promise<void> | undefined
  #again = false

  constructor(context: WorkContext) {
    this.#context = context
  }

  /** Everybody's newest result on the image of a task, and how far they agree. @throws RpcError notFound. */
  async of(taskId: TaskId): Promise<AgreementReport> {
    const { db } = this.#context
    const task = requireTask(db, taskId)
    const results = comparedResults(db, taskId)
    if (results.length < 2) {
      keepAgreement(db, taskId, [], undefined)
      return { results }
    }
    const key = sha256([FIGURES, ...results.map(({ revisionId }) => revisionId)].join('\n'))
    const tags = getLabelSchema(db, task.schemaHash)?.imageTags.map(({ id }) => id) ?? []
    const figures = findAgreement(db, key) ?? await this.#compare(results, tags)
    keepAgreement(db, taskId, results, { key, figures })
    return { results, figures }
  }

  /** Looks at the results that arrived since. It never rejects; one that cannot be compared is looked at again when the workspace is opened. */
  refresh(): Promise<void> {
    this.#again = this.#run !== undefined
    this.#run ??= this.#refreshAll().finally(() => {
      this.#run = undefined
      if (this.#again && !this.#ended.signal.aborted) void this.refresh()
    })
    return this.#run
  }

  async close(): Promise<void> {
    this.#ended.abort(new Error('The engine ends'))
    await this.#run
    await this.#thread.close()
  }

  async #refreshAll(): Promise<void> {
    const { db, notify } = this.#context
    const seen = new Set<TaskId>()
    for (;;) {
      if (this.#ended.signal.aborted) return
      const taskIds = tasksToCompare(db, BATCH + seen.size).filter((id) => !seen.has(id))
      if (taskIds.length === 0) return
      for (const taskId of taskIds) {
        seen.add(taskId)
        const report = await this.of(taskId).catch(() => undefined)
        if (this.#ended.signal.aborted) return
        if (report?.figures !== undefined) notify('tasks.changed', { taskIds: [taskId] })
      }
    }
  }

  /** What more than half of the people marked on the image of a task, and whose results that comes from. @throws RpcError notFound; notAllowed with fewer than two results. */
  async propose(taskId: TaskId): Promise<{ proposal: Proposal; results: ComparedResult[] }> {
    const { db, userId, clock } = this.#context
    const results = comparedResults(db, taskId)
    const asset = getAsset(db, requireTask(db, taskId).assetId)
    if (results.length < 2 || asset === undefined) throw new RpcError('notAllowed', 'A consensus takes the results of at least two people')
    const request: QualityRequest = { kind: 'consensus', results: this.#withJson(results), image: { width: asset.width, height: asset.height }, user: userId, at: instantNow(clock) }
    return { results, proposal: ProposalSchema.parse(await this.#thread.ask(request, this.#ended.signal)) }
  }

  async #compare(results: readonly ComparedResult[], tags: FiguresRequest['tags']): Promise<AgreementFigures> {
    const request: QualityRequest = { kind: 'figures', tags, results: this.#withJson(results) }
    return AgreementFiguresSchema.parse(await this.#thread.ask(request, this.#ended.signal))
  }

  #withJson(results: readonly ComparedResult[]): FiguresRequest['results'] {
    return results.map((result) => {
      const json = revisionJson(this.#context.db, result.revisionId)
      if (json === undefined) throw new RpcError('notFound', `There is no revision ${result.revisionId} here`)
      return { ...result, json }
    })
  }
}

function keepAgreement(db: WorkDatabase, taskId: TaskId, results: readonly ComparedResult[], found: { key: string; figures: AgreementFigures } | undefined): void {
  inTransaction(db, () => {
    if (found !== undefined) putAgreement(db, found.key, found.figures)
    noteCompared(db, taskId, results.map(({ revisionId }) => revisionId), found?.key)
  })
}
