import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { SchemaHash, TaskId } from '../../../shared/domain/ids.ts'
import type { VersionContent } from '../../../shared/domain/compareVersions.ts'
import { DifferencesSchema } from '../../../shared/rpc/compare.ts'
import type { Differences, VersionRef } from '../../../shared/rpc/compare.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { WorkerThread } from '../assist/workerThread.ts'
import { getAsset } from '../db/repositories/assets.ts'
import { getLabelSchema } from '../db/repositories/labelSchemas.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { JsonText } from '../rpc/jsonText.ts'
import { requireTask } from '../work/requireTask.ts'
import { sideText } from '../work/comparables.ts'
import { ComparedTextSchema, type ContentsRequest, type DifferencesRequest } from './messages.ts'

/** Compares versions in a thread of its own, so that a large one holds nobody up; agreements, of which there may be many, have another one. */
export class Comparisons {
  readonly #db: WorkDatabase
  readonly #thread = new WorkerThread(new URL('./agreementWorker.ts', import.meta.url))
  readonly #ended = new AbortController()

  constructor(db: WorkDatabase) {
    this.#db = db
  }

  /** What differs between two contents. */
  async differences(first: VersionContent, second: VersionContent): Promise<Differences> {
    const request: ContentsRequest = { kind: 'contents', contents: [first, second] }
    return DifferencesSchema.parse(await this.#thread.ask(request, this.#ended.signal))
  }

  /** Two versions and what differs between them, as the JSON of a `ComparedVersions`. @throws RpcError notFound where one is not here; the signal's reason. */
  async between(taskId: TaskId, from: VersionRef, to: VersionRef, signal: AbortSignal): Promise<JsonText> {
    const task = requireTask(this.#db, taskId)
    const request: DifferencesRequest = { kind: 'differences', sides: [sideText(this.#db, task, from), sideText(this.#db, task, to)] }
    const { json, revisions } = ComparedTextSchema.parse(await this.#thread.ask(request, AbortSignal.any([this.#ended.signal, signal])))
    if (revisions.some(({ assetId }) => assetId !== task.assetId)) throw new RpcError('notFound', `A revision is not of the image of task ${taskId}`)
    const schema = schemaOf(this.#db, [task.schemaHash, ...revisions.map(({ schemaHash }) => schemaHash)])
    const facts = JSON.stringify({ name: getAsset(this.#db, task.assetId)?.name ?? taskId, ...(schema && { schema }) })
    return new JsonText(`${facts.slice(0, -1)},${json.slice(1)}`)
  }

  close(): Promise<void> {
    this.#ended.abort(new Error('The engine ends'))
    return this.#thread.close()
  }
}

/** The first label schema that is here, with the classes and tags that only the others have. */
function schemaOf(db: WorkDatabase, hashes: readonly SchemaHash[]): LabelSchema | undefined {
  const [first, ...others] = [...new Set(hashes)].flatMap((hash) => getLabelSchema(db, hash) ?? [])
  return first && others.reduce((merged, other) => ({
    ...merged,
    classes: [...merged.classes, ...other.classes.filter(({ id }) => merged.classes.every((each) => each.id !== id))],
    imageTags: [...merged.imageTags, ...other.imageTags.filter(({ id }) => merged.imageTags.every((each) => each.id !== id))],
  }), first)
}
