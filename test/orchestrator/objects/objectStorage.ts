import type { Grant, StorageCredentials, UploadGrantRequest } from '../../../shared/api/messages.ts'
import type { ObjectKey } from '../../../shared/domain/asset.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'

/** Bytes that are stored under a key when a project is set up. */
export interface StoredObject {
  key: ObjectKey
  bytes: Uint8Array
  sha256: Sha256
  mediaType: string
}

/** Where the orchestrator keeps objects: a folder that it serves itself, or a bucket. */
export interface ObjectStorage {
  /** A presigned PUT of exactly these bytes; it never overwrites. */
  grantPut(request: UploadGrantRequest): Promise<Grant>
  grantGet(key: ObjectKey): Promise<Grant>
  /** Temporary keys for a workstation, from a bucket's server. */
  grantSession?(): Promise<StorageCredentials>
  /** The bytes under a key, or undefined. @throws ProblemError tooLarge when there are more than `limit`. */
  read(key: ObjectKey, limit: number): Promise<Buffer | undefined>
  /** Stores bytes of the orchestrator's own; what is there already stays. */
  store(object: StoredObject): Promise<void>
}

/** How long a granted URL works, in milliseconds. */
export const GRANT_LIFETIME_MS = 5 * 60_000
