import type { Kysely, Transaction } from 'kysely'

/** Times are ISO 8601 in UTC, JSON is text, flags are 0 and 1: what SQLite and PostgreSQL both hold without loss. Columns are snake_case in SQL. */
export interface Tables {
  /** One row (id 1). Every writing transaction updates it first, so that writers queue up and `changes.seq` becomes visible in order. */
  serverState: { id: number; epoch: string; changeSeq: number; submissionSeq: number }
  users: { id: string; name: string; roles: string }
  /** A token is kept as its SHA-256 only. */
  tokens: { hash: string; userId: string; createdAt: string; revokedAt: string | null }
  projects: { id: string; name: string; description: string; schemaHash: string }
  projectMembers: { projectId: string; userId: string }
  labelSchemas: { hash: string; body: string }
  /** Every version that a project ever had: work pinned to any of them is welcome. */
  projectSchemas: { projectId: string; schemaHash: string }
  assets: {
    id: string; projectId: string; name: string; uri: string; sha256: string; size: number
    width: number; height: number; mediaType: string; tileSource: string; pixelSize: string | null
  }
  tasks: {
    id: string; projectId: string; assetId: string; schemaHash: string; state: string; assignee: string | null; priority: number
    dueAt: string | null; tags: string; headRevision: string | null; otherRevisions: string; lease: string | null; deleted: number; replicaGroup: string | null
  }
  /** Who ever had a task: their late work is still welcome. */
  taskAssignments: { taskId: string; userId: string; assignedAt: string }
  predictions: { id: string; taskId: string; model: string; modelVersion: string; shapes: string }
  devices: { id: string; userId: string; name: string; publicKey: string; appVersion: string; registeredAt: string }
  /** What to tell whom: one row per person and change, in the order of `seq`. A row names a record, pull sends its present state. */
  changes: { seq: number; userId: string; kind: string; op: string; recordId: string }
  objects: { key: string; sha256: string; size: number; mediaType: string; createdAt: string }
  /** `late`: the task was no longer the author's. `toReview`: late, or grown beside another revision, so a reviewer must look. */
  submissions: {
    id: string; seq: number; userId: string; deviceId: string; deviceSeq: number; taskId: string; revisionId: string; sha256: string
    objectKey: string; size: number; parents: string; schemaHash: string; journalSha256: string; journalLength: number; late: number; toReview: number; receipt: string; receivedAt: string
  }
  /** `corrects` is the revision that the reviewer's own one, which it decides on, corrects. */
  reviews: { id: string; taskId: string; revisionId: string; corrects: string | null; reviewer: string; decision: string; reasons: string; comment: string; createdAt: string }
  comments: { id: string; threadId: string; taskId: string; revisionId: string | null; author: string; createdAt: string; act: string }
  /** Receipts of reviews and comments, by the id of either. */
  statementReceipts: { statementId: string; userId: string; sha256: string; receipt: string }
  /** The right answer to a task, for reviewers alone. */
  goldAnswers: { taskId: string; answer: string }
  /** How results answered gold tasks. `feedback` is the answer's when it was scored; `isReleased`: the author may know, where that was kept for later. */
  goldScores: { revisionId: string; taskId: string; author: string; feedback: string; isReleased: number; score: string }
  /** `arrival` numbers the entries of all devices in the order in which they came. */
  auditEntries: { device: string; epoch: number; seq: number; hash: string; entry: string; receivedAt: string; arrival: number }
  /** Evidence of chains that contradict what is held; never removed. */
  auditForks: { device: string; epoch: number; seq: number; heldHash: string; offeredHash: string; offered: string; seenAt: string }
  /** Webhook deliveries, written in the transaction of what they tell. `state`: waiting, delivered or failed. */
  deliveries: {
    id: string; url: string; event: string; body: string; state: string; attempts: number; nextAttemptAt: string
    lastError: string | null; createdAt: string
  }
}

export type Database = Kysely<Tables>
export type Trx = Transaction<Tables>
