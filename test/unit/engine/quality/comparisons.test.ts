import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Comparisons } from '../../../../electron/engine/quality/comparisons.ts'
import { readAnswer } from '../../../../electron/engine/rpc/jsonText.ts'
import { comparables } from '../../../../electron/engine/work/comparables.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { GoldAnswerSchema } from '../../../../shared/domain/gold.ts'
import { PredictionIdSchema, RevisionIdSchema, SchemaHashSchema } from '../../../../shared/domain/ids.ts'
import type { RevisionId } from '../../../../shared/domain/ids.ts'
import type { VersionContent } from '../../../../shared/domain/compareVersions.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import type { VersionRef } from '../../../../shared/rpc/compare.ts'
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

/** Asks the thread as the window would. */
function comparisonsOf({ db }: TestWorkspace) {
  const comparisons = new Comparisons(db)
  onTestFinished(() => comparisons.close())
  return async (from: VersionRef, to: VersionRef, id = task) => readAnswer('versions.between', await comparisons.between(id, from, to, new AbortController().signal))
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

describe('Comparisons', () => {
  it('compares a revision and the draft', async () => {
    const { workspace, mine } = aTaskWithVersions()
    const { from, to, differences, schema } = await comparisonsOf(workspace)({ kind: 'revision', revisionId: mine }, { kind: 'draft' })
    expect([from.content.shapes[0]?.classId, to.content.shapes[0]?.classId]).toEqual(['person', 'car'])
    expect(differences).toMatchObject({ removed: [], added: [], changed: [{ before: 'a', after: 'a', aspects: ['moved', 'relabelled', 'reattributed'], similarity: 0.5 }] })
    expect(schema).toEqual(A_LABEL_SCHEMA)
  })

  it('compares the results of two people, and names the classes of both their label schemas', async () => {
    const { workspace, mine, theirs } = aTaskWithVersions()
    const { differences, schema } = await comparisonsOf(workspace)({ kind: 'revision', revisionId: mine }, { kind: 'revision', revisionId: theirs })
    expect(differences.changed).toMatchObject([{ before: 'a', after: 'theirs', aspects: ['moved', 'relabelled'] }])
    expect(schema?.classes.map(({ name }) => name)).toEqual(['Car', 'Person', 'Tram'])
  })

  it('compares contents that are read already', async () => {
    const comparisons = new Comparisons(aWorkspaceWithTasks().db)
    onTestFinished(() => comparisons.close())
    const content = (...shapes: Shape[]): VersionContent => ({ outcome: { kind: 'labelled' }, shapes, tags: [], rejections: [] })
    const differences = await comparisons.differences(content(aShape({ id: 'a' })), { ...content(aShape({ id: 'a' }), aShape({ id: 'b', geometry: box(200) })) })
    expect(differences).toMatchObject({ removed: [], added: ['b'], changed: [] })
  })

  it('is given up when nobody waits any longer', async () => {
    const { workspace, mine } = aTaskWithVersions()
    const comparisons = new Comparisons(workspace.db)
    onTestFinished(() => comparisons.close())
    const givenUp = new AbortController()
    const compared = comparisons.between(task, { kind: 'revision', revisionId: mine }, { kind: 'draft' }, givenUp.signal)
    givenUp.abort()
    await expect(compared).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
  })

  it('compares a prediction with a revision', async () => {
    const { workspace, mine } = aTaskWithVersions()
    const { from, differences } = await comparisonsOf(workspace)({ kind: 'prediction', predictionId: PredictionIdSchema.parse('prediction-1') }, { kind: 'revision', revisionId: mine })
    expect(from.version).toMatchObject({ kind: 'prediction', model: 'detector' })
    expect(differences).toMatchObject({ removed: ['predicted-1'], added: ['a'], changed: [] })
  })

  it('compares a result with the answer to a gold task, which says nothing of attributes', async () => {
    const { workspace, mine } = aTaskWithVersions()
    const answer = GoldAnswerSchema.parse({ taskId: task, shapes: [{ id: 'gold-1', classId: 'car', geometry: box(20) }, { id: 'gold-2', classId: 'car', geometry: box(300) }], tags: ['blurred'], feedback: 'never' })
    pull(workspace, [{ kind: 'gold', op: 'upsert', seq: 204, record: answer }])
    expect(comparables(workspace.db, task)).toContainEqual({ kind: 'gold', shapes: 2 })
    const between = comparisonsOf(workspace)
    const compare = (ref: VersionRef) => between({ kind: 'gold' }, ref)
    expect(await compare({ kind: 'draft' })).toMatchObject({ from: { version: { kind: 'gold' }, content: { tags: ['blurred'] } }, to: { content: { shapes: [{ attributes: { view: 'side' } }] } } })
    expect((await compare({ kind: 'draft' })).differences).toMatchObject({ removed: ['gold-2'], added: [], changed: [], tagsRemoved: ['blurred'] })
    expect((await compare({ kind: 'revision', revisionId: mine })).differences.changed).toMatchObject([{ before: 'gold-1', after: 'a', aspects: ['moved', 'relabelled'] }])
  })

  it('says what is not here', async () => {
    const { workspace, mine } = aTaskWithVersions()
    const between = comparisonsOf(workspace)
    const compare = (ref: VersionRef) => between(ref, { kind: 'draft' })
    await expect(compare({ kind: 'revision', revisionId: RevisionIdSchema.parse('d'.repeat(64)) })).rejects.toThrow('There is no revision dddd')
    await expect(compare({ kind: 'prediction', predictionId: PredictionIdSchema.parse('nowhere') })).rejects.toThrow('There is no prediction nowhere')
    await expect(compare({ kind: 'gold' })).rejects.toThrow('There is no gold answer to task task-1 here')
    await expect(between({ kind: 'draft' }, { kind: 'draft' }, taskId('nothing'))).rejects.toThrow('There is no task nothing here')
    expect((await compare({ kind: 'revision', revisionId: mine })).differences.changed).toHaveLength(1)
  })

  it('refuses a revision of another image', async () => {
    const workspace = aWorkspaceWithTasks(2)
    edit(workspace, adding(aShape({ id: 'a' })))
    const submitted = submitTask(workspace, task, 0)
    if (submitted.kind !== 'submitted') throw new Error('not submitted')
    await expect(comparisonsOf(workspace)({ kind: 'revision', revisionId: submitted.revisionId }, { kind: 'draft' }, taskId('task-2'))).rejects.toThrow('not of the image of task task-2')
  })

  it('leaves the thread that asks free while many shapes are compared', async () => {
    const workspace = aWorkspaceWithTasks()
    const grid = (author: string, shift: number) => frozen(aRevision({
      author, device: 'laptop', shapes: Array.from({ length: 10_000 }, (_, index) => aShape({ id: `${author}-${index}`, geometry: { ...box(100 * (index % 100) + shift), y: 100 * Math.floor(index / 100) } })),
    }))
    const [one, other] = [grid('ben', 0), grid('carl', 2)]
    for (const { revisionId, bytes } of [one, other]) createSyncStore(workspace).keepVersion(task, revisionId, bytes)
    const between = comparisonsOf(workspace)
    await between({ kind: 'draft' }, { kind: 'draft' })
    const started = performance.now()
    const turns: number[] = []
    const timer = setInterval(() => { turns.push(performance.now()) }, 1)
    const comparisons = new Comparisons(workspace.db)
    onTestFinished(() => comparisons.close())
    const { json } = await comparisons.between(task, { kind: 'revision', revisionId: one.revisionId }, { kind: 'revision', revisionId: other.revisionId }, new AbortController().signal)
    clearInterval(timer)
    const longest = Math.max(...turns.map((at, place) => at - (turns[place - 1] ?? started)))
    // Read, parsed and compared here it would be held for most of the time.
    expect(longest).toBeLessThan((performance.now() - started) / 2)
    expect((JSON.parse(json) as { differences: { changed: unknown[] } }).differences.changed).toHaveLength(10_000)
  })
})
