import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import tls from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

const MODULES = resolve(import.meta.dirname, '../../../../electron/engine/http')
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const reason = !hasOpenssl ? ' (skipped: there is no openssl to make a certificate with)' : !('setDefaultCACertificates' in tls) ? ` (skipped: Node ${process.version} cannot)` : ''

/** A server whose certificate nobody knows but who is told. */
async function openPrivateServer(): Promise<{ url: string; certificate: string }> {
  const folder = temporaryFolder()
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '7', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate], { stdio: 'ignore' })
  const server: Server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_request, response) => response.end('trusted')).listen(0, 'localhost')
  await once(server, 'listening')
  onTestFinished(() => { server.close() })
  return { url: `https://localhost:${(server.address() as AddressInfo).port}`, certificate }
}

/** What a process of its own gets from the server. */
async function ask(url: string, { trust, certificate }: { trust: boolean; certificate: string }): Promise<string> {
  const program = `
    import { trustSystemCertificates } from ${JSON.stringify(join(MODULES, 'systemTrust.ts'))}
    import { readAll, sendRequest } from ${JSON.stringify(join(MODULES, 'request.ts'))}
    if (${trust}) trustSystemCertificates()
    try {
      const answer = await sendRequest({ method: 'GET', url: ${JSON.stringify(url)}, headers: {}, silenceMs: 5000 }, AbortSignal.timeout(5000))
      console.log(Buffer.from(await readAll(answer.body, 1000)).toString())
    } catch (error) { console.log(error.message) }
    process.exit(0)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env: { ...process.env, SSL_CERT_FILE: certificate }, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  await once(child, 'close')
  return said.trim()
}

it.skipIf(reason !== '')(`trusts the certificates that the system trusts, and no server that nobody knows${reason}`, async () => {
  const { url, certificate } = await openPrivateServer()
  expect(await ask(url, { trust: false, certificate })).toMatch(/The certificate of localhost:\d+ is not trusted/)
  expect(await ask(url, { trust: true, certificate })).toBe('trusted')
})
