import { z } from 'zod'

/** What a point is to readers of the contract: a custom check has no JSON schema of its own. */
const AS_JSON_SCHEMA = { readOnly: true, type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }], items: false, minItems: 2, maxItems: 2 }

/**
 * A place in the image as [x, y], in image pixels; the origin is the top-left corner of the top-left pixel, y grows downwards. A large task has a million of
 * them, so they are checked as they are, where a tuple would be copied into an array of four times the size.
 */
export const PointSchema = z.custom<readonly [number, number]>(isPoint, 'A point is two numbers').meta(AS_JSON_SCHEMA)
export type Point = z.infer<typeof PointSchema>

function isPoint(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && Number.isFinite(value[0]) && Number.isFinite(value[1])
}
