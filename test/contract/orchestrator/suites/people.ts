import { expect, test } from 'vitest'
import { aDevice } from '../../../builders/auditChain.ts'
import { A_LABEL_SCHEMA, A_SCHEMA_HASH } from '../../../builders/records.ts'
import { createClient } from '../client.ts'
import { PROJECT, registrationOf } from '../lab.ts'
import type { OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

export function peopleSuite(open: OpenLab): void {
  const lab = useLab(open)

  test('me tells the person and that objects travel by presigned URLs', async () => {
    const { ada, rita } = lab()
    expect(await ada.client.ok('me')).toEqual({ userId: 'ada', name: 'ada', roles: ['annotator'], storage: { kind: 'presigned' } })
    expect((await rita.client.ok('me')).roles).toEqual(['reviewer'])
  })

  test.each([['no token', undefined], ['an unknown token', 'fm_0000000000000000000000000000000000000000']])('%s is answered with 401 and a challenge', async (_name, token) => {
    const answer = await createClient(lab().orchestrator.url, token).send('me')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect((await createClient(lab().orchestrator.url, token).problem('me')).code).toBe('unauthenticated')
  })

  test('a revoked token stops working, others go on', async () => {
    const { orchestrator, ada } = lab()
    const token = await orchestrator.createUser({ id: 'carl', name: 'Carl', roles: ['annotator'] })
    const client = createClient(orchestrator.url, token)
    await client.ok('me')
    await orchestrator.revokeToken(token)
    expect((await client.problem('me')).status).toBe(401)
    await ada.client.ok('me')
  })

  test('a device may register again with its key, and learns the same server key', async () => {
    const { ada, orchestrator } = lab()
    const device = aDevice()
    const first = await ada.client.ok('registerDevice', { body: registrationOf(device) })
    const again = await ada.client.ok('registerDevice', { body: { ...registrationOf(device), publicKey: device.publicKey.replaceAll('\n', '\r\n'), name: 'Renamed' } })
    expect(again).toMatchObject({ deviceId: device.deviceId, serverKeyId: first.serverKeyId, serverPublicKey: first.serverPublicKey })
    expect(first.serverPublicKey).toBe(orchestrator.serverPublicKey)
  })

  test('a known device with another key, or of somebody else, is a conflict', async () => {
    const { ada, ben } = lab()
    const other = { ...registrationOf(aDevice()), deviceId: ada.device.deviceId }
    expect((await ada.client.problem('registerDevice', { body: other })).status).toBe(409)
    expect((await ben.client.problem('registerDevice', { body: registrationOf(ada.device) })).code).toBe('conflict')
  })

  test('a public key that is none is refused', async () => {
    const body = { ...registrationOf(aDevice()), publicKey: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n' }
    expect(await lab().ada.client.problem('registerDevice', { body })).toMatchObject({ status: 422, code: 'invalid' })
  })

  test('members see their project and its label schema, others see neither', async () => {
    const { ada, orchestrator } = lab()
    expect((await ada.client.ok('listProjects')).projects).toEqual([{ id: PROJECT, name: 'Streets', description: '', schemaHash: A_SCHEMA_HASH }])
    expect(await ada.client.ok('getLabelSchema', { params: { hash: A_SCHEMA_HASH } })).toEqual(A_LABEL_SCHEMA)
    const stranger = createClient(orchestrator.url, orchestrator.tokens.annotator)
    expect((await stranger.ok('listProjects')).projects).toEqual([])
    expect((await stranger.problem('getLabelSchema', { params: { hash: A_SCHEMA_HASH } })).status).toBe(404)
  })
}
