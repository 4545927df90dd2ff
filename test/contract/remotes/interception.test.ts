import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFieldmarkApi } from '../../../electron/engine/remotes/fieldmarkApi.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { aClock } from '../../builders/workspace.ts'

it('a certificate that the computer does not trust ends the connection before anything is sent (needs openssl)', async (context) => {
  const folder = temporaryFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2', '-keyout', key, '-out', cert], { stdio: 'pipe' })
  } catch {
    context.skip('needs openssl to make a certificate')
  }
  let requests = 0
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
    requests++
    response.end('{}')
  })
  await new Promise<void>((resolve) => { server.listen(0, 'localhost', resolve) })
  context.onTestFinished(() => { server.close() })
  const baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`
  const api = createFieldmarkApi({ baseUrl, tokens: { get: () => Promise.resolve('secret'), refresh: () => Promise.resolve(undefined) }, clock: aClock() })
  await expect(api.me(new AbortController().signal)).rejects.toMatchObject({ failure: { kind: 'transient' }, message: expect.stringContaining('not trusted') as string })
  expect(requests).toBe(0)
})
