import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Asset } from '../../../shared/domain/asset.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { AuditPayload } from '../../../shared/domain/auditEvent.ts'
import type { ProjectId, SchemaHash } from '../../../shared/domain/ids.ts'
import { labelledShapes, unionOfClasses } from '../../../shared/formats/datasetClasses.ts'
import type { DatasetClasses } from '../../../shared/formats/datasetClasses.ts'
import { createFileNames } from '../../../shared/formats/fileNames.ts'
import type { LeftOutShape } from '../../../shared/formats/labelledImage.ts'
import type { ResponseOf } from '../../../shared/rpc/channels.ts'
import { exportInto } from './exportLabelsFolder.ts'
import type { ExportFolder } from './exportLabelsFolder.ts'
import { cocoSink, yoloPoseSink, yoloSink } from './exportLabelsFormats.ts'
import type { ExportSink } from './exportLabelsFormats.ts'
import { describeLeftOut } from './exportLabelsReasons.ts'
import type { ExportContent, ExportLabels, ExportRequest, ExportSource, ExportTask } from './exportLabelsSource.ts'

export type ExportResult = ResponseOf<'export.run'>

/** Milliseconds of work after which others get their turn. */
const TURN_MS = 15

/** Lets go of the event loop where it has been held for long. @throws the signal's reason when it is aborted. */
type Pause = () => Promise<void>

interface Run {
  readonly source: ExportSource
  readonly request: ExportRequest
  readonly folder: ExportFolder
  readonly classes: DatasetClasses
  readonly sink: ExportSink
  readonly fileNameOf: ReturnType<typeof createFileNames>
  readonly result: ExportResult
}

/**
 * Writes labels into `request.directory`: COCO as `annotations.json`, YOLO as `labels/`, `data.yaml` and `classes.txt`; with `includeImages` also `images/` from
 * the cache, marked as copies (see `COPIES_MARKER`). Files of an earlier export are replaced, images never; other files are left alone. Categories are the classes of every label schema version
 * that occurs, that of the project as it is now first (see `unionOfClasses`), the others in the order of their hashes.
 * `skipped` says of each task why it, its image or some of its shapes are missing. One task's labels are in memory at a time.
 * @throws RpcError diskFull, readOnly, notAllowed, notFound, conflict or invalidRequest; the signal's reason when it is aborted: then nothing in the directory has changed.
 */
export async function exportLabels(source: ExportSource, request: ExportRequest, signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<ExportResult> {
  const pause = createPause(signal)
  const result: ExportResult = { files: 0, images: 0, shapes: 0, skipped: [] }
  const schemas = await schemasInUse(source, request, pause)
  const classes = unionOfClasses([...schemas].map(([projectId, hashes]) => ({ projectId, schemas: [...hashes].flatMap((hash) => source.schema(hash) ?? []) })))
  const files = await exportInto(request.directory, async (folder) => {
    const hashes = new Set([...schemas.values()].flatMap((ofProject) => [...ofProject]))
    const sink = await sinkFor(request.format, folder, classes, [...hashes])
    try {
      await addTasks({ source, request, folder, classes, sink, fileNameOf: createFileNames(), result }, pause, onProgress)
      await sink.finish()
    } finally {
      await sink.close()
    }
    signal.throwIfAborted()
  })
  return { ...result, files }
}

async function sinkFor(format: ExportRequest['format'], folder: ExportFolder, { classes }: DatasetClasses, hashes: readonly SchemaHash[]): Promise<ExportSink> {
  switch (format) {
    case 'coco': return cocoSink(folder, classes)
    case 'yolo': return yoloSink(folder, classes, hashes)
    case 'yoloPose': return yoloPoseSink(folder, classes, hashes)
    default: return assertNever(format, 'export format')
  }
}

/** What the audit log keeps of an export. The path stays here: it is nobody else's business. */
export function exportDetails({ format, include, includeImages, projectId, schemaHash }: ExportRequest, { files, images, shapes, skipped }: ExportResult): AuditPayload['details'] {
  return {
    format, include, includeImages, files, images, shapes, skipped: skipped.length,
    ...(projectId === undefined ? {} : { projectId }), ...(schemaHash === undefined ? {} : { schemaHash }),
  }
}

function createPause(signal: AbortSignal): Pause {
  let last = performance.now()
  return async () => {
    signal.throwIfAborted()
    if (performance.now() - last < TURN_MS) return
    await nextTurn()
    signal.throwIfAborted()
    last = performance.now()
  }
}

/**
 * The label schema versions of each project in the order in which their classes are numbered. The one in use now leads even when no labels are made by it
 * yet, or the numbers would change with the first that are; a request for one version has only that.
 */
async function schemasInUse(source: ExportSource, { schemaHash }: ExportRequest, pause: Pause): Promise<Map<ProjectId, readonly SchemaHash[]>> {
  const found = new Map<ProjectId, Set<SchemaHash>>()
  for (const task of source.tasks()) {
    await pause()
    if (task === undefined) continue
    const hashes = found.get(task.projectId) ?? new Set()
    found.set(task.projectId, hashes.add(task.schemaHash))
  }
  const projects = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(projects.map(([projectId, hashes]) => {
    const leading = schemaHash ?? source.leadingSchema(projectId)
    const others = [...hashes].filter((hash) => hash !== leading).sort()
    return [projectId, leading === undefined ? others : [leading, ...others]]
  }))
}

async function addTasks(run: Run, pause: Pause, onProgress: (done: number, total: number) => void): Promise<void> {
  const total = run.source.count()
  // A hundred steps are seen; a message for each of 100,000 tasks is only work.
  const step = Math.max(1, Math.floor(total / 100))
  let done = 0
  for (const task of run.source.tasks()) {
    await pause()
    if (task !== undefined) await addTask(run, task)
    done += 1
    if (done % step === 0 || done === total) onProgress(done, total)
  }
}

async function addTask(run: Run, task: ExportTask): Promise<void> {
  const { asset, content } = task.read()
  const skip = (reason: string) => { run.result.skipped.push({ taskId: task.taskId, reason }) }
  if (content.kind !== 'labels') return skip(reasonWithoutLabels(content))
  if (run.source.schema(task.schemaHash) === undefined) return skip(`The label schema ${task.schemaHash} is missing or unknown to this version`)
  if (asset === undefined) return skip('The image has not been announced')
  const reasons = await addLabels(run, task, asset, content)
  if (reasons.length > 0) skip(reasons.join('; '))
}

/** Answers what of the task is missing from the export. */
async function addLabels({ source, request, folder, classes, sink, fileNameOf, result }: Run, task: ExportTask, asset: Asset, content: ExportLabels): Promise<string[]> {
  const { width, height, name, sha256: imageSha256 } = asset
  const { stem, fileName } = fileNameOf(asset)
  const { shapes, leftOut: unknown } = labelledShapes(content.shapes, (classId) => classes.categoryOf(task.projectId, classId))
  const origin = {
    taskId: task.taskId, imageName: name, imageSha256, schemaHash: task.schemaHash, ...(content.revision === undefined ? {} : { revision: content.revision }),
  }
  const { written, leftOut } = await sink.add({ fileName, width, height, tags: content.tags, shapes, origin }, stem)
  result.images += 1
  result.shapes += written
  const missing: LeftOutShape[] = [...unknown, ...leftOut]
  const reasons = missing.length === 0 ? [] : [describeLeftOut(missing, request.format)]
  if (request.includeImages && !(await copyImage(source, folder, asset, fileName))) reasons.push('The image is not on this computer as one file, so only its labels were written')
  return reasons
}

async function copyImage(source: ExportSource, folder: ExportFolder, asset: Asset, fileName: string): Promise<boolean> {
  // The file of an image that storage holds in tiles is only the list of its tiles.
  const bytes = asset.tileSource.kind === 'whole' ? await source.readImage(asset) : undefined
  if (bytes === undefined) return false
  await folder.holdCopies('images')
  await folder.writeOnce(`images/${fileName}`, bytes)
  return true
}

function reasonWithoutLabels(content: Exclude<ExportContent, ExportLabels>): string {
  switch (content.kind) {
    case 'skipped': return content.reason === '' ? 'Skipped by the annotator' : `Skipped by the annotator: ${content.reason}`
    case 'emptyDraft': return 'The draft is empty'
    case 'elsewhere': return 'The result was handed in on another device and is not on this one'
    default: return assertNever(content, 'export content')
  }
}
