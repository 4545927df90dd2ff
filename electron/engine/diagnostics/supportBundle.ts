import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import type { DiagnosticsReport } from '../../../shared/rpc/diagnostics.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { scrub } from './engineLog.ts'
import { supportFileName } from './report.ts'

export interface BundleParts {
  report: DiagnosticsReport
  db: WorkDatabase
  workspaceDir: string
  logFiles: readonly string[]
  secrets: readonly string[]
}

/**
 * Writes a zip for support into `directory`: the report, the log, the database's schema and a list of the workspace's files by name and size. Nothing of
 * labels, images, keys or tokens goes in; what is text is cleaned of known secrets once more. @returns the file's path. @throws Error when it cannot be written.
 */
export function writeSupportBundle({ report, db, workspaceDir, logFiles, secrets }: BundleParts, directory: string): string {
  const schema = db.prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').pluck().all()
  const texts: Record<string, string> = {
    'report.json': JSON.stringify(report, null, 2),
    'schema.sql': `${schema.join(';\n')};\n`,
    'files.txt': `${listFiles(workspaceDir).join('\n')}\n`,
    ...Object.fromEntries(logFiles.filter((file) => existsSync(file)).map((file, index) => [`engine${index === 0 ? '' : `.${index}`}.log`, readFileSync(file, 'utf8')])),
  }
  const zip = zipSync(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(scrub(text, secrets))])))
  const path = join(directory, supportFileName(report.at))
  writeFileSync(`${path}.part`, zip, { mode: 0o600 })
  renameSync(`${path}.part`, path)
  return path
}

/** What lies in the workspace's own folder; of folders in it only how much. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (entry.isDirectory()) return `${entry.name}/\t${readdirSync(join(folder, entry.name)).length} entries`
    return `${entry.name}\t${statSync(join(folder, entry.name), { throwIfNoEntry: false })?.size ?? 0} bytes`
  })
}
