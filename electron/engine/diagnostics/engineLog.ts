import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { instantOf } from '../../../shared/domain/ids.ts'
import { LogLineSchema, type LogLine } from '../../../shared/rpc/diagnostics.ts'
import type { Clock } from '../sync/ports.ts'

/** Bytes after which a log file is put aside as `engine.log.1`; the one before that is dropped. */
const FILE_LIMIT = 1_000_000
/** Characters of one line's message. */
const MESSAGE_LIMIT = 4000
const REMOVED = '[removed]'

/** What went wrong, kept over restarts in a file of bounded size that never holds a secret. */
export interface EngineLog {
  error(source: string, error: unknown): void
  /** The newest lines, newest first. */
  newest(limit: number): LogLine[]
  /** Its files, newest first; they may not exist. */
  readonly files: readonly string[]
}

/** Opens the log in `folder`. `secrets` are taken out of everything that is written, wherever they come from. */
export function openLog(folder: string, secrets: readonly string[], clock: Clock): EngineLog {
  const files = [join(folder, 'engine.log'), join(folder, 'engine.log.1')] as const
  const lines = files.flatMap(readLines)
  return {
    files,
    newest: (limit) => lines.slice(0, limit),
    error(source, error) {
      const line: LogLine = { at: instantOf(clock.now()), source, message: scrub(textOf(error), secrets).slice(0, MESSAGE_LIMIT) }
      console.error(`${source}: ${line.message}`)
      lines.unshift(line)
      lines.length = Math.min(lines.length, 1000)
      // A disk that refuses the work refuses the log too; the window still shows what is in memory.
      try { append(files, line) } catch { /* told above */ }
    },
  }
}

function append([file, older]: readonly [string, string], line: LogLine): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > FILE_LIMIT) renameSync(file, older)
  appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
}

/** The lines of a file, newest first; a line that was cut is left out. */
function readLines(file: string): LogLine[] {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap((text) => {
      const line = LogLineSchema.safeParse(jsonOf(text))
      return line.success ? [line.data] : []
    }).reverse()
  } catch {
    return []
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\ncaused by ${textOf(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}

/** Takes out known secrets, and what looks like one: credentials in headers, addresses and signed queries. */
export function scrub(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret !== '').reduce((rest, secret) => rest.replaceAll(secret, REMOVED), text)
  return known
    .replaceAll(/\b(Bearer|Basic|Token) [\w.~+/=-]+/gi, `$1 ${REMOVED}`)
    .replaceAll(/(https?:\/\/)[^\s/@"']+@/gi, `$1${REMOVED}@`)
    .replaceAll(/(https?:\/\/[^\s"'?]+)\?[^\s"')]+/gi, `$1?${REMOVED}`)
    .replaceAll(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, REMOVED)
}
