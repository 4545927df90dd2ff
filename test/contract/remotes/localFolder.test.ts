import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDeviceKey } from '../../../electron/engine/audit/deviceKey.ts'
import { entryHash, payloadHash } from '../../../electron/engine/audit/hashing.ts'
import { verifies } from '../../../electron/engine/audit/signedRecord.ts'
import { LocalFolder } from '../../../electron/engine/remotes/localFolder/localFolder.ts'
import { createFolderStore } from '../../../electron/engine/storage/folder.ts'
import { describeOrchestrator } from './describeOrchestrator.ts'

describeOrchestrator('local folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-folder-'))
  const workspaceDir = join(folder, '.fieldmark')
  const own = join(workspaceDir, 'local')
  mkdirSync(join(own, 'objects'), { recursive: true })
  for (const name of ['1.jpg', '2.jpg', '3.jpg']) {
    writeFileSync(join(folder, name), `image ${name}`)
    utimesSync(join(folder, name), 1_000_000, 1_000_000)
  }
  const local = await LocalFolder.open({
    folder, workspaceDir,
    pictures: createFolderStore(folder),
    objects: createFolderStore(join(own, 'objects')),
    key: openDeviceKey(join(own, 'folder-key.pem')),
    isSoundEntry: (entry, publicKey) =>
      payloadHash(entry.payload) === entry.payloadHash && entryHash(entry) === entry.hash && verifies(publicKey, Buffer.from(entry.hash, 'hex'), entry.signature),
    readHeader: async () => ({ mediaType: 'image/jpeg', width: 10, height: 10 }),
    hasLocalWork: () => false,
    onChanged: () => undefined,
    onTrouble: () => undefined,
  })
  await local.scan(AbortSignal.timeout(15_000), () => undefined)
  const close = async () => {
    await local.close()
    rmSync(folder, { recursive: true })
  }
  return { orchestrator: local.orchestrator, objects: local.store, close }
})
