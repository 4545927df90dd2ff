import { z } from 'zod'
import { S3AccessSchema, type WorkspaceSource } from '../../shared/rpc/engineControl.ts'

const EnvironmentSchema = z.object({
  FIELDMARK_FOLDER: z.string().min(1).optional(),
  FIELDMARK_ORCHESTRATOR_URL: z.url({ protocol: /^https?$/ }).optional(),
  FIELDMARK_TOKEN: z.string().min(1).optional(),
  FIELDMARK_WORKSPACE: z.string().min(1).optional(),
  S3_ENDPOINT: z.url().optional(),
  AWS_REGION: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
})

export interface LaunchOptions {
  /** What to open at once; without it the welcome screen, or the last workspace. */
  source: WorkspaceSource | undefined
  workspaceDir: string | undefined
}

/** Reads what the environment asks to open. @throws ZodError naming the variable that is wrong. */
export function readLaunchOptions(env: NodeJS.ProcessEnv): LaunchOptions {
  const values = EnvironmentSchema.parse(env)
  return { source: sourceOf(values), workspaceDir: values.FIELDMARK_WORKSPACE }
}

function sourceOf(values: z.infer<typeof EnvironmentSchema>): WorkspaceSource | undefined {
  if (values.FIELDMARK_FOLDER !== undefined) return { kind: 'folder', path: values.FIELDMARK_FOLDER }
  if (values.FIELDMARK_ORCHESTRATOR_URL === undefined || values.FIELDMARK_TOKEN === undefined) return undefined
  return { kind: 'orchestrator', url: values.FIELDMARK_ORCHESTRATOR_URL, token: values.FIELDMARK_TOKEN, s3: s3Of(values) }
}

function s3Of(values: z.infer<typeof EnvironmentSchema>): z.infer<typeof S3AccessSchema> | undefined {
  if (values.AWS_ACCESS_KEY_ID === undefined || values.AWS_SECRET_ACCESS_KEY === undefined) return undefined
  return S3AccessSchema.parse({
    endpoint: values.S3_ENDPOINT,
    region: values.AWS_REGION,
    accessKeyId: values.AWS_ACCESS_KEY_ID,
    secretAccessKey: values.AWS_SECRET_ACCESS_KEY,
    sessionToken: values.AWS_SESSION_TOKEN,
  })
}
