import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../electron/engine/engine.ts'
import { Database } from '../../../electron/engine/db/sqlite.ts'
import { auditEpochs, auditRun, toAuditEntry } from '../../../electron/engine/db/repositories/auditLog.ts'
import { TaskIdSchema, type SubmissionId } from '../../../shared/domain/ids.ts'
import { draw, listen, openEngineLab, pullAll, type EngineLab } from './engineLab.ts'

const synced = { phase: 'synced', outbox: { waiting: 0, dead: 0 }, auditBacklog: 0 }

/** Draws, submits, and answers under which id the person was told it is saved. */
async function label(engine: Engine, name: string, shapeId: string): Promise<SubmissionId> {
  await draw(engine, name, shapeId)
  const result = await engine.call('tasks.submit', { taskId: TaskIdSchema.parse(`task-${name}`), timeOnTaskMs: 1000 })
  if (result.kind !== 'submitted') throw new Error(JSON.stringify(result.violations))
  return result.submissionId
}

async function faults(engine: Engine): Promise<string[]> {
  return (await engine.call('verify.run', { jobId: 'verify' })).audit.faults.map(({ kind, epoch }) => `${kind} in ${epoch}`)
}

async function deviceOf(engine: Engine) {
  return (await engine.call('workspace.info', {})).deviceId
}

/** A workspace with one submission acknowledged and one waiting, closed and copied; `restore` puts the copy back. */
async function aSnapshot(): Promise<{ lab: EngineLab; saved: SubmissionId[]; restore: () => void }> {
  const lab = await openEngineLab()
  for (const name of ['a', 'b', 'c', 'd', 'e']) await lab.addTask(name)
  const engine = await lab.open()
  await pullAll(engine)
  const saved = [await label(engine, 'a', 'first')]
  await engine.syncOnce()
  saved.push(await label(engine, 'b', 'second'))
  await engine.stop()
  const files = ['work.db', 'high-water.json'].map((name) => [join(lab.folder, name), join(lab.folder, `snapshot-${name}`)] as const)
  for (const [file, copy] of files) copyFileSync(file, copy)
  return { lab, saved, restore: () => { for (const [file, copy] of files) copyFileSync(copy, file) } }
}

/** Works on some tasks and syncs once; the engine is closed afterwards. */
async function workAndSync(lab: EngineLab, names: readonly string[], shapeId: string): Promise<SubmissionId[]> {
  const engine = await lab.open()
  const saved: SubmissionId[] = []
  for (const name of names) saved.push(await label(engine, name, shapeId))
  await engine.syncOnce()
  expect(await engine.call('sync.status', {})).toMatchObject(synced)
  await engine.stop()
  return saved
}

describe('a workspace that was restored from a snapshot of the computer', () => {
  it('goes on as another device: the fork is recorded and told, and everything arrives once', async () => {
    const { lab, saved, restore } = await aSnapshot()
    saved.push(...await workAndSync(lab, ['c'], 'third'))
    restore()

    const engine = await lab.open()
    const before = await deviceOf(engine)
    const told = listen(engine)
    // The number that task c was sent under is used again here.
    saved.push(await label(engine, 'd', 'fourth'), await label(engine, 'c', 'fifth'))
    await engine.syncOnce()

    expect(await engine.call('sync.status', {})).toMatchObject(synced)
    const held = await lab.server.listSubmissions()
    expect(held.map(({ submissionId }) => submissionId).sort()).toEqual([...saved].sort())
    expect(await lab.server.listAuditForks()).toMatchObject([{ device: before, epoch: 1 }])
    expect(told('engine.notice')).toMatchObject([{ code: 'auditForked' }])
    expect(await faults(engine)).toEqual(['forked in 1'])
    const after = await deviceOf(engine)
    expect(after).not.toBe(before)
    const [first] = await lab.server.auditEntries(after, 2)
    expect(first).toMatchObject({ seq: 1, type: 'deviceRegistered', payload: { details: { reason: 'auditForked', previousDevice: before, previousEpoch: 1 } } })

    saved.push(await label(engine, 'e', 'sixth'))
    await engine.syncOnce()
    await engine.stop()
    await workAndSync(lab, [], '')
    expect((await lab.server.listSubmissions()).length).toBe(saved.length)
    expect(await lab.server.listAuditForks()).toHaveLength(1)
    expect(await lab.server.auditEntries(after, 2)).toEqual(localEntries(lab, 2))
  })

  it('may be restored again and again', async () => {
    const { lab, saved, restore } = await aSnapshot()
    saved.push(...await workAndSync(lab, ['c'], 'third'))
    for (const shapeId of ['fourth', 'fifth']) {
      restore()
      saved.push(...await workAndSync(lab, ['d', 'e'], shapeId))
    }
    const held = await lab.server.listSubmissions()
    expect(held.map(({ submissionId }) => submissionId).sort()).toEqual([...saved].sort())
    expect(await lab.server.listAuditForks()).toHaveLength(2)
  })

  it('notices it by a receipt for more entries than are here, before it has written any itself', async () => {
    const { lab, restore } = await aSnapshot()
    await workAndSync(lab, ['c'], 'third')
    restore()
    const engine = await lab.open()
    await engine.syncOnce()
    expect(await engine.call('sync.status', {})).toMatchObject(synced)
    expect(await faults(engine)).toEqual(['cutTail in 1', 'forked in 1'])
    expect(await lab.server.listAuditForks()).toEqual([])
  })

  it('brings back work that was refused for its number before the fork was found out', async () => {
    const { lab, saved, restore } = await aSnapshot()
    saved.push(...await workAndSync(lab, ['c'], 'third'))
    restore()
    const engine = await lab.open()
    saved.push(await label(engine, 'd', 'fourth'))
    let isFailing = true
    lab.proxy.decide = ({ path }) => (isFailing && path.startsWith('/v1/audit') ? { kind: 'dropBefore' } : { kind: 'pass' })
    await engine.syncOnce()
    isFailing = false
    await engine.syncOnce()
    await engine.syncOnce()
    expect(await engine.call('sync.status', {})).toMatchObject(synced)
    expect((await lab.server.listSubmissions()).map(({ submissionId }) => submissionId).sort()).toEqual([...saved].sort())
  })
})

describe('an orchestrator that was restored from a backup', () => {
  it.each([['some', 3], ['all', 0]])('gets %s audit entries again that it lost; its old receipts stay as evidence', async (_, kept) => {
    const { lab } = await aSnapshot()
    await workAndSync(lab, ['c'], 'third')
    const before = localEntries(lab, 1).length
    await lab.server.rollBack(0, kept)

    const engine = await lab.open()
    const device = await deviceOf(engine)
    expect(await lab.server.auditHead(device)).toEqual(kept === 0 ? undefined : expect.objectContaining({ size: kept }) as unknown)
    await engine.syncOnce()
    await engine.syncOnce()
    expect(await engine.call('sync.status', {})).toMatchObject(synced)
    expect(await lab.server.listSubmissions()).toHaveLength(3)
    expect(await engine.call('verify.run', { jobId: 'verify' })).toMatchObject({ ok: true })
    await engine.stop()
    expect(localEntries(lab, 1).length).toBeGreaterThan(before)
    expect(await lab.server.auditEntries(device, 1)).toEqual(localEntries(lab, 1))
  })

  it('gets them also when there is nothing else to send', async () => {
    const { lab } = await aSnapshot()
    await workAndSync(lab, ['c'], 'third')
    const { length } = await lab.server.listSubmissions()
    await lab.server.rollBack(length, 3)
    const engine = await lab.open()
    // The first round finds the new history, the next one offers the submissions again.
    await engine.syncOnce()
    await engine.syncOnce()
    expect(await engine.call('sync.status', {})).toMatchObject(synced)
    await engine.stop()
    const [first] = localEntries(lab, 1)
    if (first === undefined) throw new Error('no entries')
    expect(await lab.server.auditEntries(first.device, 1)).toEqual(localEntries(lab, 1))
  })
})

/** The entries of an epoch in a closed workspace. */
function localEntries({ folder }: EngineLab, epoch: number) {
  const db = new Database(join(folder, 'work.db'), { readonly: true })
  try {
    expect(auditEpochs(db).map((each) => each.epoch)).toContain(epoch)
    return auditRun(db, epoch, 0, 100_000).map(toAuditEntry)
  } finally {
    db.close()
  }
}
