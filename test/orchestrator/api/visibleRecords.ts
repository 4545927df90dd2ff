import { mayReview } from '../../../shared/domain/role.ts'
import { assetOf, commentOf, parseJson, predictionOf, projectOf, reviewOf, revisionRecordOf, taskOf } from '../db/records.ts'
import type { RecordKind } from '../db/changes.ts'
import type { Database } from '../db/tables.ts'
import type { Caller } from '../http/services.ts'

type Loader = (db: Database, caller: Caller, ids: string[]) => Promise<[id: string, record: unknown][]>

/** The records that changes name, as they are now and as far as the person may see them; keyed `<kind>/<id>`. */
export async function visibleRecords(
  db: Database, caller: Caller, changes: readonly { kind: string; op: string; recordId: string }[],
): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>()
  for (const [kind, load] of Object.entries(loaders)) {
    const ids = new Set(changes.filter((change) => change.kind === kind && change.op === 'upsert').map((change) => change.recordId))
    if (ids.size === 0) continue
    for (const [id, record] of await load(db, caller, [...ids])) found.set(`${kind}/${id}`, record)
  }
  return found
}

/** Tasks that a person sees: their own, and as a reviewer all of their projects. */
export function visibleTasks(db: Database, { userId, roles }: Caller) {
  const query = db.selectFrom('tasks').where('tasks.deleted', '=', 0)
  if (!mayReview(roles)) return query.where('tasks.assignee', '=', userId)
  return query.where((where) => where.or([
    where('tasks.assignee', '=', userId),
    where('tasks.projectId', 'in', where.selectFrom('projectMembers').select('projectId').where('userId', '=', userId)),
  ]))
}

const loaders: Record<RecordKind, Loader> = {
  project: async (db, caller, ids) => {
    const rows = await db.selectFrom('projects').innerJoin('projectMembers', 'projectMembers.projectId', 'projects.id')
      .where('projectMembers.userId', '=', caller.userId).where('projects.id', 'in', ids).selectAll('projects').execute()
    return rows.map((row) => [row.id, projectOf(row)])
  },
  // Whoever was told of a schema or an asset has or had work with it.
  labelSchema: async (db, _caller, ids) => {
    const rows = await db.selectFrom('labelSchemas').selectAll().where('hash', 'in', ids).execute()
    return rows.map((row) => [row.hash, parseJson(row.body)])
  },
  asset: async (db, caller, ids) => {
    const visible = visibleTasks(db, caller).select('tasks.assetId')
    const rows = await db.selectFrom('assets').selectAll().where('id', 'in', ids).where('id', 'in', visible).execute()
    return rows.map((row) => [row.id, assetOf(row)])
  },
  task: async (db, caller, ids) => {
    const rows = await visibleTasks(db, caller).selectAll('tasks').where('tasks.id', 'in', ids).execute()
    // An annotator who knew of the others' tasks could ask them.
    return rows.map((row) => [row.id, taskOf(mayReview(caller.roles) ? row : { ...row, replicaGroup: null })])
  },
  prediction: async (db, caller, ids) => {
    const visible = visibleTasks(db, caller).select('tasks.id')
    const rows = await db.selectFrom('predictions').selectAll().where('id', 'in', ids).where('taskId', 'in', visible).execute()
    return rows.map((row) => [row.id, predictionOf(row)])
  },
  review: async (db, caller, ids) => {
    const visible = visibleTasks(db, caller).select('tasks.id')
    const rows = await db.selectFrom('reviews').selectAll().where('id', 'in', ids).where('taskId', 'in', visible).execute()
    return rows.map((row) => [row.id, reviewOf(row)])
  },
  comment: async (db, caller, ids) => {
    const visible = visibleTasks(db, caller).select('tasks.id')
    const rows = await db.selectFrom('comments').selectAll().where('id', 'in', ids).where('taskId', 'in', visible).execute()
    return rows.map((row) => [row.id, commentOf(row)])
  },
  // The results of others are for those who review.
  revision: async (db, caller, ids) => {
    if (!mayReview(caller.roles)) return []
    const visible = visibleTasks(db, caller).select('tasks.id')
    const rows = await db.selectFrom('submissions').selectAll().where('revisionId', 'in', ids).where('taskId', 'in', visible).execute()
    return rows.map((row) => [row.revisionId, revisionRecordOf(row)])
  },
  // For those who review, and not for one who is to find the answer.
  gold: async (db, caller, ids) => {
    if (!mayReview(caller.roles)) return []
    const visible = visibleTasks(db, caller).where((where) => where.or([where('tasks.assignee', 'is', null), where('tasks.assignee', '!=', caller.userId)])).select('tasks.id')
    const rows = await db.selectFrom('goldAnswers').selectAll().where('taskId', 'in', ids).where('taskId', 'in', visible).execute()
    return rows.map((row) => [row.taskId, parseJson(row.answer)])
  },
  goldScore: async (db, caller, ids) => {
    const visible = visibleTasks(db, caller).select('tasks.id')
    const rows = await db.selectFrom('goldScores').selectAll().where('revisionId', 'in', ids).where('taskId', 'in', visible).execute()
    const isTold = ({ author, feedback, isReleased }: (typeof rows)[number]) =>
      author === caller.userId ? feedback === 'atOnce' || isReleased === 1 : mayReview(caller.roles)
    return rows.filter(isTold).map((row) => [row.revisionId, parseJson(row.score)])
  },
}
