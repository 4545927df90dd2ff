import { DraftRecordSchema } from '../../../shared/domain/draft.ts'
import type { DraftDiff, DraftRecord } from '../../../shared/domain/draft.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { HistoryStacks } from '../../../shared/domain/journal.ts'
import { PredictionSchema } from '../../../shared/domain/prediction.ts'
import type { Prediction } from '../../../shared/domain/prediction.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { HistoryEntry, TaskContent, TaskContentPart } from '../../../shared/rpc/openTask.ts'
import { appendContent } from '../../../shared/rpc/taskContent.ts'
import { fromJson } from '../db/json.ts'
import { draftTexts } from '../db/repositories/drafts.ts'
import { journalSizes, readJournalLine } from '../db/repositories/journal.ts'
import { predictionTexts } from '../db/repositories/predictions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'

/** About so many characters of JSON go into a part: a thousand polygons, which the window reads within a frame. */
const PART_SIZE = 400_000
/** So many tasks can be read at the same time; the reading that began first is given up for another. */
const MOST_READINGS = 4
/** A reading whose next part is not asked for within this time (milliseconds) is given up, for it holds the whole task. */
const PATIENCE_MS = 60_000

interface Piece { readonly content: TaskContent; readonly size: number }
interface Reading { readonly id: number; readonly parts: Iterator<TaskContentPart, undefined>; ahead: TaskContentPart | undefined; failure?: Error; patience?: NodeJS.Timeout }

const readings = new WeakMap<WorkDatabase, Reading[]>()
let lastId = 0

/** Begins to read the content of a task, and answers its first part. */
export function firstContent(db: WorkDatabase, taskId: TaskId, stacks: HistoryStacks): TaskContentPart {
  lastId += 1
  const parts = partsOf(db, taskId, stacks, lastId)
  const first: TaskContentPart = parts.next().value ?? nothing()
  if (first.next === undefined) return first
  const reading: Reading = { id: lastId, parts, ahead: undefined }
  readings.set(db, [...(readings.get(db) ?? []), reading].slice(-MOST_READINGS))
  prepare(db, reading)
  return first
}

/** The next part of a reading that has begun. @throws RpcError conflict when it is not known, or what was read has gone meanwhile. */
export function nextContent(db: WorkDatabase, id: number): TaskContentPart {
  const open = readings.get(db) ?? []
  const reading = open.find((each) => each.id === id)
  const part = reading && (reading.ahead ?? reading.parts.next().value)
  if (reading?.failure !== undefined) throw reading.failure
  if (reading === undefined || part === undefined) throw new RpcError('conflict', `Reading ${id} is not under way: open the task again`)
  reading.ahead = undefined
  clearTimeout(reading.patience)
  if (part.next === undefined) forget(db, reading)
  else prepare(db, reading)
  return part
}

/** Makes the next part while the window reads the one before. What goes wrong is told when the part is asked for. */
function prepare(db: WorkDatabase, reading: Reading): void {
  reading.patience = setTimeout(() => { forget(db, reading) }, PATIENCE_MS).unref()
  setImmediate(() => {
    try {
      reading.ahead ??= reading.parts.next().value
    } catch (error) {
      reading.failure = error instanceof Error ? error : new Error(String(error))
    }
  })
}

function forget(db: WorkDatabase, reading: Reading): void {
  readings.set(db, (readings.get(db) ?? []).filter((each) => each !== reading))
}

/** Records and predictions are taken from the database at once, as text, so that all parts are of one moment; lines of the journal never change. */
function partsOf(db: WorkDatabase, taskId: TaskId, stacks: HistoryStacks, reading: number): Iterator<TaskContentPart, undefined> {
  const records = draftTexts(db, taskId)
  const predictions = predictionTexts(db, taskId)
  const sizes = journalSizes(db, taskId)
  const total = [...records, ...predictions].reduce((sum, { length }) => sum + length, 0) + [...stacks.undo, ...stacks.redo].reduce((sum, seq) => sum + (sizes.get(seq) ?? 0), 0)
  return inParts(pieces(), reading, total)

  function* pieces(): Generator<Piece> {
    for (const text of records) yield { content: { ...nothing(), records: [fromJson(DraftRecordSchema, text)] }, size: text.length }
    for (const text of predictions) yield* spread(inShapes(fromJson(PredictionSchema, text)), text.length)
    for (const stack of ['undo', 'redo'] as const) {
      for (const seq of stacks[stack]) yield* spread(inRecords(stack, historyEntry(db, taskId, seq)), sizes.get(seq) ?? 0)
    }
  }
}

function* inParts(pieces: Iterable<Piece>, reading: number, total: number): Generator<TaskContentPart, undefined> {
  let part = nothing()
  let [size, done] = [0, 0]
  for (const piece of pieces) {
    if (size > 0 && size + piece.size > PART_SIZE) {
      done += size
      yield { ...part, next: { reading, share: Math.min(1, done / total) } }
      part = nothing()
      size = 0
    }
    appendContent(part, piece.content)
    size += piece.size
  }
  yield part
  return undefined
}

/** Gives each piece its share of the characters. */
function spread(contents: readonly TaskContent[], size: number): Piece[] {
  return contents.map((content) => ({ content, size: size / contents.length }))
}

function inShapes(prediction: Prediction): TaskContent[] {
  const of = (shapes: Prediction['shapes']): TaskContent => ({ ...nothing(), predictions: [{ ...prediction, shapes }] })
  return [of([]), ...prediction.shapes.map((shape) => of([shape]))]
}

function inRecords(stack: 'undo' | 'redo', { seq, name, diff }: HistoryEntry): TaskContent[] {
  const of = (part: Partial<DraftDiff>): TaskContent => ({ ...nothing(), [stack]: [{ seq, name, diff: { added: {}, updated: {}, removed: {}, ...part } }] })
  const each = <T>(records: Record<string, T>, key: keyof DraftDiff) => Object.entries(records).map(([id, record]) => of({ [key]: { [id]: record } }))
  return [of({}), ...each<DraftRecord>(diff.added, 'added'), ...each(diff.updated, 'updated'), ...each<DraftRecord>(diff.removed, 'removed')]
}

function historyEntry(db: WorkDatabase, taskId: TaskId, seq: number): HistoryEntry {
  const entry = readJournalLine(db, taskId, seq)
  if (entry?.kind !== 'edit') throw new RpcError('conflict', `Journal line ${seq} of ${taskId} is no edit any more: open the task again`)
  return { seq, name: entry.name, diff: entry.diff }
}

function nothing(): TaskContent {
  return { records: [], predictions: [], undo: [], redo: [] }
}
