import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Database } from '../../../electron/engine/db/sqlite.ts'
import { aPrediction, A_SCHEMA_HASH, anAsset, aTask } from '../../builders/records.ts'
import { openEngineLab, openTask, pullAll, rows, type EngineLab } from './engineLab.ts'

const PageSchema = z.looseObject({ changes: z.array(z.looseObject({ seq: z.int() })) })
const upsert = (kind: string, record: unknown) => JSON.stringify({ kind, op: 'upsert', seq: 1_000_000, record })

/** What no workstation may take, as text, because some of it is nothing that JSON.stringify writes. */
const HOSTILE = {
  'a path for an id': upsert('task', { ...aTask(), id: '../../etc/passwd' }),
  'a NUL in an id': upsert('task', { ...aTask(), id: 'task\u0000-1' }),
  'a device name of Windows for an id': upsert('task', { ...aTask(), id: 'CON' }),
  'an id that is too long': upsert('task', { ...aTask(), id: 'a'.repeat(100_000) }),
  'a key that leaves the storage': upsert('asset', { ...anAsset(), id: 'asset-x', uri: 'object:../../secret' }),
  'an address for a key': upsert('asset', { ...anAsset(), id: 'asset-x', uri: 'http://example.com/a.jpg' }),
  'a prediction for no task': upsert('prediction', { ...aPrediction(), taskId: '..' }),
  'text that is no Unicode': upsert('prediction', { ...aPrediction({ taskId: 'task-good' }), model: 'x\ud800' }),
  'a number out of range': `{"kind":"labelSchema","op":"upsert","seq":1000000,"hash":"${A_SCHEMA_HASH}","record":{"huge":1e999}}`,
  'a field without end': upsert('task', { ...aTask({ id: 'task-deep' }), more: 'DEEP' }).replace('"DEEP"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  'more text than any record has': upsert('task', { ...aTask({ id: 'task-long' }), more: 'x'.repeat(17 * 1024 * 1024) }),
  'a kind from the future': upsert('comment', { id: 'comment-1' }),
  'no record at all': 'null',
}

/** Answers the first pull with the orchestrator's own page, and hostile changes before, between and after its changes. */
async function poison({ server, proxy }: EngineLab, hostile: readonly string[]): Promise<void> {
  const answer = await fetch(`${server.url}/v1/pull`, { headers: { authorization: `Bearer ${server.tokens.annotator}` } })
  const { changes, ...page } = PageSchema.parse(await answer.json())
  const sound = changes.map((change) => JSON.stringify(change))
  const middle = Math.floor(hostile.length / 2)
  const all = [...hostile.slice(0, middle), ...sound, ...hostile.slice(middle)]
  const body = JSON.stringify({ ...page, changes: [] }).replace('"changes":[]', `"changes":[${all.join(',')}]`)
  let poisoned = false
  proxy.decide = ({ path }) => {
    if (poisoned || !path.startsWith('/v1/pull')) return { kind: 'pass' }
    poisoned = true
    return { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body }
  }
}

describe('a page of the pull with records that are not as agreed', () => {
  it('is taken without them: they are counted, told and written into the audit log, and sync goes on', async () => {
    const lab = await openEngineLab()
    await lab.addTask('good')
    await poison(lab, Object.values(HOSTILE))
    const count = Object.keys(HOSTILE).length
    const engine = await lab.open()
    const status = await pullAll(engine)

    expect(status).toMatchObject({ phase: 'synced', lastError: { kind: 'recordRefused' } })
    expect(status.lastError?.message).toContain(`${count} records`)
    expect((await rows(engine)).map(({ id, prefetch }) => [id, prefetch])).toEqual([['task-good', 'ready']])

    await lab.addTask('later')
    expect(await pullAll(engine)).toMatchObject({ phase: 'synced', lastError: { kind: 'recordRefused' } })
    expect(await rows(engine)).toHaveLength(2)
    expect((await openTask(engine, 'later')).image).toBeDefined()
    expect(await engine.call('verify.run', { jobId: 'verify' })).toMatchObject({ ok: true })
    const { deviceId } = await engine.call('workspace.info', {})
    const refused = (await lab.server.auditEntries(deviceId)).filter(({ type }) => type === 'recordRefused').map(({ payload }) => payload.details)
    expect(refused).toHaveLength(count)
    expect(refused[0]).toMatchObject({ kind: 'task', id: '../../etc/passwd' })
    expect(JSON.stringify(refused)).toMatch(/^[\x20-\x7e]{1,20000}$/)
  })

  it('is read once more from the start by another version of the program, which may know what this one did not', async () => {
    const lab = await openEngineLab()
    await lab.addTask('good')
    await poison(lab, ['{"kind":"comment","op":"upsert","seq":1,"record":{}}'])
    const before = await lab.open()
    await pullAll(before)
    await before.stop()
    expect(cursorIn(lab)).toBeDefined()

    await (await lab.open({ appVersion: '1' })).stop()
    expect(cursorIn(lab)).toBeDefined()
    await (await lab.open({ appVersion: '2' })).stop()
    expect(cursorIn(lab)).toBeUndefined()
    const after = await lab.open({ appVersion: '2' })
    expect(await pullAll(after)).toMatchObject({ phase: 'synced', lastError: undefined })
    expect(await rows(after)).toHaveLength(1)
    await after.stop()
    await (await lab.open({ appVersion: '3' })).stop()
    expect(cursorIn(lab)).toBeDefined()
  })

  it('is refused as a whole when its frame is not as agreed', async () => {
    const lab = await openEngineLab()
    await lab.addTask('good')
    lab.proxy.decide = ({ path }) => (path.startsWith('/v1/pull') ? { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body: '{"changes":[]}' } : { kind: 'pass' })
    const engine = await lab.open()
    await engine.syncOnce()
    expect(await engine.call('sync.status', {})).toMatchObject({ phase: 'waiting', lastError: { kind: 'corrupt' } })
    await engine.stop()
    expect(cursorIn(lab)).toBeUndefined()
  })
})

/** The cursor that a closed workspace holds. */
function cursorIn({ folder }: EngineLab): string | undefined {
  const db = new Database(join(folder, 'work.db'), { readonly: true })
  try {
    return db.prepare<[], string>(`SELECT value FROM meta WHERE key = 'pull'`).pluck().get()
  } finally {
    db.close()
  }
}
