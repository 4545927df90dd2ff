import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { comparables, compareContents } from '../../../../electron/engine/work/compareContents.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { GoldAnswerSchema } from '../../../../shared/domain/gold.ts'
import { PredictionIdSchema, RevisionIdSchema, SchemaHashSchema } from '../../../../shared/domain/ids.ts'
import type { RevisionId } from '../../../../shared/domain/ids.ts'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import { A_LABEL_SCHEMA, adding, aPrediction, aShape, aTask, taskId, updating } from '../../../builders/records.ts'
import { aRevision, frozen } from '../../../builders/revision.ts'
import { aWorkspaceWithTasks, edit, pull, type TestWorkspace } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const box = (x: number) => ({ kind: 'rectangle', x, y: 20, width: 30, height: 40 })
const OTHER_SCHEMA = LabelSchemaSchema.parse({ ...A_LABEL_SCHEMA, classes: [{ id: 'tram', name: 'Tram', color: '#00ff00', kinds: ['rectangle'] }] })
const OTHER_HASH = SchemaHashSchema.parse(createHash('sha256').update(canonicalJson(OTHER_SCHEMA)).digest('hex'))

/** A task that was submitted, edited further, predicted, and submitted by somebody else too. */
function aTaskWithVersions(): { workspace: TestWorkspace; mine: RevisionId; theirs: RevisionId } {
  const workspace = aWorkspaceWithTasks()
  const before = aShape({ id: 'a' })
  edit(workspace, adding(before))
  const submitted = submitTask(workspace, task, 0)
  if (submitted.kind !== 'submitted') throw new Error('not submitted')
  edit(workspace, updating(before, aShape({ id: 'a', classId: 'car', geometry: box(20), attributes: { view: 'side' } })))
  const theirs = frozen(aRevision({ device: 'laptop', author: 'grace', shapes: [aShape({ id: 'theirs', geometry: box(12), classId: 'tram' })], schemaHash: OTHER_HASH }))
  pull(workspace, [
    { kind: 'prediction', op: 'upsert', seq: 201, record: aPrediction() },
    { kind: 'labelSchema', op: 'upsert', seq: 202, hash: OTHER_HASH, record: OTHER_SCHEMA },
    { kind: 'task', op: 'upsert', seq: 203, record: aTask({ state: 'submitted', headRevision: theirs.revisionId, otherRevisions: [submitted.revisionId] }) },
  ])
  createSyncStore(workspace).keepVersion(task, theirs.revisionId, theirs.bytes)
  return { workspace, mine: submitted.revisionId, theirs: theirs.revisionId }
}

describe('comparables', () => {
  it('names the revisions made here and elsewhere, the draft and the predictions', () => {
    const { workspace, mine, theirs } = aTaskWithVersions()
    expect(comparables(workspace.db, task)).toMatchObject([
      { kind: 'revision', revisionId: mine, here: true, author: 'ada', shapes: 1 },
      { kind: 'revision', revisionId: theirs, here: false, author: 'grace', shapes: 1 },
      { kind: 'draft', edited: true, shapes: 1 },
      { kind: 'prediction', predictionId: 'prediction-1', model: 'detector', modelVersion: '3', shapes: 1 },
    ])
  })

  it('has nothing of a task that nobody touched', () => {
    expect(comparables(aWorkspaceWithTasks().db, task)).toEqual([])
  })
})

describe('compareContents', () => {
  it('compares a revision and the draft', () => {
    const { workspace, mine } = aTaskWithVersions()
    const { from, to, differences, schema } = compareContents(workspace.db, task, { kind: 'revision', revisionId: mine }, { kind: 'draft' })
    expect([from.content.shapes[0]?.classId, to.content.shapes[0]?.classId]).toEqual(['person', 'car'])
    expect(differences).toMatchObject({ removed: [], added: [], changed: [{ before: 'a', after: 'a', aspects: ['moved', 'relabelled', 'reattributed'], similarity: 0.5 }] })
    expect(schema).toEqual(A_LABEL_SCHEMA)
  })

  it('compares the results of two people, and names the classes of both their label schemas', () => {
    const { workspace, mine, theirs } = aTaskWithVersions()
    const { differences, schema } = compareContents(workspace.db, task, { kind: 'revision', revisionId: mine }, { kind: 'revision', revisionId: theirs })
    expect(differences.changed).toMatchObject([{ before: 'a', after: 'theirs', aspects: ['moved', 'relabelled'] }])
    expect(schema?.classes.map(({ name }) => name)).toEqual(['Car', 'Person', 'Tram'])
  })

  it('compares a prediction with a revision', () => {
    const { workspace, mine } = aTaskWithVersions()
    const { from, differences } = compareContents(workspace.db, task, { kind: 'prediction', predictionId: PredictionIdSchema.parse('prediction-1') }, { kind: 'revision', revisionId: mine })
    expect(from.version).toMatchObject({ kind: 'prediction', model: 'detector' })
    expect(differences).toMatchObject({ removed: ['predicted-1'], added: ['a'], changed: [] })
  })

  it('compares a result with the answer to a gold task, which says nothing of attributes', () => {
    const { workspace, mine } = aTaskWithVersions()
    const answer = GoldAnswerSchema.parse({ taskId: task, shapes: [{ id: 'gold-1', classId: 'car', geometry: box(20) }, { id: 'gold-2', classId: 'car', geometry: box(300) }], tags: ['blurred'], feedback: 'never' })
    pull(workspace, [{ kind: 'gold', op: 'upsert', seq: 204, record: answer }])
    expect(comparables(workspace.db, task)).toContainEqual({ kind: 'gold', shapes: 2 })
    const compare = (ref: Parameters<typeof compareContents>[2]) => compareContents(workspace.db, task, { kind: 'gold' }, ref)
    expect(compare({ kind: 'draft' })).toMatchObject({ from: { version: { kind: 'gold' }, content: { tags: ['blurred'] } }, to: { content: { shapes: [{ attributes: { view: 'side' } }] } } })
    expect(compare({ kind: 'draft' }).differences).toMatchObject({ removed: ['gold-2'], added: [], changed: [], tagsRemoved: ['blurred'] })
    expect(compare({ kind: 'revision', revisionId: mine }).differences.changed).toMatchObject([{ before: 'gold-1', after: 'a', aspects: ['moved', 'relabelled'] }])
  })

  it('says what is not here', () => {
    const { workspace, mine } = aTaskWithVersions()
    const compare = (ref: Parameters<typeof compareContents>[2]) => () => compareContents(workspace.db, task, ref, { kind: 'draft' })
    expect(compare({ kind: 'revision', revisionId: RevisionIdSchema.parse('d'.repeat(64)) })).toThrow('There is no revision dddd')
    expect(compare({ kind: 'prediction', predictionId: PredictionIdSchema.parse('nowhere') })).toThrow('There is no prediction nowhere')
    expect(compare({ kind: 'gold' })).toThrow('There is no gold answer to task task-1 here')
    expect(() => compareContents(workspace.db, taskId('nothing'), { kind: 'draft' }, { kind: 'draft' })).toThrow('There is no task nothing here')
    expect(compare({ kind: 'revision', revisionId: mine })().differences.changed).toHaveLength(1)
  })
})
