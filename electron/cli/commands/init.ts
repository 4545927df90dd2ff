import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { CliError, EXIT } from '../exitCodes.ts'
import { print } from '../output.ts'
import { withEngine, writeWorkspaceFile, type WorkspaceFile } from '../workspace.ts'

export interface InitOptions { workspace: string; url?: string; folder?: string; json?: boolean }

/** Makes a workspace for an orchestrator or a folder of pictures and syncs it once, so that mistakes show at once. */
export async function init(options: InitOptions): Promise<void> {
  const content = await contentOf(options)
  await writeWorkspaceFile(resolve(options.workspace), content)
  await withEngine(options.workspace, 'online', async (engine) => {
    await engine.syncOnce()
    const info = await engine.call('workspace.info', {})
    const { phase, lastError } = await engine.call('sync.status', {})
    print(options, { ...info, phase }, () => [`Workspace ${info.location} for ${info.source}, as ${info.user.name} on device ${info.deviceId}`])
    if (phase === 'unauthorized') throw new CliError(EXIT.unauthorized, 'The orchestrator refused the token')
    if (phase !== 'synced' && phase !== 'local') throw new CliError(EXIT.notSynced, `The workspace is there, but not synced yet: ${lastError?.message ?? phase}`)
  })
}

async function contentOf(options: InitOptions): Promise<WorkspaceFile> {
  if ((options.url === undefined) === (options.folder === undefined)) throw new CliError(EXIT.usage, 'Give either --url or --folder')
  if (options.url !== undefined) {
    const url = z.url({ protocol: /^https?$/ }).safeParse(options.url)
    if (!url.success) throw new CliError(EXIT.usage, 'The --url is not an http or https address')
    const { username, password } = new URL(url.data)
    if (username !== '' || password !== '') throw new CliError(EXIT.usage, 'The --url must hold no password; the token comes from FIELDMARK_TOKEN or a prompt')
    return { kind: 'orchestrator', url: url.data }
  }
  const path = resolve(options.folder ?? '')
  const isDirectory = await stat(path).then((found) => found.isDirectory(), () => false)
  if (!isDirectory) throw new CliError(EXIT.usage, `${path} is not a folder`)
  return { kind: 'folder', path }
}
