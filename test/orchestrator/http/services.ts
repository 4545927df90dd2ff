import type { Me } from '../../../shared/api/messages.ts'
import type { UserId } from '../../../shared/domain/ids.ts'
import type { Role } from '../../../shared/domain/role.ts'
import type { Database, Trx } from '../db/tables.ts'
import type { ObjectStorage } from '../objects/objectStorage.ts'
import type { DataKeys } from '../signing/dataKeys.ts'

/** Tells subscribers of what happened. `enqueue` writes the deliveries into the transaction of the event itself; `wake` sends what is due. */
export interface Webhooks {
  enqueue(trx: Trx, event: WebhookEvent): Promise<void>
  wake(): void
}

export type WebhookEvent =
  | { type: 'submission.received'; data: { submissionId: string; taskId: string; revisionId: string; sha256: string; author: string; late: boolean; toReview: boolean } }
  | { type: 'review.created'; data: { reviewId: string; taskId: string; revisionId: string; decision: string; reviewer: string } }
  | { type: 'comment.created'; data: { commentId: string; taskId: string; threadId: string; author: string; act: string } }
  | { type: 'audit.forked'; data: { device: string; epoch: number; seq: number; heldHash: string; offeredHash: string } }

/** What the handlers of the API work with. */
export interface Services {
  readonly db: Database
  readonly keys: DataKeys
  readonly objects: ObjectStorage
  readonly webhooks: Webhooks
  readonly storage: Me['storage']
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Who calls. */
export interface Caller {
  readonly userId: UserId
  readonly name: string
  readonly roles: readonly Role[]
}
