import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AuditFeed } from '../../../../shared/api/messages.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { AUDIT_RECEIPT_DOMAIN } from '../../../../shared/domain/receipt.ts'
import { anAuditChain } from '../../../builders/auditChain.ts'
import { createClient } from '../client.ts'
import { PROJECT, register } from '../lab.ts'
import type { OpenLab, Workstation } from '../lab.ts'
import { useLab } from './useLab.ts'

export function auditFeedSuite(open: OpenLab): void {
  const lab = useLab(open)

  async function append({ client, device }: Workstation, length: number) {
    const entries = anAuditChain(device, length)
    await client.ok('appendAudit', { body: { device: device.deviceId, epoch: 1, entries } })
    return entries
  }

  /** All pages from a cursor on. */
  async function feed({ client }: Workstation, cursor?: string, limit = 500): Promise<AuditFeed[]> {
    const page = await client.ok('auditFeed', { query: { limit, ...(cursor !== undefined && { cursor }) } })
    return page.more ? [page, ...await feed({ client } as Workstation, page.cursor, limit)] : [page]
  }

  const cursorOf = (pages: AuditFeed[]) => pages.at(-1)?.cursor ?? ''

  test('a reviewer reads the chains of the people of their projects, page by page and in order of arrival', async () => {
    const { ada, ben, rita } = lab()
    const cursor = cursorOf(await feed(rita))
    const [adas, bens] = [await register(ada), await register(ben)]
    const [first, second] = [await append(adas, 3), await append(bens, 2)]
    const pages = await feed(rita, cursor, 2)
    expect(pages.map(({ entries }) => entries.length)).toEqual([2, 2, 1])
    expect(pages.flatMap(({ entries }) => entries)).toEqual([...first, ...second])
    expect(pages[1]?.devices.map(({ deviceId, owner, publicKey }) => [deviceId, owner, publicKey]).sort()).toEqual([
      [adas.device.deviceId, 'ada', adas.device.publicKey], [bens.device.deviceId, 'ben', bens.device.publicKey],
    ].sort())
    expect(await feed(rita, cursorOf(pages))).toMatchObject([{ entries: [], devices: [], receipts: [], more: false }])
  })

  test('each page has the signed word of the server for how far it leads along every chain', async () => {
    const { ada, rita, orchestrator } = lab()
    const cursor = cursorOf(await feed(rita))
    const station = await register(ada)
    const chain = await append(station, 3)
    const receipts = (await feed(rita, cursor, 2)).flatMap((page) => page.receipts)
    expect(receipts).toMatchObject([{ device: station.device.deviceId, epoch: 1, size: 2, head: chain[1]?.hash }, { size: 3, head: chain[2]?.hash }])
    for (const { signature, ...statement } of receipts) {
      const signed = Buffer.from(`${AUDIT_RECEIPT_DOMAIN}\n${canonicalJson(statement)}`)
      expect(verify(null, signed, createPublicKey(orchestrator.serverPublicKey), Buffer.from(signature, 'base64'))).toBe(true)
    }
  })

  test('an annotator reads nothing of it', async () => {
    expect((await lab().ada.client.problem('auditFeed', { query: {} })).status).toBe(403)
  })

  test('who shares no project with the reviewer is not in it, and who joins is in it from their first entry on', async () => {
    const { rita, orchestrator } = lab()
    const token = await orchestrator.createUser({ id: 'zoe', name: 'Zoe', roles: ['annotator'] })
    const zoe = await register({ userId: 'zoe', token, client: createClient(orchestrator.url, token) })
    const entries = await append(zoe, 2)
    const ofZoe = (pages: AuditFeed[]) => pages.flatMap((page) => page.entries).filter(({ device }) => device === zoe.device.deviceId)
    const pages = await feed(rita)
    expect(ofZoe(pages)).toEqual([])
    await orchestrator.addMember(PROJECT, 'zoe')
    expect(await rita.client.problem('auditFeed', { query: { cursor: cursorOf(pages) } })).toMatchObject({ status: 410, code: 'cursorExpired' })
    expect(ofZoe(await feed(rita))).toEqual(entries)
  })

  test('a cursor ends with the history that it is of', async () => {
    const { ada, rita, orchestrator } = lab()
    await append(await register(ada), 1)
    const cursor = cursorOf(await feed(rita))
    await orchestrator.rollBack(0)
    expect(await rita.client.problem('auditFeed', { query: { cursor } })).toMatchObject({ status: 410, code: 'cursorExpired' })
  })
}
