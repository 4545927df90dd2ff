import { readFile } from 'node:fs/promises'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { DraftDiff } from '../../../shared/domain/draft.ts'
import { instantOf, ShapeIdSchema, TaskIdSchema, type TaskId } from '../../../shared/domain/ids.ts'
import { ShapeSchema, type Shape } from '../../../shared/domain/shape.ts'
import type { OpenTask, SubmitResult } from '../../../shared/rpc/openTask.ts'
import { openWholeTask } from '../../../shared/rpc/taskContent.ts'
import type { TaskRow } from '../../../shared/rpc/taskRows.ts'
import type { Engine } from '../../engine/engine.ts'
import { CliError, EXIT } from '../exitCodes.ts'
import { print } from '../output.ts'
import { withEngine } from '../workspace.ts'

interface TaskOptions { workspace: string; json?: boolean }

/** A shape as a person writes it in a file: where and what; the rest is filled in. */
const WrittenShapesSchema = z.array(ShapeSchema.pick({ classId: true, geometry: true, attributes: true }))

/** @throws CliError when it cannot be the id of a task. */
export function taskIdOf(text: string): TaskId {
  const id = TaskIdSchema.safeParse(text)
  if (!id.success) throw new CliError(EXIT.usage, `${text} is not a task id`)
  return id.data
}

/** The queue, one line a task. */
export function list(options: TaskOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const rows = await allTasks(engine)
    print(options, { rows, total: rows.length }, () => rows.map((row) => `${row.id}  ${row.standing}  ${row.prefetch}  ${row.shapeCount} shapes  ${row.name}`))
  })
}

async function allTasks(engine: Engine): Promise<TaskRow[]> {
  const rows: TaskRow[] = []
  for (;;) {
    const page = await engine.call('tasks.query', { query: {}, offset: rows.length, limit: 1000 })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows
  }
}

async function wholeTask(engine: Engine, taskId: TaskId): Promise<OpenTask> {
  return openWholeTask((channel, request) => engine.call(channel, request), taskId)
}

/** One task with its draft, predictions and problem. */
export function show(id: string, options: TaskOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const open = await wholeTask(engine, taskIdOf(id))
    print(options, open, () => [
      `${open.task.id}: ${open.asset.name}, ${open.asset.width} x ${open.asset.height} px, ${open.standing}`,
      `Image: ${open.prefetch}${open.problem ? `, ${open.problem.code}: ${open.problem.detail}` : ''}`,
      `Draft: ${open.records.filter((record) => record.type === 'shape').length} shapes, ${open.journalSeq} edits`,
      `Predictions: ${open.predictions.reduce((count, prediction) => count + prediction.shapes.length, 0)} shapes`,
    ])
  })
}

/** Adds the shapes of a file to a task's draft as one edit that can be undone. */
export function annotate(id: string, options: TaskOptions & { file: string }): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const taskId = taskIdOf(id)
    const open = await wholeTask(engine, taskId)
    const { user } = await engine.call('workspace.info', {})
    const highest = Math.max(0, ...open.records.map((record) => (record.type === 'shape' ? record.order : 0)))
    const shapes = (await readShapes(options.file)).map((written, index): Shape => ({
      ...written, type: 'shape', id: ShapeIdSchema.parse(uuidv7()), provenance: { source: 'human' }, order: highest + 1 + index,
      createdBy: user.id, createdAt: instantOf(Date.now()),
    }))
    if (shapes.length === 0) throw new CliError(EXIT.invalidLabels, `${options.file} holds no shapes`)
    const diff: DraftDiff = { added: Object.fromEntries(shapes.map((shape) => [shape.id, shape])), updated: {}, removed: {} }
    const saved = await engine.call('tasks.commit', { taskId, afterSeq: open.journalSeq, lines: [{ kind: 'edit', name: 'import', diff }], timeOnTaskMs: open.timeOnTaskMs })
    print(options, { taskId, added: shapes.length, ...saved }, () => [`Added ${shapes.length} shapes to ${taskId}`])
  })
}

async function readShapes(file: string): Promise<z.infer<typeof WrittenShapesSchema>> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new CliError(EXIT.invalidLabels, `${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  const shapes = WrittenShapesSchema.safeParse(content)
  if (!shapes.success) throw new CliError(EXIT.invalidLabels, `${file} does not hold a list of shapes:\n${z.prettifyError(shapes.error)}`)
  return shapes.data
}

/** Freezes the draft as a revision and puts it into the outbox; `sync` sends it. */
export function submit(id: string, options: TaskOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const taskId = taskIdOf(id)
    const open = await engine.call('tasks.open', { taskId })
    const result: SubmitResult = await engine.call('tasks.submit', { taskId, timeOnTaskMs: open.timeOnTaskMs })
    print(options, result, () => (result.kind === 'submitted'
      ? [`Submitted ${taskId} as revision ${result.revisionId}; waiting in the outbox as ${result.submissionId}`]
      : result.violations.map((violation) => `${violation.rule}: ${violation.subject}${violation.shapeId === undefined ? '' : ` (shape ${violation.shapeId})`}`)))
    if (result.kind === 'invalid') throw new CliError(EXIT.invalidLabels, `${taskId} breaks its label schema and stays a draft`)
  })
}
