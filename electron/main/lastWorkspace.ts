import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { WorkspaceSource } from '../../shared/rpc/engineControl.ts'
import { keyringAvailable, seal, unseal } from './keyring.ts'

const LastWorkspaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), path: z.string() }),
  z.object({ kind: z.literal('orchestrator'), url: z.string(), sealedToken: z.string() }),
])

const fileIn = (userDataDir: string) => join(userDataDir, 'last-workspace.json')

/** Remembers what to open next time. A token is kept only where the system has a real keyring, and never in plain text. */
export async function rememberWorkspace(userDataDir: string, source: WorkspaceSource): Promise<void> {
  if (source.kind === 'orchestrator' && !(await keyringAvailable())) return
  const entry = source.kind === 'folder' ? source : { kind: source.kind, url: source.url, sealedToken: await seal(source.token) }
  const temporary = `${fileIn(userDataDir)}.new`
  await writeFile(temporary, JSON.stringify(LastWorkspaceSchema.parse(entry)), { mode: 0o600 })
  await rename(temporary, fileIn(userDataDir))
}

/** What was open last, or undefined when nothing is remembered or the keyring cannot open it. */
export async function recallWorkspace(userDataDir: string): Promise<WorkspaceSource | undefined> {
  try {
    const entry = LastWorkspaceSchema.parse(JSON.parse(await readFile(fileIn(userDataDir), 'utf8')))
    if (entry.kind === 'folder') return entry
    return { kind: 'orchestrator', url: entry.url, token: await unseal(entry.sealedToken) }
  } catch {
    return undefined
  }
}
