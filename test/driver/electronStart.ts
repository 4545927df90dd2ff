import { z } from 'zod'

const StartSchema = z.object({ FIELDMARK_ELECTRON: z.string(), FIELDMARK_ELECTRON_ARGS: z.string() })

/** How the prepared application is started: see build/app/testEnvironment.ts. */
export function electronStart(): { executable: string; args: string[] } {
  const { FIELDMARK_ELECTRON, FIELDMARK_ELECTRON_ARGS } = StartSchema.parse(process.env)
  return { executable: FIELDMARK_ELECTRON, args: z.array(z.string()).parse(JSON.parse(FIELDMARK_ELECTRON_ARGS)) }
}
