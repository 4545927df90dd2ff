import type { Asset } from '../../../shared/domain/asset.ts'
import type { Instant, ProjectId, RevisionId, SchemaHash, TaskId } from '../../../shared/domain/ids.ts'
import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import type { ParsedRequestOf } from '../../../shared/rpc/channels.ts'
import { fromJson } from '../db/json.ts'
import { getAsset } from '../db/repositories/assets.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { countAllTasks, exportRun } from '../db/repositories/exportRun.ts'
import type { ExportRow } from '../db/repositories/exportRun.ts'
import { getLabelSchema } from '../db/repositories/labelSchemas.ts'
import { listProjects } from '../db/repositories/projects.ts'
import { findRevision } from '../db/repositories/revisions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'

export type ExportRequest = Omit<ParsedRequestOf<'export.run'>, 'jobId'>

/** The labels of a task, as they were frozen in a revision, or as they are in its draft. */
export interface ExportLabels {
  readonly kind: 'labels'
  readonly shapes: readonly Shape[]
  readonly tags: readonly string[]
  readonly revision?: { readonly id: RevisionId; readonly createdAt: Instant }
}

/** What there is of a task: labels, a reason why there are none, a draft with nothing in it, or a newest result that another device holds. */
export type ExportContent = ExportLabels | { readonly kind: 'skipped'; readonly reason: string } | { readonly kind: 'emptyDraft' } | { readonly kind: 'elsewhere' }

/** A task to look at; `read` gets its labels, so that only one task's are in memory. `schemaHash` is the version that they were made for. */
export interface ExportTask {
  readonly taskId: TaskId
  readonly projectId: ProjectId
  readonly schemaHash: SchemaHash
  read(): { asset: Asset | undefined; content: ExportContent }
}

/** What an export needs of the workspace. The tasks come in the same order each time; undefined stands for one that has nothing to export or was not asked for. */
export interface ExportSource {
  count(): number
  tasks(): Iterable<ExportTask | undefined>
  /** The version of its label schema that a project uses now. */
  leadingSchema(projectId: ProjectId): SchemaHash | undefined
  /** A label schema that can be worked with. */
  schema(hash: SchemaHash): LabelSchema | undefined
  /** The verified bytes of an asset's file; undefined when it is not in the cache. */
  readImage(asset: Asset): Promise<Uint8Array | undefined>
}

/** Tasks read from the database in one go. */
const RUN = 200

/**
 * The tasks of a workspace. `submitted` takes the newest result that was handed in here, on its way or acknowledged; `all` takes the draft instead where work went
 * on after it. Cancelled and released tasks count as well: their work is still there.
 */
export function workspaceExportSource(db: WorkDatabase, request: ExportRequest, readImage: ExportSource['readImage']): ExportSource {
  return {
    count: () => countAllTasks(db),
    tasks: () => chosenTasks(db, request),
    leadingSchema: (projectId) => listProjects(db).find(({ id }) => id === projectId)?.schemaHash,
    schema: (hash) => getLabelSchema(db, hash),
    readImage,
  }
}

function* chosenTasks(db: WorkDatabase, request: ExportRequest): Generator<ExportTask | undefined> {
  for (let after = 0; ;) {
    const run = exportRun(db, after, RUN)
    if (run.length === 0) return
    for (const row of run) yield chosen(db, row, request)
    after = run.at(-1)?.arrival ?? after
  }
}

function chosen(db: WorkDatabase, row: ExportRow, { include, projectId, schemaHash }: ExportRequest): ExportTask | undefined {
  if (projectId !== undefined && row.projectId !== projectId) return undefined
  const read = include === 'all' && row.edited === 1 ? () => readDraft(db, row.taskId) : readerOfResult(db, row)
  if (read === undefined) return undefined
  const task = {
    taskId: row.taskId, projectId: row.projectId,
    schemaHash: (include === 'all' && row.edited === 1 ? null : row.revisionSchema) ?? row.schemaHash,
    read: () => ({ asset: getAsset(db, row.assetId), content: read() }),
  }
  return schemaHash === undefined || task.schemaHash === schemaHash ? task : undefined
}

function readerOfResult(db: WorkDatabase, { revisionId, headRevision }: ExportRow): (() => ExportContent) | undefined {
  if (revisionId !== null) return () => readRevision(db, revisionId)
  return headRevision === null ? undefined : () => ({ kind: 'elsewhere' })
}

function readRevision(db: WorkDatabase, id: RevisionId): ExportContent {
  const stored = findRevision(db, id)
  if (stored === undefined) throw new Error(`Revision ${id} of a submission is missing`)
  const { outcome, shapes, tags, createdAt } = fromJson(RevisionSchema, Buffer.from(stored.bytes).toString())
  if (outcome.kind === 'skipped') return { kind: 'skipped', reason: outcome.reason }
  return { kind: 'labels', shapes, tags, revision: { id, createdAt } }
}

/** A draft with nothing in it says nothing yet, unlike a result that was handed in with nothing in it. */
function readDraft(db: WorkDatabase, taskId: TaskId): ExportContent {
  const records = draftRecords(db, taskId)
  const shapes = records.filter((record) => record.type === 'shape').sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  const tags = records.flatMap((record) => (record.type === 'imageTags' ? record.tags : []))
  return shapes.length + tags.length === 0 ? { kind: 'emptyDraft' } : { kind: 'labels', shapes, tags }
}
