import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Database } from '../../../electron/engine/db/sqlite.ts'
import { EXIT } from '../../../electron/cli/exitCodes.ts'
import { jpegOf } from '../../builders/images.ts'
import { A_LABEL_SCHEMA } from '../../builders/records.ts'
import { createOrchestrator, type Orchestrator } from '../../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../../orchestrator/seedPeople.ts'
import { FieldmarkCli } from './fieldmarkCli.ts'

// One person's work from the first command to the last: each test goes on where the one before ended.
let folder: string
let server: Orchestrator
let cli: FieldmarkCli

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-cli-'))
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  await server.createProject({ id: 'streets', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: [DEMO_ANNOTATOR.id] })
  for (const number of [1, 2, 3]) {
    const bytes = await jpegOf(320, 240, number)
    await server.addAsset({ id: `asset-${number}`, projectId: 'streets', name: `street-${number}.jpg`, bytes, width: 320, height: 240, mediaType: 'image/jpeg' })
    await server.addTask({ id: `task-${number}`, projectId: 'streets', assetId: `asset-${number}`, assignee: DEMO_ANNOTATOR.id })
  }
  cli = new FieldmarkCli(join(folder, 'workspace'), { FIELDMARK_TOKEN: server.tokens.annotator })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

async function shapesFile(content: unknown): Promise<string> {
  const file = join(folder, 'shapes.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
/** A port on loopback that was free a moment ago. */
async function addressOfNobody(): Promise<string> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  listener.close()
  await once(listener, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port')
  return `http://127.0.0.1:${address.port}`
}
const person = { classId: 'person', geometry: { kind: 'rectangle', x: 10, y: 20, width: 30, height: 40 } }

test('a command on a folder that is no workspace says how to make one', async () => {
  expect(await cli.run('status')).toMatchObject({ code: EXIT.usage, stderr: expect.stringContaining('init') as string })
})

test('init refuses what is neither an orchestrator nor a folder, and makes nothing', async () => {
  const refused = [
    [],
    ['--url', 'http://127.0.0.1:1', '--folder', '.'],
    ['--url', 'ftp://example.com'],
    ['--url', 'http://ada:hidden@127.0.0.1:1'],
    ['--folder', '/nowhere/at/all'],
  ]
  const results = await Promise.all(refused.map((args) => cli.run('init', ...args)))
  expect(results.map(({ code }) => code)).toEqual(refused.map(() => EXIT.usage))
  expect(cli.printed.join('')).not.toContain('hidden')
  expect(existsSync(cli.workspace)).toBe(false)
})

test('init makes the workspace of an orchestrator that is out of reach, and says that nothing is synced yet', async () => {
  const away = new FieldmarkCli(join(folder, 'away'), { FIELDMARK_TOKEN: server.tokens.annotator })
  const url = await addressOfNobody()
  expect(await away.json(EXIT.notSynced, 'init', '--url', url)).toMatchObject({ kind: 'orchestrator', phase: 'offline' })
  expect(JSON.parse(await readFile(join(away.workspace, 'workspace.json'), 'utf8'))).toEqual({ kind: 'orchestrator', url })
  expect(await away.json(EXIT.notSynced, 'pull')).toMatchObject({ sync: { phase: 'offline', lastError: { kind: 'offline' } } })
  expect((await away.run('init', '--url', server.url)).code).toBe(EXIT.usage)
})

test('a wrong token is told, and a missing one', async () => {
  const wrong = new FieldmarkCli(join(folder, 'wrong'), { FIELDMARK_TOKEN: `${server.tokens.annotator}x` })
  expect(await wrong.json(EXIT.unauthorized, 'init', '--url', server.url)).toMatchObject({ phase: 'unauthorized' })
  expect((await wrong.run('sync')).code).toBe(EXIT.unauthorized)
  const none = new FieldmarkCli(wrong.workspace)
  expect(await none.run('sync')).toMatchObject({ code: EXIT.unauthorized, stderr: expect.stringContaining('FIELDMARK_TOKEN') as string })
  expect([...wrong.printed, ...none.printed].join('')).not.toContain(server.tokens.annotator)
})

test('init and pull bring tasks and images; status, list and show tell of them, also without the token', async () => {
  expect(await cli.json(EXIT.ok, 'init', '--url', server.url)).toMatchObject({ kind: 'orchestrator', source: server.url, user: { name: DEMO_ANNOTATOR.name }, phase: 'synced' })
  expect(await cli.json(EXIT.ok, 'pull')).toMatchObject({ sync: { phase: 'synced', outbox: { waiting: 0, dead: 0 } }, tasks: { total: 3, prefetched: 3 } })
  const here = new FieldmarkCli(cli.workspace)
  expect(await here.json(EXIT.ok, 'status')).toMatchObject({ tasks: { total: 3, standings: { new: 3 } } })
  expect(await here.json(EXIT.ok, 'list')).toMatchObject({ total: 3, rows: [{ id: 'task-1', name: 'street-1.jpg', prefetch: 'ready' }, { id: 'task-2' }, { id: 'task-3' }] })
  expect(await here.json(EXIT.ok, 'show', 'task-1')).toMatchObject({ task: { id: 'task-1' }, records: [], prefetch: 'ready', image: { kind: 'whole', width: 320, height: 240 } })
})

test('people read lines instead of JSON', async () => {
  expect((await cli.run('list')).stdout).toMatch(/^task-1 {2}new {2}ready {2}0 shapes {2}street-1\.jpg\n/)
  expect((await cli.run('show', 'task-1')).stdout).toContain('task-1: street-1.jpg, 320 x 240 px, new')
  expect((await cli.run('status')).stdout).toContain('Tasks: 3, of which 3 can be opened offline')
})

test.each([['show'], ['submit'], ['annotate', '--file', 'shapes.json']])('%s says that a task is unknown or no task at all', async (command, ...args) => {
  expect((await cli.run(command, 'task-9', ...args)).code).toBe(EXIT.notFound)
  expect((await cli.run(command, '../task', ...args)).code).toBe(EXIT.usage)
})

test.each([
  ['no JSON', '{"classId":'],
  ['no list', { shapes: [] }],
  ['no shapes', []],
  ['a shape that is none', [{ classId: 'person', geometry: { kind: 'rectangle', x: 1, y: 1, width: 'wide', height: 2 } }]],
  ['a class that is no id', [{ ...person, classId: '../person' }]],
])('annotate refuses a file with %s', async (_name, content) => {
  expect(await cli.run('annotate', 'task-1', '--file', await shapesFile(content))).toMatchObject({ code: EXIT.invalidLabels, stderr: expect.stringContaining('shapes.json') as string })
})

test('annotate refuses a file that is not there, and a refused file changed nothing', async () => {
  expect((await cli.run('annotate', 'task-1', '--file', join(folder, 'nothing.json'))).code).toBe(EXIT.invalidLabels)
  expect(await cli.json(EXIT.ok, 'show', 'task-1')).toMatchObject({ records: [], journalSeq: 0 })
})

test('work that breaks its label schema stays a draft, and is told why', async () => {
  expect((await cli.run('annotate', 'task-2', '--file', await shapesFile([{ ...person, classId: 'car' }]))).code).toBe(EXIT.ok)
  expect(await cli.json(EXIT.invalidLabels, 'submit', 'task-2')).toMatchObject({ kind: 'invalid', violations: [{ subject: expect.any(String) as string }] })
  expect(await cli.json(EXIT.ok, 'show', 'task-2')).toMatchObject({ standing: 'inProgress' })
})

test('annotated work is submitted here, sent by sync and counted once by the orchestrator', async () => {
  expect(await cli.json(EXIT.ok, 'annotate', 'task-1', '--file', await shapesFile([person, person]))).toMatchObject({ taskId: 'task-1', added: 2, journalSeq: 1 })
  expect(await cli.json(EXIT.ok, 'submit', 'task-1')).toMatchObject({ kind: 'submitted' })
  expect(await cli.json(EXIT.ok, 'status')).toMatchObject({ sync: { outbox: { waiting: 1, dead: 0 } } })
  expect(await server.listSubmissions()).toHaveLength(0)
  for (let again = 0; again < 2; again++) {
    expect(await cli.json(EXIT.ok, 'sync')).toMatchObject({ sync: { phase: 'synced', outbox: { waiting: 0, dead: 0 }, auditBacklog: 0 } })
    expect(await server.listSubmissions()).toMatchObject([{ taskId: 'task-1', author: DEMO_ANNOTATOR.id, late: false }])
  }
})

test('submitted work is exported to COCO and YOLO', async () => {
  const out = join(folder, 'export')
  expect(await cli.json(EXIT.ok, 'export', '--format', 'coco', '--out', out)).toMatchObject({ directory: out, images: 1, shapes: 2 })
  expect(await cli.json(EXIT.ok, 'export', '--format', 'yolo', '--out', out)).toMatchObject({ images: 1, shapes: 2 })
  expect(JSON.parse(await readFile(join(out, 'annotations.json'), 'utf8'))).toMatchObject({ images: [{ file_name: 'street-1.jpg' }], annotations: [{ bbox: [10, 20, 30, 40] }, {}] })
  expect((await readFile(join(out, 'labels/street-1.txt'), 'utf8')).split('\n')).toHaveLength(3)
  expect((await cli.run('export', '--format', 'voc', '--out', out)).code).toBe(EXIT.usage)
})

test('with the server gone work goes on, and sync says that it could not be reached', async () => {
  const { port } = new URL(server.url)
  await server.close()
  expect((await cli.run('annotate', 'task-3', '--file', await shapesFile([person]))).code).toBe(EXIT.ok)
  expect((await cli.run('submit', 'task-3')).code).toBe(EXIT.ok)
  expect(await cli.json(EXIT.notSynced, 'sync')).toMatchObject({ sync: { phase: 'offline', outbox: { waiting: 1, dead: 0 } } })
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator'), port: Number(port) })
  expect((await cli.run('sync')).code).toBe(EXIT.ok)
  expect(await server.listSubmissions()).toHaveLength(2)
})

test('audit export writes a log that a stranger can verify', async () => {
  const out = join(folder, 'audit')
  const { file, entries } = z.object({ file: z.string(), entries: z.int() }).parse(await cli.json(EXIT.ok, 'audit', 'export', '--out', out))
  const script = resolve(import.meta.dirname, '../../independent/verifyAudit.mjs')
  expect(execFileSync(process.execPath, [script, file], { encoding: 'utf8' })).toContain(`${entries} entries in 1 epochs`)
})

test('verify finds everything sound, and an audit entry that was altered', async () => {
  expect(await cli.json(EXIT.ok, 'verify')).toMatchObject({ ok: true, audit: { faults: [] }, revisions: { checked: 2 }, objects: { checked: 3, damaged: [] } })
  const db = new Database(join(cli.workspace, 'work.db'))
  db.prepare(`UPDATE audit SET payload = json_set(payload, '$.details.projectId', 'other') WHERE type = 'taskAssigned' AND seq = 2`).run()
  db.close()
  const report = await cli.json(EXIT.verificationFailed, 'verify')
  expect(report).toMatchObject({ ok: false, audit: { faults: [{ kind: 'payloadMismatch', seq: 2 }] } })
  expect((await cli.run('verify')).stderr).toContain('Verification found faults')
})

test('no command ever printed the token', () => {
  expect(cli.printed.length).toBeGreaterThan(60)
  expect(cli.printed.join('')).not.toContain(server.tokens.annotator)
})

test('usage errors and help have exit codes of their own', async () => {
  expect((await cli.run('paint')).code).toBe(EXIT.usage)
  expect((await cli.run('annotate', 'task-1')).code).toBe(EXIT.usage)
  expect(await cli.run('help')).toMatchObject({ code: EXIT.ok, stdout: expect.stringContaining('verify') as string })
})
