import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { WorkspaceSource } from '../../shared/rpc/engineControl.ts'

/**
 * Where a workspace keeps its databases: inside the folder of a local project, so that labels travel with the pictures;
 * for an orchestrator under the user's data folder, one for each server address.
 */
export function workspaceLocation(source: WorkspaceSource, userDataDir: string): string {
  if (source.kind === 'folder') return join(resolve(source.path), '.fieldmark')
  const url = new URL(source.url)
  const hash = createHash('sha256').update(url.href).digest('hex').slice(0, 12)
  return join(userDataDir, 'workspaces', `${url.hostname}-${hash}`)
}
