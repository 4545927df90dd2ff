import { downloadArtifact, ElectronDownloadCacheMode } from '@electron/get'
import { extract } from '@electron-internal/extract-zip'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cached, cacheFolder } from './cache.mjs'

const connectTimeoutMs = 5_000
const stallTimeoutMs = 30_000
const retryAfterMs = 24 * 60 * 60 * 1000

/** A release of Electron, with the SHA-256 sums of its archives by their names. */
export interface Release {
  version: string
  checksums: Record<string, string>
}

/**
 * An official Electron release, from the cache or its release host, checked against its SHA-256 sum.
 * @param release by default that of the installed `electron` package, which carries the sums
 * @returns its folder, or null when the host is out of reach; that is remembered for a day, so that the next start is quick
 */
export async function provisionOfficialElectron(release: Release = installedRelease()): Promise<string | null> {
  const name = `electron-${release.version}-${process.platform}-${process.arch}`
  const unreachable = join(cacheFolder(), `${name}.unreachable`)
  if (!existsSync(join(cacheFolder(), name)) && isRecent(unreachable)) return null
  try {
    return await cached(name, async (folder) => {
      const archive = await download(release, folder)
      await extract(archive, { dir: folder })
      rmSync(dirname(archive), { recursive: true })
    })
  } catch (error) {
    mkdirSync(dirname(unreachable), { recursive: true })
    writeFileSync(unreachable, String(error))
    console.error(`The official Electron ${release.version} cannot be downloaded (${reason(error)}); tried again in a day.`)
    return null
  }
}

function installedRelease(): Release {
  const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const { version } = readJson<{ version: string }>(join(electron, 'package.json'))
  return { version, checksums: readJson(join(electron, 'checksums.json')) }
}

/** Downloads the release's archive into a folder of its own below `tempDirectory`; gives up when the host does not answer, or stops sending. */
async function download({ version, checksums }: Release, tempDirectory: string): Promise<string> {
  console.error(`Downloading Electron ${version} ...`)
  const abort = new AbortController()
  const giveUp = () => abort.abort(new Error('no answer in time'))
  let timer = setTimeout(giveUp, connectTimeoutMs)
  const getProgressCallback = () => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, stallTimeoutMs)
    return Promise.resolve()
  }
  try {
    const downloadOptions = { signal: abort.signal, getProgressCallback }
    const cacheMode = ElectronDownloadCacheMode.Bypass
    return await downloadArtifact({ version, artifactName: 'electron', checksums, cacheMode, tempDirectory, downloadOptions })
  } finally {
    clearTimeout(timer)
  }
}

function isRecent(stamp: string): boolean {
  return existsSync(stamp) && Date.now() - statSync(stamp).mtimeMs < retryAfterMs
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message || error.message : error.message
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}
