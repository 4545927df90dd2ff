import { JournalEntrySchema } from '../../../shared/domain/draft.ts'
import type { JournalEntry } from '../../../shared/domain/draft.ts'

/** A line of a journal, and how many characters it takes. */
export interface SourcedLine { readonly entry: JournalEntry; readonly size: number }

/** Where a journal is read from: its lines are numbered from 1 without a gap, and `length` is the number of the last one. */
export interface JournalSource {
  readonly length: number
  /** The lines after number `after`, in order, at most `limit`. @throws Error when one cannot be read. */
  read(after: number, limit: number): readonly SourcedLine[]
}

/** A journal given as JSON Lines, one line each, as another device sends it. A line is parsed when it is asked for. @throws Error (on reading) when one is not the line of its number. */
export function sourceOfLines(lines: readonly string[]): JournalSource {
  return {
    length: lines.length,
    read: (after, limit) => lines.slice(after, after + limit).map((line, index) => {
      const entry = JournalEntrySchema.parse(JSON.parse(line))
      if (entry.seq !== after + index + 1) throw new Error(`Journal line ${after + index + 1} has the number ${entry.seq}`)
      return { entry, size: line.length }
    }),
  }
}
