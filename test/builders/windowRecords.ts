import { AssetSchema, type Asset } from '../../shared/domain/asset.ts'
import type { AssetId, Instant, ProjectId, RevisionId, SchemaHash, ShapeId, SubmissionId, TaskId } from '../../shared/domain/ids.ts'
import { LABEL_SCHEMA_FORMAT, LabelSchemaSchema, type LabelSchema } from '../../shared/domain/labelSchema.ts'
import { PredictionSchema, type Prediction } from '../../shared/domain/prediction.ts'
import { ShapeSchema, type Shape } from '../../shared/domain/shape.ts'
import { TaskSchema } from '../../shared/domain/task.ts'
import { OpenTaskSchema, type OpenTask } from '../../shared/rpc/openTask.ts'
import { OutboxRowSchema, type OutboxRow, type SyncStatus } from '../../shared/rpc/syncStatus.ts'
import { TaskRowSchema, type TaskRow } from '../../shared/rpc/taskRows.ts'

// What a component test or the window's harness shows: valid records with the few fields that matter given by the caller.

export const SOME_HASH = 'a'.repeat(64)
const projectId = 'people' as ProjectId
export const revisionId = 'b'.repeat(64) as RevisionId
export const at = (time: string): Instant => `2026-11-24T${time}.000Z` as Instant

export function syncStatus(over: Partial<SyncStatus> = {}): SyncStatus {
  return {
    phase: 'synced', workOffline: false, outbox: { waiting: 0, dead: 0 }, auditBacklog: 0, journalBacklog: 0,
    prefetch: { running: false, done: 0, total: 0, receivedBytes: 0, usedBytes: 48_000_000, budgetBytes: 20_000_000_000 },
    lastSyncAt: at('10:15:00'), ...over,
  }
}

export function taskRow(number: number, over: Partial<TaskRow> = {}): TaskRow {
  return TaskRowSchema.parse({
    id: `task-${number}`, projectId, assetId: `asset-${number}`, name: `photo-${String(number).padStart(4, '0')}.jpg`,
    standing: 'new', priority: 0, tags: { source: 'drone' }, shapeCount: 0, prefetch: 'ready', updatedAt: at('09:00:00'), ...over,
  })
}

export function outboxRow(number: number, over: Partial<OutboxRow> = {}): OutboxRow {
  return OutboxRowSchema.parse({
    submissionId: `submission-${number}` as SubmissionId, taskId: `task-${number}`, name: `photo-${String(number).padStart(4, '0')}.jpg`,
    revisionId, state: 'waiting', blobStored: false, attempts: 0, createdAt: at('10:00:00'), ...over,
  })
}

function labelSchema(): LabelSchema {
  return LabelSchemaSchema.parse({
    format: LABEL_SCHEMA_FORMAT,
    name: 'People',
    classes: [
      {
        id: 'face', name: 'Face', color: '#4dabf7', hotkey: '1', kinds: ['rectangle', 'polygon'],
        attributes: [
          { type: 'enum', id: 'expression', name: 'Expression', options: ['neutral', 'happy'], required: true },
          { type: 'boolean', id: 'occluded', name: 'Occluded', default: false },
          { type: 'number', id: 'age', name: 'Age', min: 0, max: 120 },
          { type: 'text', id: 'remark', name: 'Remark' },
        ],
      },
      { id: 'person', name: 'Person', color: '#51cf66', hotkey: '2', kinds: ['rectangle', 'polygon'] },
      { id: 'landmark', name: 'Landmark', color: '#ffd43b', hotkey: '3', kinds: ['point'] },
    ],
    imageTags: [{ id: 'crowd', name: 'Crowd' }, { id: 'blurred', name: 'Blurred' }],
  })
}

export function shape(id: string, over: Partial<Shape> = {}): Shape {
  return ShapeSchema.parse({
    type: 'shape', id: id as ShapeId, classId: 'face', geometry: { kind: 'rectangle', x: 100, y: 80, width: 120, height: 150 },
    provenance: { source: 'human' }, order: 1, createdBy: 'ada', createdAt: at('09:30:00'), ...over,
  })
}

export function prediction(): Prediction {
  return PredictionSchema.parse({
    id: 'prediction-1', taskId: 'task-1', model: 'ssd-mobilenet', modelVersion: '1.0',
    shapes: [
      { id: 'predicted-1', classId: 'face', geometry: { kind: 'rectangle', x: 300, y: 100, width: 90, height: 110 }, confidence: 0.92 },
      { id: 'predicted-2', classId: 'face', geometry: { kind: 'rectangle', x: 500, y: 120, width: 80, height: 100 }, confidence: 0.61 },
      { id: 'predicted-3', classId: 'person', geometry: { kind: 'rectangle', x: 280, y: 60, width: 200, height: 420 }, confidence: 0.34 },
    ],
  })
}

function asset(number: number): Asset {
  return AssetSchema.parse({
    id: `asset-${number}` as AssetId, projectId, name: `photo-${String(number).padStart(4, '0')}.jpg`, uri: `object:images/${number}.jpg`,
    sha256: SOME_HASH, size: 250_000, width: 800, height: 600, mediaType: 'image/jpeg',
  })
}

export function openTask(number: number, over: Partial<OpenTask> = {}): OpenTask {
  const picture = asset(number)
  return OpenTaskSchema.parse({
    task: TaskSchema.parse({
      id: `task-${number}` as TaskId, projectId, assetId: picture.id, schemaHash: SOME_HASH as SchemaHash, state: 'assigned', priority: 5, tags: { source: 'drone' },
    }),
    standing: 'new', asset: picture, schema: labelSchema(), predictions: [], records: [], undo: [], redo: [], journalSeq: 0, timeOnTaskMs: 0,
    prefetch: 'ready', image: { kind: 'whole', url: `fieldmark-data://image/${picture.sha256}`, width: 800, height: 600 }, ...over,
  })
}
