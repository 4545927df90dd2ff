import { ChangeSchema, type Change, type PullEnvelope } from '../../../shared/api/records.ts'
import type { PulledPage, RefusedChange } from '../sync/ports.ts'

/** A record is a few levels deep; far deeper ones exhaust the stack of whoever writes them down again. */
const MOST_LEVELS = 40
/** Characters of text in one change. A prediction with many masks is the largest honest one. */
const MOST_CHARACTERS = 16 * 1024 * 1024
const LONGEST_NAME = 120
const LONGEST_REASON = 500

/** Parts the changes that are as agreed from the others, which are described so that people can be told. */
export function siftPage({ changes, ...page }: PullEnvelope): PulledPage {
  const sound: Change[] = []
  const refused: RefusedChange[] = []
  for (const change of changes) {
    const oddity = oddityOf(change)
    const parsed = oddity === undefined ? ChangeSchema.safeParse(change) : undefined
    if (parsed?.success) sound.push(parsed.data)
    else refused.push(describe(change, oddity ?? whatIsWrong(parsed?.error)))
  }
  return { ...page, changes: sound, ...(refused.length > 0 && { refused }) }
}

/**
 * What no schema looks at, in fields that are unknown here and kept all the same: text, numbers and depths that JSON can carry but that cannot be
 * stored or hashed again.
 */
function oddityOf(change: unknown): string | undefined {
  let characters = 0
  for (let level: unknown[] = [change], depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) return `nested deeper than ${MOST_LEVELS} levels`
    const below: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string') {
        characters += value.length
        // With the u flag a surrogate is found only where its other half is missing.
        if (/\p{Surrogate}/u.test(value)) return 'text that is no Unicode'
      } else if (typeof value === 'number' && !Number.isFinite(value)) return 'a number out of range'
      else if (Array.isArray(value)) for (const part of value as unknown[]) below.push(part)
      else if (typeof value === 'object' && value !== null) for (const [key, part] of Object.entries(value)) below.push(key, part)
    }
    if (characters > MOST_CHARACTERS) return `more than ${MOST_CHARACTERS} characters`
    level = below
  }
  return undefined
}

function whatIsWrong(error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } | undefined): string {
  const [first] = error?.issues ?? []
  return first === undefined ? 'unreadable' : `${first.path.map(String).join('.')}: ${first.message}`
}

function describe(change: unknown, reason: string): RefusedChange {
  const { kind, seq, id, hash, record } = fieldsOf(change)
  const known = typeof seq === 'number' && Number.isSafeInteger(seq) ? { seq } : {}
  return { kind: printable(kind, LONGEST_NAME), id: printable(id ?? hash ?? fieldsOf(record)['id'], LONGEST_NAME), reason: printable(reason, LONGEST_REASON), ...known }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** What a stranger sent is shown and logged in plain characters only. */
function printable(value: unknown, length: number): string {
  return typeof value === 'string' ? value.slice(0, length).replace(/[^\x20-\x7e]/g, '?') : '?'
}
