import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { z } from 'zod'
import type { WorkspaceSource } from '../../shared/rpc/engineControl.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import { trustSystemCertificates } from '../engine/http/systemTrust.ts'
import { startFailureOf } from '../engine/startFailure.ts'
import { CliError, EXIT } from './exitCodes.ts'

/** What `init` wrote down; a token is never part of it. */
const WorkspaceFileSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), path: z.string().min(1) }),
  z.object({ kind: z.literal('orchestrator'), url: z.url({ protocol: /^https?$/ }) }),
])
export type WorkspaceFile = z.infer<typeof WorkspaceFileSchema>

const fileIn = (directory: string) => join(directory, 'workspace.json')

/** Names what a workspace belongs to. @throws CliError when it belongs to something else already: its work would go astray. */
export async function writeWorkspaceFile(directory: string, content: WorkspaceFile): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const text = `${JSON.stringify(content, null, 2)}\n`
  try {
    await writeFile(fileIn(directory), text, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    if ((await readFile(fileIn(directory), 'utf8')) !== text) throw new CliError(EXIT.usage, `${directory} is a workspace of something else already; choose another folder`, { cause: error })
  }
}

/** Whether a command talks to the orchestrator; one that stays here needs no token. */
type Reach = 'online' | 'here'

/** Never sent: the engine wants a token, and commands that stay here have none. */
const NO_TOKEN = 'none'

/** Runs `work` with the workspace's engine, from a backup if one is named, and closes it in every case. */
export async function withEngine<T>(directory: string, reach: Reach, work: (engine: Engine) => Promise<T>, restoreBackup?: string): Promise<T> {
  const engine = await openEngine(resolve(directory), reach, restoreBackup)
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

async function openEngine(workspaceDir: string, reach: Reach, restoreBackup: string | undefined): Promise<Engine> {
  const source = await sourceOf(workspaceDir, reach)
  trustSystemCertificates()
  try {
    return await createEngine({ workspaceDir, source, restoreBackup, appVersion: 'cli', deviceName: hostname() || 'terminal' }, { background: false })
  } catch (error) {
    const failure = startFailureOf(error)
    throw new CliError(failure.code === 'workspaceInUse' ? EXIT.workspaceInUse : EXIT.internal, failure.detail, { cause: error })
  }
}

async function sourceOf(workspaceDir: string, reach: Reach): Promise<WorkspaceSource> {
  const file = await readWorkspaceFile(workspaceDir)
  if (file.kind === 'folder') return file
  return { ...file, token: reach === 'online' ? await readToken() : NO_TOKEN, s3: s3FromEnvironment() }
}

async function readWorkspaceFile(directory: string): Promise<WorkspaceFile> {
  try {
    return WorkspaceFileSchema.parse(JSON.parse(await readFile(fileIn(directory), 'utf8')))
  } catch (error) {
    throw new CliError(EXIT.usage, `${directory} is not a workspace. Make one with: npm run cli -- init --workspace ${directory}`, { cause: error })
  }
}

/** The token comes from FIELDMARK_TOKEN or a prompt, never from an argument that other users could read. */
async function readToken(): Promise<string> {
  const token = process.env['FIELDMARK_TOKEN']
  if (token !== undefined && token !== '') return token
  if (!process.stdin.isTTY) throw new CliError(EXIT.unauthorized, 'Set FIELDMARK_TOKEN to the token of the orchestrator')
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await prompt.question('Token of the orchestrator: ')
  } finally {
    prompt.close()
  }
}

function s3FromEnvironment() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, S3_ENDPOINT } = process.env
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined) return undefined
  return { endpoint: S3_ENDPOINT, region: AWS_REGION ?? 'us-east-1', accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN }
}
