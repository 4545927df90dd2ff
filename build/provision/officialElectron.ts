import { downloadArtifact } from '@electron/get'
import { extract } from '@electron-internal/extract-zip'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cached, cacheFolder } from './cache.mjs'

const connectTimeoutMs = 5_000
const stallTimeoutMs = 30_000
const retryAfterMs = 24 * 60 * 60 * 1000

/**
 * The official Electron release of the installed `electron` package, from the cache or its release host, checked against the
 * SHA-256 sums in that package.
 * @returns its folder, or null when the host is out of reach; that is remembered for a day, so that the next start is quick
 */
export async function provisionOfficialElectron(): Promise<string | null> {
  const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const { version } = readJson<{ version: string }>(join(electron, 'package.json'))
  const name = `electron-${version}-${process.platform}-${process.arch}`
  const unreachable = join(cacheFolder(), `${name}.unreachable`)
  if (!existsSync(join(cacheFolder(), name)) && isRecent(unreachable)) return null
  try {
    return await cached(name, async (folder) => {
      const checksums = readJson<Record<string, string>>(join(electron, 'checksums.json'))
      await extract(await download(version, checksums), { dir: folder })
    })
  } catch (error) {
    mkdirSync(dirname(unreachable), { recursive: true })
    writeFileSync(unreachable, String(error))
    console.error(`The official Electron ${version} cannot be downloaded (${reason(error)}); tried again in a day.`)
    return null
  }
}

/** Downloads the release's archive; gives up when the host does not answer, or stops sending. */
async function download(version: string, checksums: Record<string, string>): Promise<string> {
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
    const cacheRoot = join(cacheFolder(), 'downloads')
    return await downloadArtifact({ version, artifactName: 'electron', checksums, cacheRoot, downloadOptions })
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
