import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { EXIT } from '../../../electron/cli/exitCodes.ts'
import { MIGRATIONS } from '../../../electron/engine/db/migrations/all.ts'
import { jpegOf } from '../../builders/images.ts'
import { A_LABEL_SCHEMA } from '../../builders/records.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { createOrchestrator } from '../../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../../orchestrator/seedPeople.ts'
import { FieldmarkCli } from './fieldmarkCli.ts'

const S3_SECRET = 'a-secret-key-of-the-storage'
const bytes = Buffer.concat([await jpegOf(64, 48, 1), Buffer.from('the end of an image')])

/** A workspace with one task and its image, whose server is gone, so that the log has something to tell. */
async function aWorkspace() {
  const folder = temporaryFolder()
  const server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  const { token, url } = { token: server.tokens.annotator, url: server.url }
  try {
    await server.createProject({ id: 'streets', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: [DEMO_ANNOTATOR.id] })
    await server.addAsset({ id: 'asset-1', projectId: 'streets', name: 'street-1.jpg', bytes, width: 64, height: 48, mediaType: 'image/jpeg' })
    await server.addTask({ id: 'task-1', projectId: 'streets', assetId: 'asset-1', assignee: DEMO_ANNOTATOR.id })
    const cli = new FieldmarkCli(join(folder, 'workspace'), { FIELDMARK_TOKEN: token, AWS_ACCESS_KEY_ID: 'an-access-key', AWS_SECRET_ACCESS_KEY: S3_SECRET })
    await cli.json(EXIT.ok, 'init', '--url', url)
    await cli.json(EXIT.ok, 'pull')
    return { folder, cli, token }
  } finally {
    await server.close()
  }
}

test('doctor tells how the workspace is, and its bundle holds no secret and nothing of the images', async () => {
  const { folder, cli, token } = await aWorkspace()
  expect((await cli.run('sync')).code).toBe(EXIT.notSynced)
  const out = join(folder, 'support')
  const report = z.object({ bundle: z.string() }).loose().parse(await cli.json(EXIT.ok, 'doctor', '--bundle', out))
  expect(report).toMatchObject({
    versions: { Node: process.versions.node, SQLite: expect.any(String) as string },
    database: { schema: { version: MIGRATIONS.length, newest: MIGRATIONS.length }, integrity: { state: 'sound', findings: [] }, settings: { journal_mode: 'wal', synchronous: '2', locking_mode: 'exclusive' }, rows: { tasks: 1 } },
    workspace: { access: 'write' }, queue: { waiting: 0, dead: 0 }, errors: [{ source: 'sync' }],
  })
  const lines = (await cli.run('doctor')).stdout
  for (const text of ['Database: sound', 'Queue: ', 'Clock: ', 'Backups: none yet', 'Last errors:']) expect(lines).toContain(text)

  const files = unzipSync(await readFile(report.bundle))
  expect(Object.keys(files).sort()).toEqual(['engine.log', 'files.txt', 'report.json', 'schema.sql'])
  const deviceKey = (await readFile(join(cli.workspace, 'device-key.pem'), 'utf8')).split('\n')[1] ?? ''
  const everything = [...Object.values(files).map((file) => Buffer.from(file)), await readFile(join(cli.workspace, 'logs', 'engine.log'))]
  for (const secret of [token, S3_SECRET, 'an-access-key', deviceKey, 'the end of an image']) {
    expect(secret.length).toBeGreaterThan(8)
    for (const file of everything) expect(file.includes(secret)).toBe(false)
  }
  for (const file of everything) expect(file.includes(bytes.subarray(200, 216))).toBe(false)
  expect(strFromU8(files['report.json'] ?? new Uint8Array())).toContain('"device"')
  expect(cli.printed.join('')).not.toContain(S3_SECRET)
})

test('backups are made, listed and restored; one that is not there changes nothing', async () => {
  const { cli } = await aWorkspace()
  expect((await cli.run('backup', 'list')).stdout).toContain('No backups yet')
  const { name } = z.object({ name: z.string() }).loose().parse(await cli.json(EXIT.ok, 'backup', 'make'))
  expect(await cli.json(EXIT.ok, 'backup', 'list')).toMatchObject([{ name, sound: true }])
  expect(await cli.run('backup', 'restore', 'work-000000000000001.db')).toMatchObject({ code: EXIT.internal, stderr: expect.stringContaining('There is no backup') as string })
  expect(await cli.json(EXIT.ok, 'backup', 'restore', name)).toEqual({ restored: name, tasks: 1 })
  expect((await readdir(cli.workspace)).filter((file) => file.startsWith('work.db.replaced-'))).toHaveLength(1)
  expect(await cli.json(EXIT.ok, 'verify')).toMatchObject({ ok: true })
})

test('an image that is no image is left out as well', async () => {
  const folder = temporaryFolder()
  const pictures = join(folder, 'pictures')
  await mkdir(pictures)
  await writeFile(join(pictures, 'classes.txt'), 'cat\n')
  await writeFile(join(pictures, 'one.jpg'), 'a picture that is only words')
  const cli = new FieldmarkCli(join(folder, 'workspace'))
  onTestFinished(() => { expect(cli.printed.join('')).not.toContain('only words') })
  await cli.run('init', '--folder', pictures)
  await cli.run('pull')
  const { bundle } = z.object({ bundle: z.string() }).loose().parse(await cli.json(EXIT.ok, 'doctor', '--bundle', folder))
  expect(Object.values(unzipSync(await readFile(bundle))).some((file) => Buffer.from(file).includes('only words'))).toBe(false)
})
