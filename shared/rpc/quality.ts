import { z } from 'zod'
import { ClassIdSchema, RevisionIdSchema, ShapeIdSchema, TaskIdSchema, UserIdSchema } from '../domain/ids.ts'

const kappa = z.number().optional()

/** See `MatchScores`: how well the shapes of one person are those of another, from 0 to 1. */
const ScoresSchema = z.object({
  threshold: z.number(), matched: z.int(), missed: z.int(), spurious: z.int(), precision: z.number(), recall: z.number(), f1: z.number(), meanSimilarity: z.number().optional(),
})
const ShapeAgreementSchema = z.object({
  at50: ScoresSchema, at75: ScoresSchema, averageF1: z.number(), places: ScoresSchema, boundary: z.object({ masks: z.int().positive(), meanF: z.number() }).optional(),
})

/** A shape that nobody else drew, and where to look for it (pixels). */
const LoneShapeSchema = z.object({ annotator: UserIdSchema, revisionId: RevisionIdSchema, taskId: TaskIdSchema, shapeId: ShapeIdSchema, classId: ClassIdSchema, x: z.number(), y: z.number() })
export type LoneShape = z.infer<typeof LoneShapeSchema>

/** How far several people agree on an image (see `Agreement`); kappas and alphas are missing where there is nothing to compare or to choose from, `boundary` where no masks match. */
export const AgreementFiguresSchema = z.object({
  overall: ShapeAgreementSchema,
  pairs: z.array(ShapeAgreementSchema.extend({ left: UserIdSchema, right: UserIdSchema, classKappa: kappa, tagKappa: kappa })),
  classes: z.array(z.object({ classId: ClassIdSchema, scores: ScoresSchema })),
  classAlpha: kappa, classKappa: kappa, tagAlpha: kappa, tagKappa: kappa,
  alone: z.array(LoneShapeSchema),
})
export type AgreementFigures = z.infer<typeof AgreementFiguresSchema>

/** One person's newest result on an image. */
export const ComparedResultSchema = z.object({ annotator: UserIdSchema, revisionId: RevisionIdSchema, taskId: TaskIdSchema })
export type ComparedResult = z.infer<typeof ComparedResultSchema>

/** Who labelled the image of a task, by name; how far they agree is missing where that is only one. */
export const AgreementReportSchema = z.object({ results: z.array(ComparedResultSchema), figures: AgreementFiguresSchema.optional() })
export type AgreementReport = z.infer<typeof AgreementReportSchema>
