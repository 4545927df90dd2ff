import { request as httpRequest } from 'node:http'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, test, vi } from 'vitest'
import { gzipSync } from 'node:zlib'
import { SUBMISSION_MEDIA_TYPE, submissionObjectKey } from '../../../../shared/api/messages.ts'
import { commitOf } from '../../../builders/revision.ts'
import { problemOf } from '../client.ts'
import { aTaskFor, pullAll, register, sha256Of, submitWork, workOn } from '../lab.ts'
import type { OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

export function faultsSuite(open: OpenLab): void {
  const lab = useLab(open)
  const plain = async (path: string, init: RequestInit = {}) => {
    const { url } = lab().orchestrator
    const { token } = lab().ada
    const response = await fetch(url + path, { signal: AbortSignal.timeout(10_000), ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const json = { 'content-type': 'application/json' }

  test.each([
    ['an unknown address', '/v1/nothing', {}, 404],
    ['another method', '/v1/me', { method: 'DELETE' }, 404],
    ['a body that is not JSON', '/v1/submissions', { method: 'POST', headers: json, body: '{' }, 400],
    ['a body of another type', '/v1/submissions', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }, 415],
    ['no body', '/v1/submissions', { method: 'POST' }, 422],
    ['a body beyond the limit', '/v1/submissions', { method: 'POST', headers: json, body: JSON.stringify('x'.repeat(9 * 1024 * 1024)) }, 413],
    ['a hostile id', `/v1/submissions/${encodeURIComponent('../../etc')}`, {}, 422],
    ['a broken escape', '/v1/%zz', {}, 400],
    ['an object address without a grant', '/objects/assets/x', {}, 403],
  ])('%s is answered with a problem document', async (_name, path, init, status) => {
    expect(problemOf(await plain(path, init)).status).toBe(status)
  })

  test('a compressed body is read, and its limit counts what comes out', async () => {
    const compressed = (text: string) => plain('/v1/devices', { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: new Uint8Array(gzipSync(text)) })
    expect((await compressed('{}')).status).toBe(422)
    expect((await compressed(JSON.stringify('x'.repeat(9 * 1024 * 1024)))).status).toBe(413)
    const broken = await plain('/v1/devices', { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: 'no gzip' })
    expect(problemOf(broken).status).toBe(400)
  })

  test('a long answer is compressed for those who take that', async () => {
    const { ada } = lab()
    await Promise.all(Array.from({ length: 3 }, () => aTaskFor(lab(), ada)))
    const encodingOf = async (accepted: string) => (await plain('/v1/pull', { headers: { 'accept-encoding': accepted } })).headers.get('content-encoding')
    expect(await encodingOf('gzip')).toBe('gzip')
    expect(await encodingOf('identity')).toBeNull()
  })

  test('a validation problem names the fields', async () => {
    const problem = await lab().ada.client.problem('submit', { body: { submissionId: 'x' } })
    expect(problem).toMatchObject({ code: 'invalid', issues: expect.arrayContaining([expect.objectContaining({ path: 'deviceId' })]) as unknown })
  })

  test('answers carry the server\'s time, which people\'s clocks are corrected by', async () => {
    const { clock, ada } = lab()
    clock.ahead = 3_600_000
    const { headers } = await ada.client.send('me')
    clock.ahead = 0
    expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now() - 3_600_000)).toBeLessThan(5_000)
  })

  test('an upload that is cut off leaves nothing, and works when it is sent again', async () => {
    const { ada, orchestrator } = lab()
    const bytes = Buffer.alloc(200_000, 7)
    const sha256 = sha256Of(bytes)
    const grant = await ada.client.ok('grantUpload', { body: { key: submissionObjectKey(sha256), sha256, size: bytes.length, mediaType: SUBMISSION_MEDIA_TYPE } })
    await new Promise<void>((resolve) => {
      const request = httpRequest(grant.url, { method: 'PUT', headers: { ...grant.headers, 'content-length': bytes.length } })
      request.on('error', () => resolve())
      request.write(bytes.subarray(0, 100_000), () => setTimeout(() => request.destroy(new Error('cut')), 50))
    })
    expect(await orchestrator.readObject(grant.key)).toBeUndefined()
    const again = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body: new Uint8Array(bytes) })
    expect(again.status).toBe(200)
  })

  test('whoever pulls while tasks are being assigned at once misses none of them', async () => {
    const { ada, orchestrator } = lab()
    const start = await pullAll(ada)
    const works = await Promise.all(Array.from({ length: 24 }, () => aTaskFor(lab(), lab().ben)))
    let done = false
    const seen = new Set<string>()
    const puller = (async () => {
      let { cursor } = start
      for (let last = false; !last; ) {
        last = done
        const page = await pullAll(ada, cursor, 2)
        cursor = page.cursor
        for (const change of page.changes) if (change.kind === 'task') seen.add(change.record.id)
      }
    })()
    await Promise.all(works.map(({ task }) => orchestrator.assignTask(task.id, 'ada')))
    done = true
    await puller
    expect([...seen].sort()).toEqual(works.map(({ task }) => task.id).sort())
  })

  describe('many workstations at once', () => {
    test('every submission is held exactly once, with numbers that leave no gap', async () => {
      const { ada, ben, orchestrator } = lab()
      const stations = await Promise.all([ada, ada, ben, ben].map((person) => register(person)))
      const before = (await orchestrator.listSubmissions()).length
      const receipts = await Promise.all(stations.flatMap((station) => [1, 2, 3].map(async (deviceSeq) => {
        const work = workOn(await aTaskFor(lab(), station), station)
        const receipt = await submitWork(station, work, deviceSeq)
        // The answer was lost: the same commit goes out again.
        await station.client.ok('submit', { body: commitOf(work, deviceSeq, { submissionId: receipt.submissionId }) })
        return receipt
      })))
      const held = (await orchestrator.listSubmissions()).slice(before)
      expect(held.map(({ submissionId }) => submissionId).sort()).toEqual(receipts.map(({ submissionId }) => submissionId).sort())
      expect(held.map(({ seq }) => seq)).toEqual(held.map((_each, index) => before + 1 + index))
    })
  })

  test('started again on its data, it knows its people, its key and what it holds', async () => {
    const first = await open()
    const { dataDir, orchestrator } = first
    const receipt = await submitWork(first.ada, workOn(await aTaskFor(first, first.ada), first.ada), 1)
    const { cursor } = await pullAll(first.ada)
    await first.restart()
    const again = first.orchestrator
    expect(again).not.toBe(orchestrator)
    expect([again.serverKeyId, again.tokens]).toEqual([orchestrator.serverKeyId, orchestrator.tokens])
    expect(dataDir).toBe(first.dataDir)
    expect(await again.listSubmissions()).toMatchObject([{ submissionId: receipt.submissionId }])
    // The client may first have to notice that the old server's connections are closed.
    await vi.waitFor(async () => expect((await pullAll(first.ada, cursor)).changes).toEqual([]))
    expect(await first.ada.client.ok('getReceipt', { params: { submissionId: receipt.submissionId } })).toEqual(receipt)
    await first.close()
  })

  test('logs tell what happened and no secret', async () => {
    const log = new PassThrough()
    const lines = text(log)
    const own = await open({ log })
    const { ada } = own
    const work = workOn(await aTaskFor(own, ada), ada)
    await submitWork(ada, work, 1)
    await own.close()
    log.end()
    const logged = await lines
    expect(logged).toContain('/v1/submissions')
    expect(logged).toContain(`/objects/submissions/sha256/${work.sha256}`)
    expect(logged).not.toContain(ada.token)
    expect(logged).not.toMatch(/signature|bearer/i)
  })
}
