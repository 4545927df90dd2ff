import { execFile, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { withLock } from '../../build/provision/lock.mjs'
import { aptGet, mayInstallPackages } from '../builders/debianPackages.ts'

/** A private PostgreSQL on a free loopback port, for tests. Its data are in a temporary folder. */
export interface TemporaryPostgres {
  /** Makes an empty database. @returns its URL */
  createDatabase(): Promise<string>
  stop(): Promise<void>
}

const PACKAGES = '/usr/lib/postgresql'
const START_TIMEOUT_MS = 30_000
const isRoot = () => process.getuid?.() === 0

/** Why PostgreSQL cannot be started here, or undefined. The reason belongs in the name of the tests that are skipped for it. */
export function postgresObstacle(): string | undefined {
  if (process.env['FIELDMARK_SKIP_POSTGRES'] === '1') return 'FIELDMARK_SKIP_POSTGRES is set'
  if (process.platform !== 'linux') return 'PostgreSQL is looked for on Linux only'
  if (binaries() !== undefined || mayInstallPackages()) return undefined
  return 'PostgreSQL is not installed and only root may install it with apt-get'
}

/** Starts a cluster of its own, after installing Debian's package where it is missing. PostgreSQL refuses root, so root starts it as `postgres`. */
export async function startPostgres(): Promise<TemporaryPostgres> {
  const bin = binaries() ?? (await install())
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-postgres-'))
  const account = isRoot() ? accountOf('postgres') : undefined
  const password = randomBytes(16).toString('hex')
  const data = join(folder, 'data')
  try {
    writeFileSync(join(folder, 'password'), password, { mode: 0o600 })
    if (account) for (const path of [folder, join(folder, 'password')]) chownSync(path, account.uid, account.gid)
    const initialize = ['-D', data, '-U', 'fieldmark', '-A', 'scram-sha-256', `--pwfile=${join(folder, 'password')}`, '-E', 'UTF8', '--locale=C', '--no-sync']
    await run(join(bin, 'initdb'), initialize, { cwd: folder, ...account })
    const port = await freePort()
    const server = spawn(join(bin, 'postgres'), serverArguments(data, port), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...account })
    const cluster = new Cluster(server, folder, `postgres://fieldmark:${password}@127.0.0.1:${port}`)
    await cluster.untilReady()
    return cluster
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

class Cluster implements TemporaryPostgres {
  readonly #server: ChildProcess
  readonly #folder: string
  readonly #address: string
  #output = ''

  constructor(server: ChildProcess, folder: string, address: string) {
    this.#server = server
    this.#folder = folder
    this.#address = address
    server.stderr?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()))
    process.once('exit', () => server.kill('SIGINT'))
  }

  async createDatabase(): Promise<string> {
    const name = `test_${randomUUID().replaceAll('-', '')}`
    await this.#query(`CREATE DATABASE ${name}`)
    return `${this.#address}/${name}`
  }

  async stop(): Promise<void> {
    const exited = once(this.#server, 'exit')
    // SIGINT is PostgreSQL's fast shutdown: connections are cut.
    if (this.#server.exitCode === null && this.#server.kill('SIGINT')) await exited
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async untilReady(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS
    for (;;) {
      try {
        return await this.#query('SELECT 1')
      } catch (error) {
        const over = this.#server.exitCode !== null || Date.now() > deadline
        if (over) await this.stop()
        if (over) throw new Error(`PostgreSQL did not start:\n${this.#output}`, { cause: error })
        await sleep(50)
      }
    }
  }

  async #query(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: `${this.#address}/postgres`, connectionTimeoutMillis: 5_000 })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
}

/** Loopback only, no socket file, and nothing is made durable: the data live as long as the tests. */
function serverArguments(data: string, port: number): string[] {
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '32MB' }
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** Where the newest installed version has its programs. */
function binaries(): string | undefined {
  if (!existsSync(PACKAGES)) return undefined
  const versions = readdirSync(PACKAGES).map(Number).filter(Number.isInteger).sort((a, b) => b - a)
  return versions.map((version) => join(PACKAGES, String(version), 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
}

/** Installs Debian's server without the cluster that it would otherwise make and start by itself. */
async function install(): Promise<string> {
  await withLock('/var/lock/fieldmark-postgres.lock', async () => {
    if (binaries() !== undefined) return
    await aptGet('update')
    await aptGet('install', '-y', '--no-install-recommends', 'postgresql-common')
    const setting = '/etc/postgresql-common/createcluster.d/fieldmark-tests.conf'
    mkdirSync(dirname(setting), { recursive: true })
    writeFileSync(setting, 'create_main_cluster = false\n')
    await aptGet('install', '-y', '--no-install-recommends', 'postgresql')
    rmSync(setting)
  })
  const installed = binaries()
  if (installed === undefined) throw new Error('apt-get installed postgresql, but initdb is not there')
  return installed
}

/** Without blocking, for the test runner must stay in touch. @throws with the program's output in `stderr`. */
async function run(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number } = {}): Promise<void> {
  await promisify(execFile)(command, args, { maxBuffer: 16 * 1024 * 1024, ...options })
}

function accountOf(user: string): { uid: number; gid: number } {
  const number = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout)
  return { uid: number('-u'), gid: number('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
