import type { z } from 'zod'

/** Reads a JSON column through its schema. @throws ZodError or SyntaxError when the column does not hold what it should. */
export function fromJson<S extends z.ZodType>(schema: S, text: string): z.output<S> {
  return schema.parse(JSON.parse(text))
}

/** As `fromJson`, for a column that may be NULL. */
export function fromNullableJson<S extends z.ZodType>(schema: S, text: string | null): z.output<S> | undefined {
  return text === null ? undefined : fromJson(schema, text)
}
