import { z } from 'zod'
import { ProblemError } from '../http/problems.ts'

/** Where somebody stands in the history of changes. Opaque to workstations: base64url of this as JSON. */
const CursorSchema = z.object({ epoch: z.string(), user: z.string(), seq: z.int().nonnegative() })
export type Cursor = z.infer<typeof CursorSchema>

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Reads a cursor back; none means the start. @throws ProblemError 410 cursorExpired when it is of another epoch, of somebody else, or not ours. */
export function readCursor(text: string | undefined, present: Cursor): Cursor {
  if (text === undefined) return { ...present, seq: 0 }
  const cursor = CursorSchema.safeParse(parse(text))
  const { epoch, user, seq } = present
  if (!cursor.success || cursor.data.epoch !== epoch || cursor.data.user !== user || cursor.data.seq > seq) {
    throw new ProblemError(410, 'cursorExpired', 'The cursor is not of this history: start over without one')
  }
  return cursor.data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined
  }
}
