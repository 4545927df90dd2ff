import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Sha256Schema } from '../../../shared/domain/ids.ts'
import { PredictedShapeSchema, PredictionSchema } from '../../../shared/domain/prediction.ts'

/** What a model proposed for one demo picture. Ids and the task are given when the demo is seeded. */
export const DemoPredictionSchema = z.object({
  asset: z.string(),
  /** The picture that the model saw. */
  assetSha256: Sha256Schema,
  model: PredictionSchema.shape.model,
  modelVersion: PredictionSchema.shape.modelVersion,
  shapes: z.array(PredictedShapeSchema.omit({ id: true })),
})
export type DemoPrediction = z.infer<typeof DemoPredictionSchema>

export const predictionsFile = join(import.meta.dirname, 'predictions.json')

/** The predictions that `makePredictions.ts` wrote, most confident shape first. */
export async function readDemoPredictions(): Promise<DemoPrediction[]> {
  return z.array(DemoPredictionSchema).parse(JSON.parse(await readFile(predictionsFile, 'utf8')))
}
