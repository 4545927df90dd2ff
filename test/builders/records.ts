import { createHash } from 'node:crypto'
import type { Change } from '../../shared/api/records.ts'
import { AssetSchema } from '../../shared/domain/asset.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import { canonicalJson } from '../../shared/domain/canonicalJson.ts'
import type { DraftDiff, DraftRecord } from '../../shared/domain/draft.ts'
import { ShapeSchema } from '../../shared/domain/shape.ts'
import type { Shape } from '../../shared/domain/shape.ts'
import { PredictionSchema } from '../../shared/domain/prediction.ts'
import type { Prediction } from '../../shared/domain/prediction.ts'
import { ProjectSchema } from '../../shared/domain/project.ts'
import type { Project } from '../../shared/domain/project.ts'
import { SchemaHashSchema, TaskIdSchema } from '../../shared/domain/ids.ts'
import type { TaskId } from '../../shared/domain/ids.ts'
import { LABEL_SCHEMA_FORMAT, LabelSchemaSchema } from '../../shared/domain/labelSchema.ts'
import type { LabelSchema } from '../../shared/domain/labelSchema.ts'
import { TaskSchema } from '../../shared/domain/task.ts'
import type { Task } from '../../shared/domain/task.ts'

/** A label schema of cars (rectangle or polygon, a required attribute) and people (points too). */
export const A_LABEL_SCHEMA: LabelSchema = LabelSchemaSchema.parse({
  format: LABEL_SCHEMA_FORMAT,
  name: 'Street',
  classes: [
    {
      id: 'car', name: 'Car', color: '#3366cc', hotkey: '1', kinds: ['rectangle', 'polygon'],
      attributes: [
        { type: 'enum', id: 'view', name: 'View', required: true, options: ['front', 'side', 'rear'] },
        { type: 'number', id: 'doors', name: 'Doors', min: 2, max: 5 },
        { type: 'boolean', id: 'parked', name: 'Parked' },
        { type: 'text', id: 'note', name: 'Note', maxLength: 5 },
      ],
    },
    { id: 'person', name: 'Person', color: '#cc6633', hotkey: '2', kinds: ['rectangle', 'rotatedRectangle', 'polygon', 'polyline', 'point', 'ellipse', 'mask'] },
  ],
  imageTags: [{ id: 'blurred', name: 'Blurred' }],
})
export const A_SCHEMA_HASH = SchemaHashSchema.parse(createHash('sha256').update(canonicalJson(A_LABEL_SCHEMA)).digest('hex'))

export const taskId = (id: string): TaskId => TaskIdSchema.parse(id)

export function aProject(fields: Record<string, unknown> = {}): Project {
  return ProjectSchema.parse({ id: 'project-1', name: 'Streets', schemaHash: A_SCHEMA_HASH, ...fields })
}
export function anAsset(fields: Record<string, unknown> = {}): Asset {
  return AssetSchema.parse({
    id: 'asset-1', projectId: 'project-1', name: 'street.jpg', uri: 'object:images/street.jpg', sha256: 'a'.repeat(64), size: 1000, width: 640, height: 480, mediaType: 'image/jpeg', ...fields,
  })
}
export function aTask(fields: Record<string, unknown> = {}): Task {
  return TaskSchema.parse({ id: 'task-1', projectId: 'project-1', assetId: 'asset-1', schemaHash: A_SCHEMA_HASH, state: 'assigned', ...fields })
}
export function aPrediction(fields: Record<string, unknown> = {}): Prediction {
  return PredictionSchema.parse({
    id: 'prediction-1', taskId: 'task-1', model: 'detector', modelVersion: '3',
    shapes: [{ id: 'predicted-1', classId: 'person', geometry: { kind: 'rectangle', x: 1, y: 2, width: 3, height: 4 }, confidence: 0.8 }], ...fields,
  })
}
export function aShape(fields: Record<string, unknown> = {}): Shape {
  return ShapeSchema.parse({
    type: 'shape', id: 'shape-1', classId: 'person', geometry: { kind: 'rectangle', x: 10, y: 20, width: 30, height: 40 },
    provenance: { source: 'human' }, order: 1, createdBy: 'ada', createdAt: '2026-01-02T03:04:05.000Z', ...fields,
  })
}

export function adding(...records: DraftRecord[]): DraftDiff {
  return { added: Object.fromEntries(records.map((record) => [record.id, record])), updated: {}, removed: {} }
}
export function updating(before: DraftRecord, after: DraftRecord): DraftDiff {
  return { added: {}, updated: { [before.id]: [before, after] }, removed: {} }
}
export function removing(...records: DraftRecord[]): DraftDiff {
  return { added: {}, updated: {}, removed: Object.fromEntries(records.map((record) => [record.id, record])) }
}

/** What a first pull brings: project, label schema, assets and as many tasks, numbered from 1. */
export function firstChanges(tasks = 1, task: (number: number) => Record<string, unknown> = () => ({})): Change[] {
  const changes: Change[] = [
    { kind: 'project', op: 'upsert', seq: 1, record: aProject() },
    { kind: 'labelSchema', op: 'upsert', seq: 2, hash: A_SCHEMA_HASH, record: A_LABEL_SCHEMA },
  ]
  for (let number = 1; number <= tasks; number++) {
    changes.push({ kind: 'asset', op: 'upsert', seq: 1 + 2 * number, record: anAsset({ id: `asset-${number}`, name: `street-${number}.jpg` }) })
    changes.push({ kind: 'task', op: 'upsert', seq: 2 + 2 * number, record: aTask({ id: `task-${number}`, assetId: `asset-${number}`, ...task(number) }) })
  }
  return changes
}
