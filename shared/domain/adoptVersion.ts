import { emptyDiff } from '../diff/recordsDiff.ts'
import { canonicalJson } from './canonicalJson.ts'
import { compareVersions, type VersionContent } from './compareVersions.ts'
import type { DraftDiff, DraftRecord } from './draft.ts'
import { draftContent } from './draftContent.ts'
import { setImageTags, topOrder, type Draft } from './draftOperations.ts'
import type { ShapeId } from './ids.ts'
import { predictionBehind, type Shape } from './shape.ts'

/** What makes a draft say exactly what a version says. */
export function takeVersion(draft: Draft, { shapes, tags, rejections }: VersionContent): DraftDiff {
  const diff: DraftDiff = emptyDiff()
  const wanted = new Map<string, DraftRecord>([...shapes, ...rejections].map((record) => [record.id, record]))
  for (const [id, record] of draft) if (record.type !== 'imageTags' && !wanted.has(id)) diff.removed[id] = record
  for (const [id, record] of wanted) {
    const before = draft.get(id)
    if (before === undefined) diff.added[id] = record
    else if (canonicalJson(before) !== canonicalJson(record)) diff.updated[id] = [before, record]
  }
  return withTags(diff, setImageTags(draft, tags))
}

/**
 * What brings into a draft all that a version has and the draft has not: shapes on top of the stack, and of a shape that both changed a copy of its own;
 * tags and rejections too, but what either took over from a prediction is not rejected. Nothing that a person drew goes away.
 */
export function mergeVersion(draft: Draft, version: VersionContent, newId: () => ShapeId): DraftDiff {
  const here = draftContent([...draft.values()])
  const { added, changed } = compareVersions({ ...here, outcome: version.outcome }, version)
  const diff: DraftDiff = emptyDiff()
  const top = topOrder(draft)
  const copies = changed.map(({ after }): Shape => ({ ...after, id: newId() }))
  for (const [index, shape] of [...added, ...copies].entries()) diff.added[shape.id] = { ...shape, order: top + index }
  const accepted = new Set([...here.shapes, ...version.shapes].flatMap(({ provenance }) => predictionBehind(provenance)?.predictedShapeId ?? []))
  for (const rejection of version.rejections) if (!draft.has(rejection.id) && !accepted.has(rejection.predictedShapeId)) diff.added[rejection.id] = rejection
  for (const rejection of here.rejections) if (accepted.has(rejection.predictedShapeId)) diff.removed[rejection.id] = rejection
  return withTags(diff, setImageTags(draft, [...here.tags, ...version.tags]))
}

/** The two touch different records. */
function withTags(diff: DraftDiff, tags: DraftDiff): DraftDiff {
  return { added: { ...diff.added, ...tags.added }, updated: { ...diff.updated, ...tags.updated }, removed: diff.removed }
}
