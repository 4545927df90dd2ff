import { createServer, request as sendRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { EXIT } from '../../../electron/cli/exitCodes.ts'
import { jpegOf } from '../../builders/images.ts'
import { A_LABEL_SCHEMA } from '../../builders/records.ts'
import { createOrchestrator, type Orchestrator } from '../../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../../orchestrator/seedPeople.ts'
import { FieldmarkCli } from './fieldmarkCli.ts'

const MIB = 2 ** 20
const SENT_BEFORE_STALL = 5 * MIB

let folder: string
let server: Orchestrator
let link: StallingLink

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-resume-'))
  link = await openStallingLink()
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator'), publicUrl: link.origin })
  link.target = server.url
  await server.createProject({ id: 'streets', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: [DEMO_ANNOTATOR.id] })
  // Decoders read a JPEG to its end marker and leave alone what follows.
  const bytes = Buffer.concat([await jpegOf(320, 240), Buffer.alloc(8 * MIB, 'x')])
  await server.addAsset({ id: 'asset-1', projectId: 'streets', name: 'street.jpg', bytes, width: 320, height: 240, mediaType: 'image/jpeg' })
  await server.addTask({ id: 'task-1', projectId: 'streets', assetId: 'asset-1', assignee: DEMO_ANNOTATOR.id })
})
afterAll(async () => {
  await server.close()
  link.server.closeAllConnections()
  link.server.close()
  await rm(folder, { recursive: true, force: true })
})

test('a download that a SIGKILL ended goes on where it was, in the next process', async () => {
  const cli = new FieldmarkCli(join(folder, 'workspace'), { FIELDMARK_TOKEN: server.tokens.annotator })
  expect((await cli.run('init', '--url', link.origin)).code).toBe(EXIT.ok)
  link.stalls = true
  const killed = cli.start('pull')
  const partial = join(cli.workspace, 'objects', 'partial')
  const held = () => (existsSync(partial) ? readdirSync(partial) : []).filter((name) => name.endsWith('.part')).reduce((sum, name) => sum + statSync(join(partial, name)).size, 0)
  await vi.waitFor(() => expect(held()).toBeGreaterThan(3 * MIB), { timeout: 30_000, interval: 50 })
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const arrived = held()

  link.stalls = false
  expect(await cli.json(EXIT.ok, 'pull')).toMatchObject({ tasks: { prefetched: 1 } })
  expect(link.asked).toHaveLength(2)
  expect(link.asked[1]).toMatchObject({ range: `bytes=${arrived}-`, 'if-match': expect.stringMatching(/^"/) as string })
  expect(readdirSync(partial)).toEqual([])
})

interface StallingLink {
  server: Server
  origin: string
  target: string
  /** Objects stop in the middle and nothing more comes. */
  stalls: boolean
  /** The headers of all requests for objects. */
  asked: IncomingHttpHeaders[]
}

/** A link that streams, and can stop in the middle of an object without an end. */
async function openStallingLink(): Promise<StallingLink> {
  const http = createServer((request, response) => {
    const isObject = request.method === 'GET' && request.url?.startsWith('/objects/') === true
    if (isObject) opened.asked.push(request.headers)
    const to = sendRequest(new URL(request.url ?? '/', opened.target), { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      let sent = 0
      answer.on('data', (part: Buffer) => {
        if (isObject && opened.stalls && sent > SENT_BEFORE_STALL) return void answer.pause()
        sent += part.length
        response.write(part)
      })
      answer.on('end', () => response.end())
    })
    to.on('error', () => response.destroy())
    request.pipe(to)
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const opened: StallingLink = { server: http, origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, target: '', stalls: false, asked: [] }
  return opened
}
