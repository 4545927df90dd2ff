import { z } from 'zod'
import { EngineStartFailureSchema } from './engineControl.ts'

/** Why the token of an orchestrator has to be entered again: the system's keyring is not the one that kept it, or it was not kept beyond the session. */
export const TokenMissingSchema = z.object({ url: z.string(), reason: z.enum(['keyringChanged', 'notKept']) })
export type TokenMissing = z.infer<typeof TokenMissingSchema>

/** What is open: nothing yet (the window shows its welcome screen), or a workspace whose engine can be asked. */
export const SessionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('tokenMissing'), ...TokenMissingSchema.shape }),
  z.object({ kind: z.literal('workspace') }),
  z.object({ kind: z.literal('failed'), ...EngineStartFailureSchema.shape }),
])
export type Session = z.infer<typeof SessionSchema>

export const ConnectRequestSchema = z.object({ url: z.url({ protocol: /^https?$/ }), token: z.string().min(1).max(4096) })
export type ConnectRequest = z.infer<typeof ConnectRequestSchema>

/** Where nothing protects a token: kept for the session only, on the disk as it is, or not at all (not even the orchestrator's address). */
export const TokenChoiceSchema = z.enum(['session', 'disk', 'none'])
export type TokenChoice = z.infer<typeof TokenChoiceSchema>

/**
 * How the token of the open workspace is kept. `keyring` is Electron's name of what keeps secrets here; `concerned`: a person entered a token, so that
 * there is something to keep.
 */
export const TokenKeepingSchema = z.object({ keyring: z.string(), isProtected: z.boolean(), concerned: z.boolean(), choice: TokenChoiceSchema.optional() })
export type TokenKeeping = z.infer<typeof TokenKeepingSchema>

/** What the page may put on the clipboard: an id, a hash or a path. */
export const CopiedTextSchema = z.string().min(1).max(100_000)

/** Channels between window and main process; everything about tasks goes to the engine instead. */
export const MAIN_CHANNELS = {
  session: 'fieldmark:session',
  connectEngine: 'fieldmark:connect-engine',
  chooseDirectory: 'fieldmark:choose-directory',
  chooseModelFile: 'fieldmark:choose-model-file',
  chooseAuditLog: 'fieldmark:choose-audit-log',
  openFolder: 'fieldmark:open-folder',
  openOrchestrator: 'fieldmark:open-orchestrator',
  restoreBackup: 'fieldmark:restore-backup',
  copyText: 'fieldmark:copy-text',
  tokenKeeping: 'fieldmark:token-keeping',
  keepToken: 'fieldmark:keep-token',
  copyShapes: 'fieldmark:copy-shapes',
  copiedShapes: 'fieldmark:copied-shapes',
  sessionChanged: 'fieldmark:session-changed',
} as const

/** `window.fieldmark`: all that the page may ask of the main process. */
export interface PreloadApi {
  session(): Promise<Session>
  onSessionChanged(listener: (session: Session) => void): void
  /** Asks for a port to the engine; it arrives as a window message ENGINE_PORT_MESSAGE. Listen before calling. */
  connectEngine(): void
  /** Shows the system's folder picker; undefined when the person cancels. */
  chooseDirectory(): Promise<string | undefined>
  /** Shows the system's file picker for an ONNX file; undefined when the person cancels. */
  chooseModelFile(): Promise<string | undefined>
  /** Shows the system's file picker for an exported audit log or a copied work database; undefined when the person cancels. */
  chooseAuditLog(): Promise<string | undefined>
  /** Opens a folder of pictures as a local project; the session changes. */
  openFolder(path: string): Promise<Session>
  /** Opens the workspace of an orchestrator; the token is kept by the system's keyring where there is one. */
  openOrchestrator(request: ConnectRequest): Promise<Session>
  /** Opens the workspace anew from one of its backups, by name; the database that it replaces is kept. */
  restoreBackup(name: string): Promise<Session>
  /** Puts an id, a hash or a path on the clipboard. */
  copyText(text: string): Promise<void>
  tokenKeeping(): Promise<TokenKeeping>
  /** Keeps the token as the person chose, now and from now on. */
  keepToken(choice: TokenChoice): Promise<TokenKeeping>
  /** Puts shapes on the system's clipboard, as `copiedText` writes them. */
  copyShapes(text: string): Promise<void>
  /** The shapes on it; undefined when it holds none: what else is on it the page does not see. */
  copiedShapes(): Promise<string | undefined>
  readonly platform: string
}
