import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A running S3 server that nobody here wrote: Ceph's RADOS Gateway. Its data are in memory. */
export interface Ceph {
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  /** A role that these keys may assume. */
  roleArn: string
  stop(): Promise<void>
}

/** Whether Ceph can be started here; `reason` belongs in the name of the tests that are skipped for it. */
export type CephAvailability = { available: true } | { available: false; reason: string }

/**
 * Installs Ceph through apt where this process may (root on Debian), about 40 s at the first time.
 * `FIELDMARK_SKIP_CEPH=1` switches it off.
 */
export async function prepareCeph(): Promise<CephAvailability> {
  if (process.env['FIELDMARK_SKIP_CEPH'] === '1') return unavailable('FIELDMARK_SKIP_CEPH is set')
  if (process.platform !== 'linux') return unavailable('Ceph runs on Linux only')
  if (process.getuid?.() !== 0) return unavailable('Ceph is started as root only')
  if (!existsSync('/usr/bin/radosgw') && !existsSync('/usr/bin/apt-get')) return unavailable('there is no apt-get to install Ceph with')
  const { status, output } = await runScript('install.sh', [])
  if (status === 0) return { available: true }
  console.error(output)
  return unavailable('apt-get could not install Ceph')
}

/** Starts a gateway of its own on a free port, about 14 s. It ends with `stop`, or when this process is gone. */
export async function startCeph(): Promise<Ceph> {
  const directory = mkdtempSync(join(tmpdir(), 'fieldmark-ceph-'))
  const port = await freePorts(3)
  const credentials = { accessKeyId: 'fieldmarktest', secretAccessKey: 'only-for-tests-on-loopback' }
  const keys = { ACCESS_KEY: credentials.accessKeyId, SECRET_KEY: credentials.secretAccessKey }
  const { status, output } = await runScript('up.sh', [directory, String(port), String(process.pid)], keys)
  const stop = async () => void (await runScript('down.sh', [directory]))
  if (status !== 0) {
    await stop()
    throw new Error(`Ceph did not start:\n${output}`)
  }
  return { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials, roleArn: 'arn:aws:iam:::role/annotator', stop }
}

function unavailable(reason: string): CephAvailability {
  return { available: false, reason }
}

function runScript(name: string, args: string[], env: Record<string, string> = {}): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', [join(import.meta.dirname, name), ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    // Not 'close': the servers keep the pipes open for as long as they run.
    child.on('exit', (status) => {
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ status, output })
    })
  })
}

/** The first of `count` neighbouring ports on loopback that are free now. */
async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)))
    if (free.every(Boolean)) return first
  }
  throw new Error('No free ports on loopback')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
