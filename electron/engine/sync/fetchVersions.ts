import { submissionObjectKey } from '../../../shared/api/messages.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { ObjectRef, ObjectStore, SyncStore, VersionRef } from './ports.ts'
import { asRemoteError, isLinkFailure } from './retryPolicy.ts'

export interface VersionPorts { store: SyncStore; objectStore: ObjectStore }

/** Versions fetched after one pull; the next one takes the rest. */
const MOST_AT_ONCE = 50
/** No revision and no journal is larger; what is longer is not read on, bytes. */
const LARGEST = 64 * 1024 * 1024

/**
 * Fetches the versions of tasks that were made elsewhere while there is work on them here, so that the two can be compared without a network. One that
 * cannot be had is asked for again after the next pull and holds up nothing. @throws RemoteError of the link.
 */
export async function fetchVersions(ports: VersionPorts, signal: AbortSignal): Promise<void> {
  for (const version of ports.store.missingVersions(MOST_AT_ONCE)) {
    try {
      await fetchVersion(ports, version, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (isLinkFailure(asRemoteError(error).failure)) throw error
    }
  }
}

/** Fetches one version and keeps it. @throws RemoteError. */
export async function fetchVersion({ store, objectStore }: VersionPorts, { taskId, revisionId, assetId }: VersionRef, signal: AbortSignal): Promise<void> {
  const bytes = await readObject(objectStore, { key: submissionObjectKey(revisionId), assetId }, signal)
  store.keepVersion(taskId, revisionId, bytes)
}

/** The whole of an object that is small. @throws RemoteError, corrupt when it is larger than any can be. */
export async function readObject(objectStore: ObjectStore, ref: ObjectRef, signal: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of objectStore.get(ref, signal)) {
    size += part.length
    if (size > LARGEST) throw new RemoteError({ kind: 'corrupt' }, `${ref.key} is larger than any can be`)
    parts.push(part)
  }
  signal.throwIfAborted()
  return Buffer.concat(parts)
}
