import { z } from 'zod'
import { EngineConfigSchema } from '../../../shared/rpc/engineControl.ts'

/** Right before something is made durable, or right after. */
export const MomentSchema = z.enum(['before', 'after'])
export type Moment = z.infer<typeof MomentSchema>

/** Where a life ends by SIGKILL. */
export const EndingSchema = z.object({ point: z.string(), moment: MomentSchema })
export type Ending = z.infer<typeof EndingSchema>

/** What a test tells the engine's process. `clockIsOffBy` in milliseconds. */
export const CommandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), config: EngineConfigSchema, ending: EndingSchema.optional(), clockIsOffBy: z.number(), silenceMs: z.number() }),
  z.object({ kind: z.literal('call'), id: z.int(), channel: z.string(), request: z.unknown() }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('stop') }),
])
export type Command = z.infer<typeof CommandSchema>

/** What it answers. */
export const ReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
  z.object({ kind: z.literal('answer'), id: z.int(), value: z.unknown().optional(), error: z.object({ code: z.string().optional(), message: z.string() }).optional() }),
])
export type Report = z.infer<typeof ReportSchema>

/** A line on standard output that tells of the first time that a point was passed: written at once, so that no kill can lose it. */
export const POINT_LINE = /^point (\S+) (before|after)$/
