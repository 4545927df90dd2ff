import { compareVersions, type VersionContent } from '../../../shared/domain/compareVersions.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import { DraftRecordSchema } from '../../../shared/domain/draft.ts'
import { draftContent } from '../../../shared/domain/draftContent.ts'
import { GoldAnswerSchema } from '../../../shared/domain/gold.ts'
import { goldContent } from '../../../shared/domain/goldContent.ts'
import type { AssetId, SchemaHash } from '../../../shared/domain/ids.ts'
import { PredictionSchema } from '../../../shared/domain/prediction.ts'
import { predictionContent } from '../../../shared/domain/predictionContent.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'
import type { Comparable, Differences } from '../../../shared/rpc/compare.ts'
import type { DifferencesRequest, SideText } from './messages.ts'

/** A version as it is compared. What is no revision is of the task that it was asked for. */
interface Side { version: Comparable; content: VersionContent; of?: { assetId: AssetId; schemaHash: SchemaHash } }

/** What differs between two contents, by the ids of their shapes. */
export function differencesOf(first: VersionContent, second: VersionContent): Differences {
  const { removed, added, changed, tagsRemoved, tagsAdded, outcomeDiffers } = compareVersions(first, second)
  return {
    removed: removed.map(({ id }) => id), added: added.map(({ id }) => id), tagsRemoved: [...tagsRemoved], tagsAdded: [...tagsAdded], outcomeDiffers,
    changed: changed.map(({ before, after, aspects, similarity }) => ({ before: before.id, after: after.id, aspects: [...aspects], similarity })),
  }
}

/** Two versions with what differs, as the beginning of the answer's JSON; and whose the revisions among them are. @throws ZodError when one is none. */
export function comparedText({ sides }: DifferencesRequest): { json: string; revisions: NonNullable<Side['of']>[] } {
  const [from, to] = [sideOf(sides[0]), sideOf(sides[1])]
  const told = ({ version, content }: Side) => ({ version, content })
  return {
    json: JSON.stringify({ from: told(from), to: told(to), differences: differencesOf(...comparedParts(from, to)) }),
    revisions: [from, to].flatMap(({ of }) => of ?? []),
  }
}

/** A gold answer says nothing of attributes, so they are no difference to it. */
function comparedParts(first: Side, second: Side): [VersionContent, VersionContent] {
  if (first.version.kind !== 'gold' && second.version.kind !== 'gold') return [first.content, second.content]
  const bare = ({ shapes, ...content }: VersionContent): VersionContent => ({ ...content, shapes: shapes.map((shape) => ({ ...shape, attributes: {} })) })
  return [bare(first.content), bare(second.content)]
}

function sideOf(text: SideText): Side {
  const json: unknown = JSON.parse(text.json)
  switch (text.kind) {
    case 'draft': {
      const content: VersionContent = { ...draftContent(DraftRecordSchema.array().parse(json)), outcome: { kind: 'labelled' } }
      return { version: { kind: 'draft', edited: text.edited, shapes: content.shapes.length }, content }
    }
    case 'prediction': {
      const prediction = PredictionSchema.parse(json)
      const { id: predictionId, model, modelVersion, shapes } = prediction
      return { version: { kind: 'prediction', predictionId, model, modelVersion, shapes: shapes.length }, content: predictionContent(prediction) }
    }
    case 'gold': {
      const answer = GoldAnswerSchema.parse(json)
      return { version: { kind: 'gold', shapes: answer.shapes.length }, content: goldContent(answer) }
    }
    case 'revision': {
      const { outcome, shapes, tags, rejections, author, createdAt, assetId, schemaHash } = RevisionSchema.parse(json)
      const { revisionId, here } = text
      return { version: { kind: 'revision', revisionId, author, createdAt, here, shapes: shapes.length }, content: { outcome, shapes, tags, rejections }, of: { assetId, schemaHash } }
    }
    default: return assertNever(text, 'version')
  }
}
