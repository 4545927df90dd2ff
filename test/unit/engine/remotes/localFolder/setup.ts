import { createHash } from 'node:crypto'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDeviceKey } from '../../../../../electron/engine/audit/deviceKey.ts'
import { entryHash, payloadHash } from '../../../../../electron/engine/audit/hashing.ts'
import { verifies } from '../../../../../electron/engine/audit/signedRecord.ts'
import type { ReadHeader } from '../../../../../electron/engine/remotes/localFolder/findPictures.ts'
import { LocalFolder, type LocalFolderOptions } from '../../../../../electron/engine/remotes/localFolder/localFolder.ts'
import { createFolderStore } from '../../../../../electron/engine/storage/folder.ts'
import { RemoteError } from '../../../../../shared/api/remoteError.ts'
import type { Change } from '../../../../../shared/api/records.ts'
import { temporaryFolder } from '../../../../builders/temporaryFolder.ts'

export const signal = new AbortController().signal
const ignore = () => undefined
export const shaOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** Takes every file for an image; the real decoder has its own tests. */
const anyHeader: ReadHeader = async () => ({ mediaType: 'image/jpeg', width: 30, height: 20 })

/** Writes a file that has not changed for a minute. */
export function put(folder: string, path: string, bytes: Uint8Array | string): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  const aMinuteAgo = Date.now() / 1000 - 60
  utimesSync(file, aMinuteAgo, aMinuteAgo)
}

/** An open local folder that ends with the test, with what it told; the workspace lies in `.fieldmark`, as in the application. */
export async function openFolder(options: Partial<LocalFolderOptions> = {}) {
  const folder = options.folder ?? temporaryFolder()
  const workspaceDir = join(folder, '.fieldmark')
  const objectsDir = join(workspaceDir, 'local', 'objects')
  mkdirSync(objectsDir, { recursive: true })
  const troubles: string[] = []
  let changes = 0
  const local = await LocalFolder.open({
    folder, workspaceDir,
    pictures: createFolderStore(folder),
    objects: createFolderStore(objectsDir),
    key: openDeviceKey(join(workspaceDir, 'local', 'key.pem')),
    isSoundEntry: (entry, publicKey) =>
      payloadHash(entry.payload) === entry.payloadHash && entryHash(entry) === entry.hash && verifies(publicKey, Buffer.from(entry.hash, 'hex'), entry.signature),
    readHeader: anyHeader,
    hasLocalWork: () => false,
    onChanged: () => { changes++ },
    onTrouble: (detail) => troubles.push(detail),
    ...options,
  })
  let isOpen = true
  const close = async () => {
    if (isOpen) await local.close()
    isOpen = false
  }
  onTestFinished(close)
  return { local, folder, workspaceDir, troubles, close, changes: () => changes, scan: () => local.scan(signal, ignore) }
}

/** Everything after a cursor, over as many pages as it takes. */
export async function pullAll(local: LocalFolder, from?: string): Promise<{ changes: Change[]; cursor: string; epoch: string }> {
  const changes: Change[] = []
  for (let cursor = from; ;) {
    const page = await local.orchestrator.pull(cursor, signal)
    changes.push(...page.changes)
    cursor = page.cursor
    if (!page.more) return { changes, cursor, epoch: page.epoch }
  }
}

/** What a workstation knows after all changes: asset names by task id, and the tasks. */
export function replay(changes: readonly Change[]) {
  const names = new Map<string, string>()
  const tasks = new Map<string, Extract<Change, { kind: 'task' }>['record']>()
  for (const change of changes) {
    if (change.kind === 'asset') names.set(change.record.id, change.record.name)
    if (change.kind === 'task') {
      if (!names.has(change.record.assetId)) throw new Error(`The task ${change.record.id} comes before its asset`)
      tasks.set(change.record.id, change.record)
    }
    if (change.kind === 'assetGone') names.delete(change.id)
    if (change.kind === 'taskGone') tasks.delete(change.id)
  }
  return { names: [...tasks.values()].map((task) => names.get(task.assetId)), tasks: [...tasks.values()] }
}

export async function namesIn(local: LocalFolder): Promise<(string | undefined)[]> {
  return replay((await pullAll(local)).changes).names
}

export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(() => undefined, (reason: unknown) => reason)
  return error instanceof RemoteError ? error.failure : error
}
