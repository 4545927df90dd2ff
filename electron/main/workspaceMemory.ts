import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { WorkspaceSource } from '../../shared/rpc/engineControl.ts'
import { TokenChoiceSchema, type TokenChoice, type TokenMissing } from '../../shared/rpc/preload.ts'
import type { Keyring } from './keyring.ts'

const LastWorkspaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), path: z.string() }),
  /** Without a token: it was not to outlive the session. */
  z.object({ kind: z.literal('orchestrator'), url: z.string(), sealedToken: z.string().optional(), plainToken: z.string().optional() }),
])

export type Recalled = { kind: 'nothing' } | { kind: 'source'; source: WorkspaceSource } | ({ kind: 'tokenMissing' } & TokenMissing)

/**
 * Remembers across starts what was open. A token is kept by the system's keyring; where there is none that protects, only as the person agreed to,
 * and until they did, for the session alone.
 */
export class WorkspaceMemory {
  readonly #lastFile: string
  readonly #choiceFile: string
  readonly #keyring: Keyring

  constructor(folder: string, keyring: Keyring) {
    this.#lastFile = join(folder, 'last-workspace.json')
    this.#choiceFile = join(folder, 'token-choice.json')
    this.#keyring = keyring
  }

  /** What the person agreed to where nothing protects the token; undefined before they were asked. */
  async choice(): Promise<TokenChoice | undefined> {
    return readJson(this.#choiceFile, TokenChoiceSchema)
  }

  async choose(choice: TokenChoice): Promise<void> {
    await writeJson(this.#choiceFile, choice)
  }

  async remember(source: WorkspaceSource): Promise<void> {
    if (source.kind === 'folder') return this.#write(source)
    const { kind, url, token } = source
    if (await this.#keyring.isProtecting()) return this.#write({ kind, url, sealedToken: await this.#keyring.seal(token) })
    const choice = await this.choice()
    if (choice === 'none') return rm(this.#lastFile, { force: true })
    return this.#write({ kind, url, ...(choice === 'disk' && { plainToken: token }) })
  }

  async recall(): Promise<Recalled> {
    const last = await readJson(this.#lastFile, LastWorkspaceSchema)
    if (last === undefined) return { kind: 'nothing' }
    if (last.kind === 'folder') return { kind: 'source', source: last }
    const { kind, url, plainToken, sealedToken } = last
    if (plainToken !== undefined) return { kind: 'source', source: { kind, url, token: plainToken } }
    if (sealedToken === undefined) return { kind: 'tokenMissing', url, reason: 'notKept' }
    try {
      return { kind: 'source', source: { kind, url, token: await this.#keyring.unseal(sealedToken) } }
    } catch {
      return { kind: 'tokenMissing', url, reason: 'keyringChanged' }
    }
  }

  #write(entry: z.infer<typeof LastWorkspaceSchema>): Promise<void> {
    return writeJson(this.#lastFile, LastWorkspaceSchema.parse(entry))
  }
}

/** Undefined when the file is not there, or is not what it should be. */
async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

async function writeJson(file: string, content: unknown): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600 })
  await rename(`${file}.new`, file)
}
