import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Database } from '../../../electron/engine/db/sqlite.ts'
import type { Engine } from '../../../electron/engine/engine.ts'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import { draw, openEngineLab, pullAll, type EngineLab } from './engineLab.ts'

const taskId = TaskIdSchema.parse('task-a')

/** Somebody submitted a task, and the server has their audit log. */
async function submitted() {
  const lab = await openEngineLab()
  await lab.addTask('a')
  const annotator = await lab.open()
  await pullAll(annotator)
  await draw(annotator, 'a', 'first')
  await annotator.call('tasks.submit', { taskId, timeOnTaskMs: 1000 })
  await annotator.syncOnce()
  const [own] = (await annotator.call('audit.facets', {})).devices
  return { lab, annotator, device: own?.device ?? '' }
}

const openReviewer = (lab: EngineLab) => lab.openFor({ id: 'rita', roles: ['reviewer'] })
const events = async (engine: Engine, filter = {}) => (await engine.call('audit.events', { filter, limit: 100 })).events
const verify = (engine: Engine) => engine.call('audit.verify', { jobId: 'verify' })

/** Changes an entry of a device's log behind the server's back. */
function tamper({ folder }: EngineLab, device: string, seq: number, change: (entry: Record<string, unknown>) => object): void {
  const db = new Database(join(folder, '..', 'orchestrator', 'orchestrator.db'))
  const row = db.prepare<unknown[], { entry: string }>('SELECT entry FROM audit_entries WHERE device = ? AND seq = ?').get(device, seq)
  if (row === undefined) throw new Error(`The server has no entry ${seq} of ${device}`)
  const entry = change(JSON.parse(row.entry) as Record<string, unknown>)
  db.prepare('UPDATE audit_entries SET entry = ? WHERE device = ? AND seq = ?').run(JSON.stringify(entry), device, seq)
  db.close()
}

it("tells a reviewer the whole story of a task, of which every part can be proved offline", async () => {
  const { lab, device } = await submitted()
  const reviewer = await openReviewer(lab)
  await pullAll(reviewer)
  for (const { revisionId } of (await reviewer.call('reviews.queue', { query: {} })).rows) await reviewer.call('reviews.decide', { taskId, revisionId, decision: 'accepted' })
  const story = await events(reviewer, { taskId })
  expect(story.filter(({ actor }) => actor !== undefined).map(({ actor, type, taskName }) => [actor, type, taskName])).toEqual([['rita', 'reviewed', 'a.jpg'], ['demo-annotator', 'submitted', 'a.jpg']])
  expect((await reviewer.call('audit.facets', {})).devices).toContainEqual({ device, isThis: false, owner: 'demo-annotator', name: 'lab' })

  const submission = story.find(({ type }) => type === 'submitted')
  if (submission === undefined) throw new Error('Nobody submitted')
  const { epoch, seq } = submission
  expect(submission).toMatchObject({ device, acknowledged: true })
  expect(await reviewer.call('audit.proof', { device, epoch, seq })).toMatchObject({ checks: { payload: true, hash: true, link: true, signature: true }, receipt: { signed: true, reached: true } })
  const findings = await verify(reviewer)
  expect(findings).toMatchObject({ epochs: 2, faults: [], faultCount: 0 })
  expect(findings.entries).toBe((await reviewer.call('audit.facets', {})).total)
})

it('brings what is new and nothing twice', async () => {
  const { lab, annotator, device } = await submitted()
  const reviewer = await openReviewer(lab)
  await pullAll(reviewer)
  const before = await events(reviewer, { devices: [device] })
  await lab.server.rollBack(1000)
  await draw(annotator, 'a', 'second')
  await annotator.call('tasks.submit', { taskId, timeOnTaskMs: 1000 })
  await annotator.syncOnce()
  await annotator.syncOnce()
  await reviewer.syncOnce()
  const after = await events(reviewer, { devices: [device] })
  expect(after.length).toBeGreaterThan(before.length)
  expect(new Set(after.map(({ seq }) => seq)).size).toBe(after.length)
  expect(await verify(reviewer)).toMatchObject({ faultCount: 0 })
})

it.each([
  ['whose payload was changed', 'payloadMismatch', (entry: Record<string, unknown>) => ({ ...entry, payload: { details: { note: 'changed' } } })],
  ['whose time was changed', 'hashMismatch', (entry: Record<string, unknown>) => ({ ...entry, wall: '2020-01-01T00:00:00.000Z' })],
  ['whose signature was changed', 'badSignature', (entry: Record<string, unknown>) => ({ ...entry, signature: Buffer.alloc(64).toString('base64') })],
])('keeps an entry %s on the server as it came, marks it, tells of it, and shows where the log breaks', async (_name, kind, change) => {
  const { lab, device } = await submitted()
  tamper(lab, device, 2, change)
  const reviewer = await openReviewer(lab)
  await pullAll(reviewer)
  const ofDevice = await events(reviewer, { devices: [device] })
  expect(ofDevice.filter(({ fault }) => fault !== undefined)).toMatchObject([{ seq: 2, fault: kind }])
  expect(ofDevice.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(ofDevice.map((_, place) => place + 1))
  expect(await reviewer.call('notices.list', {})).toMatchObject([{ code: 'auditFault', details: { device, owner: 'demo-annotator', entry: '1/2' } }])
  expect(await events(reviewer, { types: ['auditFaultFound'] })).toHaveLength(1)
  expect(await verify(reviewer)).toMatchObject({ faultCount: 1, faults: [{ device, epoch: 1, seq: 2, kind }] })
  expect(await reviewer.call('sync.status', {})).toMatchObject({ lastError: undefined })
})

it('keeps another entry under a number that is here beside the first one, which stays what it is', async () => {
  const { lab, device } = await submitted()
  const reviewer = await openReviewer(lab)
  await pullAll(reviewer)
  const [sound] = await events(reviewer, { devices: [device] })
  tamper(lab, device, sound?.seq ?? 0, (entry) => ({ ...entry, hash: 'f'.repeat(64) }))
  await lab.server.rollBack(1000)
  await reviewer.syncOnce()
  const both = (await events(reviewer, { devices: [device] })).filter(({ seq }) => seq === sound?.seq)
  expect(both.map(({ hash, fault }) => [hash, fault])).toEqual(expect.arrayContaining([[sound?.hash, undefined], ['f'.repeat(64), 'hashMismatch']]))
  const { faults } = await verify(reviewer)
  expect(faults).toContainEqual(expect.objectContaining({ device, seq: sound?.seq, kind: 'recomputed' }))
  expect(new Set(faults.map(({ seq }) => seq))).toEqual(new Set([sound?.seq]))
})

it('gives an annotator no audit log but their own', async () => {
  const { lab } = await submitted()
  const other = await lab.openFor({ id: 'ben', roles: ['annotator'] })
  await pullAll(other)
  expect((await other.call('audit.facets', {})).devices.map(({ isThis }) => isThis)).toEqual([true])
})

it('takes the logs of others away from who may not review any more', async () => {
  const { lab, device } = await submitted()
  const reviewer = await openReviewer(lab)
  await pullAll(reviewer)
  await lab.server.createUser({ id: 'rita', name: 'rita', roles: ['annotator'] })
  await reviewer.stop()
  const again = await lab.openFor({ id: 'rita', roles: ['annotator'] })
  await again.syncOnce()
  expect(await events(again, { devices: [device] })).toEqual([])
})
