import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportDetails, exportLabels } from '../../../../electron/engine/work/exportLabels.ts'
import { workspaceExportSource } from '../../../../electron/engine/work/exportLabelsSource.ts'
import type { ExportRequest, ExportSource } from '../../../../electron/engine/work/exportLabelsSource.ts'
import { skipTask } from '../../../../electron/engine/work/skipTask.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import type { Asset } from '../../../../shared/domain/asset.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { ProjectIdSchema, RevisionIdSchema, SchemaHashSchema } from '../../../../shared/domain/ids.ts'
import type { SchemaHash } from '../../../../shared/domain/ids.ts'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import { readCoco } from '../../../../shared/formats/coco/readCoco.ts'
import { CocoFileSchema } from '../../../../shared/formats/coco/schema.ts'
import { A_LABEL_SCHEMA, A_SCHEMA_HASH, adding, anAsset, aProject, aShape, aTask, firstChanges, taskId, updating } from '../../../builders/records.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { aWorkspace, aWorkspaceWithTasks, edit, hashOf, pull } from '../../../builders/workspace.ts'
import type { TestWorkspace } from '../../../builders/workspace.ts'
import { mountMemory } from '../db/mountMemory.ts'

const [one, two, three] = [taskId('task-1'), taskId('task-2'), taskId('task-3')]
const NEVER = new AbortController().signal
const noProgress = () => {}
const noImages = async () => undefined

function requestFor(directory: string, fields: Partial<ExportRequest> = {}): ExportRequest {
  return { format: 'coco', directory, include: 'submitted', includeImages: false, ...fields }
}

function run(workspace: TestWorkspace, request: ExportRequest, readImage: ExportSource['readImage'] = noImages, signal = NEVER) {
  return exportLabels(workspaceExportSource(workspace.db, request, readImage), request, signal, noProgress)
}

function label(workspace: TestWorkspace, task = one, ...shapes: Parameters<typeof aShape>) {
  edit(workspace, adding(aShape(...shapes)), task)
  const result = submitTask(workspace, task, 0)
  if (result.kind !== 'submitted') throw new Error(JSON.stringify(result.violations))
  return result
}

function cocoIn(folder: string) {
  return CocoFileSchema.parse(JSON.parse(readFileSync(join(folder, 'annotations.json'), 'utf8')))
}

/** Tasks without a database, each with one box. */
function aSource(count: number, fields: Partial<ExportSource> = {}): ExportSource {
  const projectId = ProjectIdSchema.parse('project-1')
  function* tasks() {
    for (let number = 1; number <= count; number += 1) {
      const asset = anAsset({ id: `asset-${number}`, name: `street-${number}.jpg` })
      const revision = { id: RevisionIdSchema.parse(number.toString(16).padStart(64, '0')), createdAt: aShape().createdAt }
      yield { taskId: taskId(`task-${number}`), projectId, schemaHash: A_SCHEMA_HASH, read: () => ({ asset, content: { kind: 'labels' as const, shapes: [aShape()], tags: [], revision } }) }
    }
  }
  return { count: () => count, tasks, leadingSchema: () => A_SCHEMA_HASH, schema: () => A_LABEL_SCHEMA, readImage: noImages, ...fields }
}

describe('what is exported', () => {
  it('is the newest result that was handed in, and nothing of tasks without one', async () => {
    const workspace = aWorkspaceWithTasks(3)
    label(workspace, one, { id: 'old' })
    const newest = label(workspace, one, { id: 'new', geometry: { kind: 'point', x: 5, y: 6 } })
    edit(workspace, adding(aShape({ id: 'later' })), one)
    edit(workspace, adding(aShape()), two)
    const folder = temporaryFolder()
    expect(await run(workspace, requestFor(folder))).toEqual({ files: 1, images: 1, shapes: 2, skipped: [] })
    const { images, annotations, categories, info } = cocoIn(folder)
    expect(images).toMatchObject([{ file_name: 'street-1.jpg', width: 640, height: 480, origin: { taskId: one, imageName: 'street-1.jpg', revision: { id: newest.revisionId } } }])
    expect(annotations.map(({ bbox }) => bbox)).toEqual([[5, 6, 0, 0], [10, 20, 30, 40]])
    expect(categories.map(({ id, name }) => [id, name])).toEqual([[1, 'Car'], [2, 'Person']])
    expect(info).toMatchObject({ schema_hashes: [A_SCHEMA_HASH], revision_ids: [newest.revisionId], date_created: newest.at })
    expect(readdirSync(folder)).toEqual(['annotations.json'])
  })

  it('is with drafts what the task is now, but not an empty draft', async () => {
    const workspace = aWorkspaceWithTasks(3)
    label(workspace, one)
    edit(workspace, updating(aShape(), aShape({ geometry: { kind: 'rectangle', x: 1, y: 1, width: 2, height: 2 } })), one)
    edit(workspace, adding(aShape({ id: 'draft' })), two)
    edit(workspace, adding({ type: 'imageTags', id: 'image-tags', tags: [] }), three)
    const folder = temporaryFolder()
    expect(await run(workspace, requestFor(folder, { include: 'all' }))).toEqual({ files: 1, images: 2, shapes: 2, skipped: [{ taskId: three, reason: 'The draft is empty' }] })
    expect(cocoIn(folder).annotations.map(({ bbox }) => bbox)).toEqual([[1, 1, 2, 2], [10, 20, 30, 40]])
    expect(cocoIn(folder).info.revision_ids).toEqual([])
  })

  it('leaves out, with the reason, what was passed over, what another device holds, and what breaks the format', async () => {
    const workspace = aWorkspace()
    pull(workspace, firstChanges(3, (number) => (number === 3 ? { state: 'submitted', headRevision: 'e'.repeat(64) } : {})))
    skipTask(workspace, one, 0, 'too dark')
    label(workspace, two, { geometry: { kind: 'polyline', points: [[1, 1], [5, 5]] } })
    expect((await run(workspace, requestFor(temporaryFolder()))).skipped).toEqual([
      { taskId: one, reason: 'Skipped by the annotator: too dark' },
      { taskId: two, reason: 'Shapes left out: 1 polyline (COCO cannot hold it)' },
      { taskId: three, reason: 'The result was handed in on another device and is not on this one' },
    ])
  })

  it('can be narrowed to one project or one version of the label schema', async () => {
    const workspace = aWorkspaceWithTasks(1)
    label(workspace)
    const other = requestFor(temporaryFolder(), { projectId: ProjectIdSchema.parse('project-2') })
    expect(await run(workspace, other)).toMatchObject({ images: 0 })
    expect(cocoIn(other.directory).images).toEqual([])
    expect(await run(workspace, requestFor(temporaryFolder(), { schemaHash: SchemaHashSchema.parse('f'.repeat(64)) }))).toMatchObject({ images: 0 })
    expect(await run(workspace, requestFor(temporaryFolder(), { schemaHash: A_SCHEMA_HASH, projectId: ProjectIdSchema.parse('project-1') }))).toMatchObject({ images: 1 })
  })

  it('joins the classes of several label schema versions, that of the project first', async () => {
    const next = LabelSchemaSchema.parse({ ...A_LABEL_SCHEMA, classes: [{ ...A_LABEL_SCHEMA.classes[1], name: 'Pedestrian' }] })
    const nextHash: SchemaHash = SchemaHashSchema.parse(hashOf(Buffer.from(canonicalJson(next))))
    const workspace = aWorkspaceWithTasks(1)
    edit(workspace, adding(aShape(), aShape({ id: 'car', classId: 'car', attributes: { view: 'front' }, order: 2 })))
    submitTask(workspace, one, 0)
    pull(workspace, [
      { kind: 'labelSchema', op: 'upsert', seq: 10, hash: nextHash, record: next },
      { kind: 'project', op: 'upsert', seq: 11, record: aProject({ schemaHash: nextHash }) },
      { kind: 'asset', op: 'upsert', seq: 12, record: anAsset({ id: 'asset-2' }) },
      { kind: 'task', op: 'upsert', seq: 13, record: aTask({ id: 'task-2', assetId: 'asset-2', schemaHash: nextHash }) },
    ])
    label(workspace, two)
    const folder = temporaryFolder()
    await run(workspace, requestFor(folder))
    const { categories, annotations, info } = cocoIn(folder)
    expect(categories.map(({ id, name }) => [id, name])).toEqual([[1, 'Pedestrian'], [2, 'Car']])
    expect(annotations.map((each) => [each.image_id, each.category_id])).toEqual([[1, 1], [1, 2], [2, 1]])
    expect(info.schema_hashes).toEqual([A_SCHEMA_HASH, nextHash].sort())
  })

  it('says so of tasks whose label schema this program cannot use', async () => {
    const request = requestFor(temporaryFolder())
    const result = await exportLabels(aSource(1, { schema: () => undefined }), request, NEVER, noProgress)
    expect(result).toMatchObject({ images: 0, skipped: [{ taskId: one, reason: `The label schema ${A_SCHEMA_HASH} is missing or unknown to this version` }] })
  })
})

describe('the files', () => {
  it('of YOLO are labels for each image, also an empty one, and the classes', async () => {
    const workspace = aWorkspaceWithTasks(2)
    label(workspace, one)
    edit(workspace, adding({ type: 'imageTags', id: 'image-tags', tags: [] }), two)
    submitTask(workspace, two, 0)
    const folder = join(temporaryFolder(), 'new', 'folder')
    expect(await run(workspace, requestFor(folder, { format: 'yolo' }))).toEqual({ files: 4, images: 2, shapes: 1, skipped: [] })
    expect(readFileSync(join(folder, 'labels/street-1.txt'), 'utf8')).toBe('1 0.03906250 0.08333333 0.04687500 0.08333333\n')
    expect(readFileSync(join(folder, 'labels/street-2.txt'), 'utf8')).toBe('')
    expect(readFileSync(join(folder, 'classes.txt'), 'utf8')).toBe('Car\nPerson\n')
    expect(readFileSync(join(folder, 'data.yaml'), 'utf8')).toContain(`# label schema ${A_SCHEMA_HASH}\n`)

    writeFileSync(join(folder, 'labels/mine.txt'), 'mine')
    label(workspace, two, { id: 'second' })
    expect(await run(workspace, requestFor(folder, { format: 'yolo' }))).toMatchObject({ files: 4, shapes: 2 })
    expect(readFileSync(join(folder, 'labels/street-2.txt'), 'utf8')).toMatch(/^1 /)
    expect(readdirSync(join(folder, 'labels')).sort()).toEqual(['mine.txt', 'street-1.txt', 'street-2.txt'])
  })

  it('are the same bytes for the same labels, and replace those of an earlier export only', async () => {
    const workspace = aWorkspaceWithTasks(1)
    label(workspace)
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    await run(workspace, requestFor(folder))
    const first = readFileSync(join(folder, 'annotations.json'))
    await run(workspace, requestFor(folder))
    expect(readFileSync(join(folder, 'annotations.json')).equals(first)).toBe(true)
    expect(readCoco(first.toString()).images[0]?.shapes).toHaveLength(1)
    expect(readdirSync(folder).sort()).toEqual(['annotations.json', 'notes.txt'])
  })

  it('hold the images that are cached, and never write over a picture of the same name', async () => {
    const workspace = aWorkspaceWithTasks(2)
    label(workspace, one)
    label(workspace, two)
    const request = requestFor(temporaryFolder(), { includeImages: true })
    const readImage = async ({ id }: Asset) => (id === 'asset-1' ? Buffer.from('pixels') : undefined)
    const first = await run(workspace, request, readImage)
    expect(first).toEqual({ files: 2, images: 2, shapes: 2, skipped: [{ taskId: two, reason: 'The image is not on this computer as one file, so only its labels were written' }] })
    expect(readFileSync(join(request.directory, 'images/street-1.jpg'), 'utf8')).toBe('pixels')
    expect(await run(workspace, request, readImage)).toEqual(first)

    expect(readdirSync(join(request.directory, 'images'))).toEqual(['.fieldmark-export.json', 'street-1.jpg'])

    writeFileSync(join(request.directory, 'images/street-1.jpg'), 'a picture of my own')
    await expect(run(workspace, request, readImage)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('street-1.jpg') as unknown })
    expect(readFileSync(join(request.directory, 'images/street-1.jpg'), 'utf8')).toBe('a picture of my own')
  })
})

it('takes the list of tiles of a tiled image for no picture', async () => {
  const workspace = aWorkspaceWithTasks(1)
  label(workspace)
  const tileSource = { kind: 'dzi', filesKey: 'tiles', manifestKey: 'tiles.json', manifestSha256: 'a'.repeat(64), format: 'jpg', tileSize: 256, overlap: 0, maxLevel: 10 }
  pull(workspace, [{ kind: 'asset', op: 'upsert', seq: 20, record: anAsset({ tileSource }) }])
  const request = requestFor(temporaryFolder(), { includeImages: true })
  expect(await run(workspace, request, async () => Buffer.from('{"tiles":{}}'))).toMatchObject({ files: 1, images: 1, skipped: [{ taskId: one }] })
  expect(readdirSync(request.directory)).toEqual(['annotations.json'])
})

describe('an export that cannot be finished', () => {
  it.each(['coco', 'yolo', 'yoloPose'] as const)('leaves the folder as it was when it is cancelled (%s)', async (format) => {
    const folder = temporaryFolder()
    const controller = new AbortController()
    writeFileSync(join(folder, 'annotations.json'), 'earlier')
    const work = exportLabels(aSource(5000), requestFor(folder, { format }), controller.signal, (done) => { if (done >= 2500) controller.abort() })
    await expect(work).rejects.toMatchObject({ name: 'AbortError' })
    expect(readdirSync(folder)).toEqual(['annotations.json'])
    expect(readFileSync(join(folder, 'annotations.json'), 'utf8')).toBe('earlier')
  })

  it.for(['coco', 'yolo'] as const)('says that the disk is full, and frees what it took (%s)', async (format, context) => {
    let filled: Promise<void> | undefined
    mountMemory.test('1m', (folder) => {
      const labels = join(folder, 'labels')
      filled = expect(exportLabels(aSource(5000), requestFor(labels, { format }), NEVER, noProgress)).rejects.toMatchObject({ code: 'diskFull' })
        .then(() => { expect(readdirSync(labels)).toEqual([]) })
    })(context)
    await filled
  })

  it('says that the file system cannot be written', async (context) => {
    let refused: Promise<void> | undefined
    mountMemory.test('1m', (folder) => {
      mountMemory.makeReadOnly(folder)
      refused = expect(exportLabels(aSource(1), requestFor(folder), NEVER, noProgress)).rejects.toMatchObject({ code: 'readOnly' })
    })(context)
    await refused
  })

  it('says that a file stands where a folder belongs', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    await expect(exportLabels(aSource(1), requestFor(join(folder, 'file')), NEVER, noProgress)).rejects.toMatchObject({ code: 'invalidRequest' })
    mkdirSync(join(folder, 'annotations.json'))
    await expect(exportLabels(aSource(1), requestFor(folder), NEVER, noProgress)).rejects.toMatchObject({ code: 'invalidRequest' })
    expect(existsSync(join(folder, 'annotations.json'))).toBe(true)
  })
})

it('lets others have their turn, and tells how far it is in about a hundred steps', async () => {
  let turns = 0
  const timer = setInterval(() => { turns += 1 }, 1)
  const steps: number[] = []
  try {
    const request = requestFor(temporaryFolder())
    expect(await exportLabels(aSource(5000), request, NEVER, (done, total) => { steps.push(done / total) })).toEqual({ files: 1, images: 5000, shapes: 5000, skipped: [] })
    expect(cocoIn(request.directory).annotations).toHaveLength(5000)
  } finally {
    clearInterval(timer)
  }
  expect(turns).toBeGreaterThan(5)
  expect(steps).toHaveLength(100)
  expect(steps.at(-1)).toBe(1)
})

it('tells the audit log what was exported, but not where to', () => {
  const request = requestFor('/home/ada/secret', { projectId: ProjectIdSchema.parse('project-1') })
  expect(exportDetails(request, { files: 1, images: 2, shapes: 3, skipped: [{ taskId: one, reason: 'x' }] })).toEqual({
    format: 'coco', include: 'submitted', includeImages: false, projectId: 'project-1', files: 1, images: 2, shapes: 3, skipped: 1,
  })
})
