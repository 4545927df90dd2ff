import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cacheFolder } from '../../../../build/provision/cache.mjs'
import { provisionOfficialElectron } from '../../../../build/provision/officialElectron.ts'

/** An archive of two small files, `electron` (executable) and `version`. */
const archive = Buffer.from(
  'UEsDBBQAAAAAAAAAIVwdnfsECgAAAAoAAAAIAAAAZWxlY3Ryb24jIS9iaW4vc2gKUEsDBBQAAAAAAAAAIVwsKd53BgAAAAYAAAAHAAAAdmVyc2lvbjk5LjAuMFBLAQIUAxQAAAAAAAAAIVwdnfsECgAAAAoAAAAIAAAAAAAAAAAAAADtAQAAAABlbGVjdHJvblBLAQIUAxQAAAAAAAAAIVwsKd53BgAAAAYAAAAHAAAAAAAAAAAAAADtATAAAAB2ZXJzaW9uUEsFBgAAAAACAAIAawAAAFsAAAAAAA==',
  'base64',
)
const archiveName = `electron-v99.0.0-${process.platform}-${process.arch}.zip`
const sum = createHash('sha256').update(archive).digest('hex')
const release = { version: '99.0.0', checksums: { [archiveName]: sum } }
const stamp = () => join(cacheFolder(), `electron-99.0.0-${process.platform}-${process.arch}.unreachable`)

describe('the official Electron release', () => {
  let host: Server
  let requests = 0
  let answer: (response: ServerResponse) => void

  beforeEach(async () => {
    requests = 0
    host = createServer((_, response) => {
      requests++
      answer(response)
    })
    await new Promise<void>((listening) => host.listen(0, '127.0.0.1', listening))
    vi.stubEnv('XDG_CACHE_HOME', mkdtempSync(join(tmpdir(), 'fieldmark-electron-')))
    vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(host.address() as AddressInfo).port}/`)
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
  })

  afterEach(() => {
    host.closeAllConnections()
    host.close()
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })

  it('is downloaded once, checked and unpacked into the cache', async () => {
    answer = (response) => response.end(archive)
    const folder = await provisionOfficialElectron(release)
    expect(folder).toContain(cacheFolder())
    expect(readdirSync(folder ?? '').sort()).toEqual(['electron', 'version'])
    expect(readFileSync(join(folder ?? '', 'version'), 'utf8')).toBe('99.0.0')
    expect(statSync(join(folder ?? '', 'electron')).mode & 0o111).not.toBe(0)
    expect(await provisionOfficialElectron(release)).toBe(folder)
    expect(requests).toBe(1)
  })

  it('is refused when its sum is not the published one', async () => {
    answer = (response) => response.end(archive)
    const forged = { ...release, checksums: { [archiveName]: 'f'.repeat(64) } }
    expect(await provisionOfficialElectron(forged)).toBeNull()
    expect(readdirSync(cacheFolder())).toEqual([basename(stamp())])
  })

  it('is left alone for a day after its host failed', async () => {
    answer = (response) => response.writeHead(503).end()
    expect(await provisionOfficialElectron(release)).toBeNull()
    const tried = requests
    expect(await provisionOfficialElectron(release)).toBeNull()
    expect(requests).toBe(tried)
    const dayAgo = Date.now() / 1000 - 25 * 60 * 60
    utimesSync(stamp(), dayAgo, dayAgo)
    answer = (response) => response.end(archive)
    expect(await provisionOfficialElectron(release)).not.toBeNull()
  })

  it('is given up within seconds when its host does not answer', async () => {
    answer = () => undefined
    const started = performance.now()
    expect(await provisionOfficialElectron(release)).toBeNull()
    expect(performance.now() - started).toBeLessThan(8_000)
    expect(readFileSync(stamp(), 'utf8')).toContain('no answer in time')
  })
})
