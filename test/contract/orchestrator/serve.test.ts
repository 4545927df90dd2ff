import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Change } from '../../../shared/api/records.ts'
import { objectKeyOf } from '../../../shared/domain/asset.ts'
import type { Asset, ObjectKey } from '../../../shared/domain/asset.ts'
import { LabelSchemaSchema } from '../../../shared/domain/labelSchema.ts'
import { createClient } from './client.ts'
import type { Client } from './client.ts'
import { pullAll, sha256Of } from './lab.ts'

const ReadySchema = z.object({ ready: z.literal(true), url: z.url(), token: z.string(), reviewerToken: z.string(), serverKeyId: z.string() })
const script = resolve(import.meta.dirname, '../../orchestrator/serve.ts')
/** Preparing the photographs takes 10 s on an idle machine, once. */
const FIRST_START = 120_000

async function serve(...args: string[]) {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [script, '--port', '0', ...args])
  child.stderr.resume()
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const exit = async () => (await once(child, 'exit')) as [code: number | null]
  return { child, exit, ready: ReadySchema.parse(JSON.parse(line)) }
}

const recordsOf = <Kind extends Change['kind']>(changes: Change[], kind: Kind) => changes.filter((change) => change.kind === kind) as Extract<Change, { kind: Kind }>[]

describe('the orchestrator as a program', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-serve-'))
  })
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  test('says where it is in one line, ends cleanly on SIGTERM, and is the same after a restart', async () => {
    const data = join(dataDir, 'empty')
    const first = await serve('--data', data, '--seed', 'empty')
    expect(await createClient(first.ready.url, first.ready.token).ok('me')).toMatchObject({ roles: ['annotator'] })
    expect(await createClient(first.ready.url, first.ready.reviewerToken).ok('me')).toMatchObject({ roles: ['reviewer'] })
    const ended = first.exit()
    first.child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)

    const { ready: { url: _url, ...second }, child, exit } = await serve('--data', data, '--seed', 'empty', '--exit-with-stdin')
    const { url: _firstUrl, ...before } = first.ready
    expect(second).toEqual(before)
    const gone = exit()
    child.stdin.end()
    expect((await gone)[0]).toBe(0)
  })

  test('refuses options that make no sense', async () => {
    const child = spawn(process.execPath, [script, '--port', '99999999'], { stdio: 'ignore' })
    expect(((await once(child, 'exit')) as [number])[0]).not.toBe(0)
  })

  describe('with the demo', () => {
    let running: Awaited<ReturnType<typeof serve>>
    let annotator: Client
    let changes: Change[]

    beforeAll(async () => {
      running = await serve('--data', join(dataDir, 'demo'), '--seed', 'demo')
      annotator = createClient(running.ready.url, running.ready.token)
      changes = (await pullAll({ client: annotator })).changes
    }, FIRST_START)
    afterAll(() => running.child.kill('SIGKILL'))

    const download = async (asset: Asset, key: ObjectKey) => {
      const { grants } = await annotator.ok('grantDownload', { body: { assetId: asset.id, keys: [key] } })
      const response = await fetch(grants[0]?.url ?? '', { signal: AbortSignal.timeout(10_000) })
      return Buffer.from(await response.arrayBuffer())
    }
    const assets = () => recordsOf(changes, 'asset').map(({ record }) => record)

    test('assigns at least 24 tasks to the annotator, with tags, priorities and schemas that can be read', () => {
      const tasks = recordsOf(changes, 'task').map(({ record }) => record)
      expect(tasks.length).toBeGreaterThanOrEqual(24)
      expect(new Set(tasks.map(({ state }) => state))).toEqual(new Set(['assigned']))
      expect(new Set(tasks.map(({ priority }) => priority)).size).toBeGreaterThan(1)
      expect(tasks.some(({ tags }) => tags['model_error'] !== undefined)).toBe(true)
      const schemas = new Set(recordsOf(changes, 'labelSchema').filter(({ record }) => LabelSchemaSchema.safeParse(record).success).map(({ hash }) => hash))
      expect(tasks.every(({ schemaHash }) => schemas.has(schemaHash))).toBe(true)
    })

    test('brings predictions whose classes the task\'s schema has', () => {
      const predictions = recordsOf(changes, 'prediction')
      expect(predictions.length).toBeGreaterThanOrEqual(20)
      const taskOf = new Map(recordsOf(changes, 'task').map(({ record }) => [record.id, record]))
      const schemaOf = new Map(recordsOf(changes, 'labelSchema').map(({ hash, record }) => [hash, LabelSchemaSchema.parse(record)]))
      for (const { record } of predictions) {
        const task = taskOf.get(record.taskId)
        const classes = schemaOf.get(task?.schemaHash as never)?.classes.map(({ id }) => id)
        for (const shape of record.shapes) expect(classes).toContain(shape.classId)
      }
    })

    test('every image downloads with the hash that its record tells', async () => {
      const whole = assets().filter(({ tileSource }) => tileSource.kind === 'whole')
      expect(whole.length).toBeGreaterThanOrEqual(24)
      for (const asset of whole) expect(sha256Of(await download(asset, objectKeyOf(asset.uri)))).toBe(asset.sha256)
    })

    test('the large image is served as tiles that its manifest names', async () => {
      const large = assets().find(({ tileSource }) => tileSource.kind === 'dzi')
      if (large?.tileSource.kind !== 'dzi') throw new Error('no image is served as tiles')
      const manifest = await download(large, large.tileSource.manifestKey)
      expect(sha256Of(manifest)).toBe(large.tileSource.manifestSha256)
      const { tiles } = z.object({ tiles: z.record(z.string(), z.string()) }).parse(JSON.parse(manifest.toString()))
      const { filesKey, format, maxLevel } = large.tileSource
      for (const name of ['0/0_0', `${maxLevel}/0_0`]) {
        const tile = await download(large, `${filesKey}/${name}.${format}` as ObjectKey)
        expect(sha256Of(tile)).toBe(tiles[name])
      }
    })

    test('another start on the same folder changes nothing', async () => {
      const ended = running.exit()
      running.child.kill('SIGINT')
      expect((await ended)[0]).toBe(0)
      running = await serve('--data', join(dataDir, 'demo'), '--seed', 'demo')
      const again = createClient(running.ready.url, running.ready.token)
      expect((await pullAll({ client: again })).changes).toEqual(changes)
    })
  })
})
