import { z } from 'zod'

/** How objects travel with the workstation's own keys; without it the orchestrator's answer decides. */
export const S3AccessSchema = z.object({ endpoint: z.url().optional(), region: z.string().default('us-east-1'), accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string().optional() })

export const WorkspaceSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), path: z.string().min(1) }),
  z.object({ kind: z.literal('orchestrator'), url: z.url({ protocol: /^https?$/ }), token: z.string().min(1), s3: S3AccessSchema.optional() }),
])
export type WorkspaceSource = z.infer<typeof WorkspaceSourceSchema>

export const EngineConfigSchema = z.object({
  workspaceDir: z.string().min(1),
  source: WorkspaceSourceSchema,
  appVersion: z.string(),
  deviceName: z.string().min(1).max(200),
  /** How the system keeps secrets, as Electron names it; undefined without a window. */
  keyring: z.string().optional(),
  /** The name of a backup that is to take the place of the database. */
  restoreBackup: z.string().optional(),
})
export type EngineConfig = z.infer<typeof EngineConfigSchema>

/** What the main process tells the engine's process. A `connect` message carries one MessagePort for a window, `decoderStarted` one for the decoder. */
export const EngineCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), config: EngineConfigSchema }),
  z.object({ type: z.literal('connect') }),
  z.object({ type: z.literal('data'), id: z.int().positive(), url: z.string().max(2000) }),
  z.object({ type: z.literal('resume') }),
  /** The system's proxies for the origin that was asked about, as a proxy configuration script would name them. */
  z.object({ type: z.literal('proxy'), id: z.int().positive(), rules: z.string() }),
  z.object({ type: z.literal('decoderStarted'), id: z.int().positive() }),
  z.object({ type: z.literal('decoderEnded'), id: z.int().positive() }),
  z.object({ type: z.literal('stop') }),
])
export type EngineCommand = z.infer<typeof EngineCommandSchema>

export const EngineStartFailureSchema = z.object({
  code: z.enum(['workspaceInUse', 'folderMissing', 'folderReadOnly', 'labelsInvalid', 'databaseNewer', 'databaseDamaged', 'backupUnsound', 'diskFull', 'engineCrashed', 'internal']),
  detail: z.string(),
})
export type EngineStartFailure = z.infer<typeof EngineStartFailureSchema>

/** What the engine's process answers. `data` without bytes: there is nothing under that URL. */
export const EngineReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started') }),
  z.object({ type: z.literal('failed'), failure: EngineStartFailureSchema }),
  z.object({ type: z.literal('data'), id: z.int().positive(), bytes: z.instanceof(Uint8Array).optional(), mediaType: z.string().optional() }),
  z.object({ type: z.literal('askProxy'), id: z.int().positive(), origin: z.url({ protocol: /^https?$/ }) }),
  /** Asks for a process that decodes images, by a number of the engine's. */
  z.object({ type: z.literal('startDecoder'), id: z.int().positive() }),
  z.object({ type: z.literal('endDecoder'), id: z.int().positive() }),
  z.object({ type: z.literal('stopped') }),
])
export type EngineReport = z.infer<typeof EngineReportSchema>
