import { z } from 'zod'
import { Sha256Schema } from './ids.ts'

/** A person's own segment-anything model: the paths of its two ONNX files on this workstation. */
export const ModelFilesSchema = z.object({ encoder: z.string().min(1).max(4096), decoder: z.string().min(1).max(4096) })
export type ModelFiles = z.infer<typeof ModelFilesSchema>

/** Whether a model can be run; `version` is the SHA-256 over both files, `detail` says in the model's own terms what does not fit. */
export const ModelInspectionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fits'), version: Sha256Schema }),
  z.object({ kind: z.literal('refused'), file: z.enum(['encoder', 'decoder']), detail: z.string() }),
])
export type ModelInspection = z.infer<typeof ModelInspectionSchema>
