import { expect, test } from 'vitest'
import { SUBMISSION_MEDIA_TYPE, submissionObjectKey } from '../../../../shared/api/messages.ts'
import type { Grant } from '../../../../shared/api/messages.ts'
import { objectKeyOf } from '../../../../shared/domain/asset.ts'
import { problemOf } from '../client.ts'
import { aTaskFor, sha256Of, upload } from '../lab.ts'
import type { OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

async function request(grant: Grant, init: RequestInit = {}) {
  const response = await fetch(grant.url, { method: grant.method, headers: grant.headers, signal: AbortSignal.timeout(10_000), ...init })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

export function objectsSuite(open: OpenLab): void {
  const lab = useLab(open)

  const grantFor = (bytes: Buffer, size = bytes.length) => {
    const sha256 = sha256Of(bytes)
    return lab().ada.client.ok('grantUpload', { body: { key: submissionObjectKey(sha256), sha256, size, mediaType: SUBMISSION_MEDIA_TYPE } })
  }
  const bytesOf = (text: string) => Buffer.from(`${text} ${Math.random()}`)

  test('a granted upload stores the bytes under their hash', async () => {
    const bytes = bytesOf('stored')
    expect(await upload(lab().ada, { bytes, sha256: sha256Of(bytes) })).toBe(200)
    expect(await lab().orchestrator.readObject(`submissions/sha256/${sha256Of(bytes)}`)).toEqual(bytes)
  })

  test('a key that is taken is never overwritten: 412, which tells the hash of what is there', async () => {
    const bytes = bytesOf('once')
    const grant = await grantFor(bytes)
    expect((await request(grant, { body: new Uint8Array(bytes) })).status).toBe(200)
    const second = await request(grant, { body: new Uint8Array(bytes) })
    expect(second.status).toBe(412)
    expect(second.headers.get('etag')).toBe(`"${sha256Of(bytes)}"`)
  })

  test('other bytes of the same length are refused with hashMismatch, and nothing is stored', async () => {
    const bytes = bytesOf('right')
    const grant = await grantFor(bytes)
    const wrong = Buffer.from(bytes)
    wrong.writeUInt8(0, 0)
    expect(problemOf(await request(grant, { body: new Uint8Array(wrong) }))).toMatchObject({ status: 400, code: 'hashMismatch' })
    expect(await lab().orchestrator.readObject(grant.key)).toBeUndefined()
    expect((await request(grant, { body: new Uint8Array(bytes) })).status).toBe(200)
  })

  test('another length than the granted one is refused', async () => {
    const bytes = bytesOf('length')
    const grant = await grantFor(bytes, bytes.length + 1)
    expect(problemOf(await request(grant, { body: new Uint8Array(bytes) })).code).toBe('hashMismatch')
  })

  test('an upload without If-None-Match, or of another media type, is refused', async () => {
    const bytes = bytesOf('headers')
    const { headers, ...grant } = await grantFor(bytes)
    const { 'if-none-match': _condition, ...withoutCondition } = headers
    expect(problemOf(await request({ ...grant, headers: withoutCondition }, { body: new Uint8Array(bytes) })).status).toBe(428)
    const otherType = { ...headers, 'content-type': 'text/html' }
    expect(problemOf(await request({ ...grant, headers: otherType }, { body: new Uint8Array(bytes) })).status).toBe(400)
  })

  test('an expired grant is refused with 403', async () => {
    const { clock } = lab()
    const bytes = bytesOf('expired')
    const grant = await grantFor(bytes)
    clock.ahead = Date.parse(grant.expiresAt) - Date.now() + 1
    expect(problemOf(await request(grant, { body: new Uint8Array(bytes) }))).toMatchObject({ status: 403, code: 'forbidden' })
    clock.ahead = 0
  })

  test.each([
    ['signature', /signature=./, 'signature=~'],
    ['key', '/sha256/', '/sha257/'],
    ['size', /size=\d+/, 'size=1'],
    ['expiry', /expires=\d/, 'expires=9'],
  ] as const)('a URL with another %s was not granted', async (_name, from, to) => {
    const bytes = bytesOf('forged')
    const grant = await grantFor(bytes)
    const url = grant.url.replace(from, to)
    expect(url).not.toBe(grant.url)
    expect(problemOf(await request({ ...grant, url }, { body: new Uint8Array(bytes) })).status).toBe(403)
  })

  test('only submissions are granted, under the hash of their bytes and with their media type', async () => {
    const sha256 = sha256Of(Buffer.from('x'))
    const body = { key: submissionObjectKey(sha256), sha256, size: 1, mediaType: SUBMISSION_MEDIA_TYPE }
    const { client } = lab().ada
    expect((await client.problem('grantUpload', { body: { ...body, key: 'assets/other' } })).status).toBe(403)
    expect((await client.problem('grantUpload', { body: { ...body, mediaType: 'image/png' } })).status).toBe(403)
    expect((await client.problem('grantUpload', { body: { ...body, size: 65 * 1024 * 1024 } })).code).toBe('tooLarge')
    expect((await client.problem('grantUpload', { body: { ...body, key: '../escape' } })).code).toBe('invalid')
  })

  test('the image of a task downloads with its length and hash, whole, in part and as headers only', async () => {
    const { ada } = lab()
    const { asset } = await aTaskFor(lab(), ada)
    const { grants } = await ada.client.ok('grantDownload', { body: { assetId: asset.id, keys: [objectKeyOf(asset.uri)] } })
    const grant = grants[0] as Grant
    const whole = await request(grant)
    expect(sha256Of(Buffer.from(whole.text))).toBe(asset.sha256)
    expect(whole.headers.get('content-length')).toBe(String(asset.size))
    expect(whole.headers.get('etag')).toBe(`"${asset.sha256}"`)
    const part = await request(grant, { headers: { range: 'bytes=2-5' } })
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, whole.text.slice(2, 6), `bytes 2-5/${asset.size}`])
    const tail = await request(grant, { headers: { range: 'bytes=-3' } })
    expect(tail.text).toBe(whole.text.slice(-3))
    expect((await request(grant, { headers: { range: 'bytes=9999-' } })).status).toBe(416)
    const head = await request(grant, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), head.text]).toEqual([200, String(asset.size), ''])
  })

  test('objects of an image are granted to who has the task only, and only that image\'s', async () => {
    const { ada, ben } = lab()
    const [mine, other] = [await aTaskFor(lab(), ada), await aTaskFor(lab(), ada)]
    const body = { assetId: mine.asset.id, keys: [objectKeyOf(mine.asset.uri)] }
    expect((await ben.client.problem('grantDownload', { body })).status).toBe(404)
    expect((await ada.client.problem('grantDownload', { body: { ...body, keys: [objectKeyOf(other.asset.uri)] } })).status).toBe(403)
  })
}
