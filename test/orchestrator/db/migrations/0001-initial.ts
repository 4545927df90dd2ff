import type { CreateTableBuilder, Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Columns by type; a trailing `?` allows NULL. */
type Columns = Record<string, 'text' | 'text?' | 'integer' | 'bigint'>

export const initial: Migration = {
  async up(db: Kysely<unknown>) {
    await people(db)
    await work(db)
    await results(db)
    await audit(db)
    await deliveries(db)
  },
}

function table(db: Kysely<unknown>, name: string, key: readonly string[], columns: Columns): CreateTableBuilder<string, string> {
  let builder: CreateTableBuilder<string, string> = db.schema.createTable(name)
  for (const [column, kind] of Object.entries(columns)) {
    const type = kind === 'text?' ? 'text' : kind
    builder = builder.addColumn(column, type, (definition) => (kind === 'text?' ? definition : definition.notNull()))
  }
  return builder.addPrimaryKeyConstraint(`${name}Pk`, [...key])
}

async function people(db: Kysely<unknown>): Promise<void> {
  await table(db, 'serverState', ['id'], { id: 'integer', epoch: 'text', changeSeq: 'bigint', submissionSeq: 'bigint' }).execute()
  await table(db, 'users', ['id'], { id: 'text', name: 'text', roles: 'text' }).execute()
  await table(db, 'tokens', ['hash'], { hash: 'text', userId: 'text', createdAt: 'text', revokedAt: 'text?' })
    .addForeignKeyConstraint('tokens_user', ['userId'], 'users', ['id']).execute()
  await table(db, 'devices', ['id'], { id: 'text', userId: 'text', name: 'text', publicKey: 'text', appVersion: 'text', registeredAt: 'text' })
    .addForeignKeyConstraint('devices_user', ['userId'], 'users', ['id']).execute()
}

async function work(db: Kysely<unknown>): Promise<void> {
  await table(db, 'labelSchemas', ['hash'], { hash: 'text', body: 'text' }).execute()
  await table(db, 'projects', ['id'], { id: 'text', name: 'text', description: 'text', schemaHash: 'text' })
    .addForeignKeyConstraint('projects_schema', ['schemaHash'], 'labelSchemas', ['hash']).execute()
  await table(db, 'projectMembers', ['projectId', 'userId'], { projectId: 'text', userId: 'text' }).execute()
  await table(db, 'projectSchemas', ['projectId', 'schemaHash'], { projectId: 'text', schemaHash: 'text' }).execute()
  await table(db, 'assets', ['id'], {
    id: 'text', projectId: 'text', name: 'text', uri: 'text', sha256: 'text', size: 'bigint', width: 'integer', height: 'integer', mediaType: 'text', tileSource: 'text',
  })
    .addForeignKeyConstraint('assets_project', ['projectId'], 'projects', ['id']).execute()
  await table(db, 'tasks', ['id'], {
    id: 'text', projectId: 'text', assetId: 'text', schemaHash: 'text', state: 'text', assignee: 'text?', priority: 'integer',
    dueAt: 'text?', tags: 'text', headRevision: 'text?', lease: 'text?', deleted: 'integer',
  })
    .addForeignKeyConstraint('tasks_asset', ['assetId'], 'assets', ['id']).execute()
  await table(db, 'taskAssignments', ['taskId', 'userId'], { taskId: 'text', userId: 'text', assignedAt: 'text' }).execute()
  await table(db, 'predictions', ['id'], { id: 'text', taskId: 'text', model: 'text', modelVersion: 'text', shapes: 'text' })
    .addForeignKeyConstraint('predictions_task', ['taskId'], 'tasks', ['id']).execute()
  await db.schema.createIndex('predictions_by_task').on('predictions').column('taskId').execute()
  await db.schema.createIndex('tasks_by_asset').on('tasks').column('assetId').execute()
  await table(db, 'changes', ['seq'], { seq: 'bigint', userId: 'text', kind: 'text', op: 'text', recordId: 'text' }).execute()
  await db.schema.createIndex('changes_by_user').on('changes').columns(['userId', 'seq']).execute()
}

async function results(db: Kysely<unknown>): Promise<void> {
  await table(db, 'objects', ['key'], { key: 'text', sha256: 'text', size: 'bigint', mediaType: 'text', createdAt: 'text' }).execute()
  await table(db, 'submissions', ['id'], {
    id: 'text', seq: 'bigint', userId: 'text', deviceId: 'text', deviceSeq: 'bigint', taskId: 'text', revisionId: 'text', sha256: 'text',
    objectKey: 'text', size: 'bigint', late: 'integer', toReview: 'integer', receipt: 'text', receivedAt: 'text',
  })
    .addUniqueConstraint('submissions_seq', ['seq'])
    .addUniqueConstraint('submissions_device_seq', ['deviceId', 'deviceSeq'])
    .addUniqueConstraint('submissions_revision', ['revisionId'])
    .addForeignKeyConstraint('submissions_task', ['taskId'], 'tasks', ['id']).execute()
  await table(db, 'reviews', ['id'], { id: 'text', taskId: 'text', revisionId: 'text', reviewer: 'text', decision: 'text', comment: 'text', createdAt: 'text' })
    .addForeignKeyConstraint('reviews_task', ['taskId'], 'tasks', ['id']).execute()
}

async function audit(db: Kysely<unknown>): Promise<void> {
  await table(db, 'auditEntries', ['device', 'epoch', 'seq'], { device: 'text', epoch: 'integer', seq: 'bigint', hash: 'text', entry: 'text', receivedAt: 'text' })
    .addForeignKeyConstraint('audit_device', ['device'], 'devices', ['id']).execute()
  await table(db, 'auditForks', ['device', 'epoch', 'seq', 'offeredHash'], { device: 'text', epoch: 'integer', seq: 'bigint', heldHash: 'text', offeredHash: 'text', offered: 'text', seenAt: 'text' }).execute()
}

async function deliveries(db: Kysely<unknown>): Promise<void> {
  await table(db, 'deliveries', ['id'], {
    id: 'text', url: 'text', event: 'text', body: 'text', state: 'text', attempts: 'integer', nextAttemptAt: 'text', lastError: 'text?', createdAt: 'text',
  }).execute()
  await db.schema.createIndex('deliveries_due').on('deliveries').columns(['state', 'nextAttemptAt']).execute()
}
