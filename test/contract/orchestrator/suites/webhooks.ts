import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { anAuditChain } from '../../../builders/auditChain.ts'
import { aTaskFor, register, submitWork, workOn } from '../lab.ts'
import type { Lab, OpenLab } from '../lab.ts'

const secret = 'a secret that both sides know'
const BodySchema = z.object({ id: z.string(), createdAt: z.string(), type: z.string(), data: z.record(z.string(), z.unknown()) })

interface Delivery {
  signature: string
  event: string
  text: string
  body: z.infer<typeof BodySchema>
}

export function webhooksSuite(open: OpenLab): void {
  let server: Server
  let url: string
  let received: Delivery[]
  let statuses: number[]
  let lab: Lab | undefined

  beforeEach(async () => {
    received = []
    statuses = []
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const header = (name: string) => String(request.headers[name])
        received.push({ signature: header('fieldmark-signature'), event: header('fieldmark-event'), text: body, body: BodySchema.parse(JSON.parse(body)) })
        response.writeHead(statuses.shift() ?? 204).end()
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/hook` : ''
  })

  afterEach(async () => {
    await lab?.close()
    lab = undefined
    server.close()
    server.closeAllConnections()
  })

  const start = async (events?: 'submission.received'[]) => {
    lab = await open({ webhooks: [{ url, secret, ...(events && { events }) }], webhookRetryBaseMs: 20 })
    return lab
  }
  const arrived = (count: number) => vi.waitFor(() => expect(received).toHaveLength(count), { timeout: 10_000 })

  test('a submission, a review and a fork are told, each signed over its time and body', async () => {
    const { ada, rita, ...rest } = await start()
    const { task, ...work } = await aTaskFor({ ada, rita, ...rest }, ada)
    const { submissionId, revisionId } = await submitWork(ada, workOn({ task, ...work }, ada), 1)
    const review = { id: randomUUID(), taskId: task.id, revisionId, reviewer: 'rita', decision: 'accepted', comment: '', createdAt: new Date().toISOString() }
    await rita.client.ok('state', { body: { deviceId: rita.device.deviceId, statement: { kind: 'review', record: review } } })
    const station = await register(ada)
    const segment = (note: string) => ({ body: { device: station.device.deviceId, epoch: 1, entries: anAuditChain(station.device, 1, { note }) } })
    await station.client.ok('appendAudit', segment('a'))
    await station.client.problem('appendAudit', segment('b'))
    await arrived(3)
    const told = new Map(received.map(({ body }) => [body.type, body.data]))
    expect(told.get('submission.received')).toMatchObject({ submissionId, taskId: task.id, author: 'ada', late: false })
    expect(told.get('review.created')).toMatchObject({ reviewId: review.id, decision: 'accepted' })
    expect(told.get('audit.forked')).toMatchObject({ device: station.device.deviceId, seq: 1 })
    for (const { signature, text: body } of received) {
      const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? []
      expect(mac).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'))
    }
  })

  test('a receiver that fails gets the same body again until it takes it, and then no more', async () => {
    const own = await start()
    statuses = [500, 503, 302]
    await submitWork(own.ada, workOn(await aTaskFor(own, own.ada), own.ada), 1)
    await arrived(4)
    expect(new Set(received.map((delivery) => delivery.text)).size).toBe(1)
    await submitWork(own.ada, workOn(await aTaskFor(own, own.ada), own.ada), 2)
    await arrived(5)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(received).toHaveLength(5)
  })

  test('what could not be delivered goes out after a restart', async () => {
    const own = await start()
    // The receiver is away: nothing listens on its port.
    const port = Number(new URL(url).port)
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
    await submitWork(own.ada, workOn(await aTaskFor(own, own.ada), own.ada), 1)
    await own.orchestrator.close()
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    expect(received).toEqual([])
    await own.restart()
    await arrived(1)
  })

  test('only the events that somebody subscribes to are delivered', async () => {
    const own = await start(['submission.received'])
    const station = await register(own.ada)
    const entries = (note: string) => ({ body: { device: station.device.deviceId, epoch: 1, entries: anAuditChain(station.device, 1, { note }) } })
    await station.client.ok('appendAudit', entries('a'))
    await station.client.problem('appendAudit', entries('b'))
    await submitWork(own.ada, workOn(await aTaskFor(own, own.ada), own.ada), 1)
    await arrived(1)
    expect(received[0]?.event).toBe('submission.received')
  })
}
