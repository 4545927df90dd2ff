import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { AuditEntry } from '../../../shared/domain/auditEvent.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { openDeviceKey } from '../audit/deviceKey.ts'
import { entryHash, payloadHash } from '../audit/hashing.ts'
import { verifies } from '../audit/signedRecord.ts'
import { hasWaiting } from '../db/repositories/outbox.ts'
import { findTask } from '../db/repositories/tasks.ts'
import { LabelFileError } from '../remotes/localFolder/labels.ts'
import { LocalFolder } from '../remotes/localFolder/localFolder.ts'
import { StartError } from '../startFailure.ts'
import { createFolderStore } from '../storage/folder.ts'
import type { Orchestrator } from '../sync/ports.ts'
import type { ImageDecoder } from '../tiles/imageDecoder.ts'
import type { WorkContext } from '../work/context.ts'
import type { OnUser, Remote, RemoteEvents } from './remote.ts'

interface FolderRequest extends RemoteEvents {
  folder: string
  workspaceDir: string
  context: WorkContext
  headers: ImageDecoder
  onUser: OnUser
  /** Notice new pictures by itself until closed. */
  watch: boolean
}

/** Opens a folder of pictures as a project without a server. @throws StartError when the folder or its label file cannot be used. */
export async function connectFolder(request: FolderRequest): Promise<Remote> {
  const local = await openFolder(request)
  if (request.watch) {
    await local.watch()
    local.scan(new AbortController().signal, () => undefined).catch((error: unknown) => { request.context.notify('engine.notice', { code: 'folderUnreadable', detail: messageOf(error) }) })
  }
  const orchestrator: Orchestrator = {
    ...local.orchestrator,
    async register(device, signal) {
      const me = await local.orchestrator.me(signal)
      request.onUser({ id: me.userId, name: me.name, roles: me.roles })
      return local.orchestrator.register(device, signal)
    },
  }
  return { orchestrator, objectStore: local.store, settled: 'local', refresh: (signal) => local.scan(signal, () => undefined), close: () => local.close() }
}

async function openFolder({ folder, workspaceDir, context, headers, onChanged }: FolderRequest): Promise<LocalFolder> {
  const own = join(workspaceDir, 'local')
  mkdirSync(join(own, 'objects'), { recursive: true, mode: 0o700 })
  try {
    return await LocalFolder.open({
      folder, workspaceDir, onChanged,
      key: openDeviceKey(join(own, 'folder-key.pem')),
      pictures: createFolderStore(folder),
      objects: createFolderStore(join(own, 'objects')),
      readHeader: (file, signal) => headers.header(file, signal),
      hasLocalWork: (taskId) => hasLocalWork(context, taskId),
      isSoundEntry,
      onTrouble: (detail) => { context.notify('engine.notice', { code: 'folderUnreadable', detail }) },
    })
  } catch (error) {
    if (error instanceof RemoteError) throw new StartError('folderMissing', error.message, { cause: error })
    if (error instanceof LabelFileError) throw new StartError('labelsInvalid', error.message, { cause: error })
    throw error
  }
}

function hasLocalWork({ db }: WorkContext, taskId: TaskId): boolean {
  return (findTask(db, taskId)?.journalSeq ?? 0) > 0 || hasWaiting(db, taskId)
}

function isSoundEntry(entry: AuditEntry, publicKey: string): boolean {
  return payloadHash(entry.payload) === entry.payloadHash && entryHash(entry) === entry.hash
    && verifies(publicKey, Buffer.from(entry.hash, 'hex'), entry.signature)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
