import type { ShapeAspect } from '../domain/compareVersions.ts'
import type { AttributeId } from '../domain/ids.ts'
import type { AttributeValue, LabelSchema } from '../domain/labelSchema.ts'
import type { Shape } from '../domain/shape.ts'
import type { ComparedVersions } from './compare.ts'

export const DIFFERENCE_KINDS = ['added', 'removed', 'moved', 'reshaped', 'relabelled', 'reattributed', 'tagAdded', 'tagRemoved', 'outcome'] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** An attribute by its name; a value is missing where it was not set. */
export interface AttributeChange { readonly name: string; readonly before?: AttributeValue; readonly after?: AttributeValue }

/**
 * One line of a list of differences; a shape that was changed may be of several kinds. `name` is that of its class, or of both with an arrow, or of the tag.
 * `similarity` (0 to 1) is there where the geometry differs.
 */
export interface DifferenceEntry {
  readonly key: string
  readonly kinds: readonly DifferenceKind[]
  readonly name: string
  readonly before?: Shape
  readonly after?: Shape
  readonly similarity?: number
  readonly attributes: readonly AttributeChange[]
}

interface Contents extends Pick<ComparedVersions, 'differences' | 'schema'> { readonly from: Pick<ComparedVersions['from'], 'content'>; readonly to: Pick<ComparedVersions['to'], 'content'> }

/** The differences between two versions as lines that can be read: names instead of ids, where the label schema has them. */
export function differenceEntries({ from, to, differences, schema }: Contents): DifferenceEntry[] {
  const [before, after] = [shapesById(from.content.shapes), shapesById(to.content.shapes)]
  const names = namesOf(schema)
  const one = (kind: DifferenceKind, key: string, name: string): DifferenceEntry => ({ key: `${kind} ${key}`, kinds: [kind], name, attributes: [] })
  const shapeEntry = (kind: 'removed' | 'added', shape: Shape | undefined) => (shape === undefined
    ? [] : [{ ...one(kind, shape.id, names.ofClass(shape)), ...(kind === 'removed' ? { before: shape } : { after: shape }) }])
  return [
    ...(differences.outcomeDiffers ? [one('outcome', '', '')] : []),
    ...differences.tagsRemoved.map((tag) => one('tagRemoved', tag, names.ofTag(tag))),
    ...differences.tagsAdded.map((tag) => one('tagAdded', tag, names.ofTag(tag))),
    ...differences.removed.flatMap((id) => shapeEntry('removed', before.get(id))),
    ...differences.added.flatMap((id) => shapeEntry('added', after.get(id))),
    ...differences.changed.flatMap(({ aspects, similarity, ...ids }) => {
      const [was, is] = [before.get(ids.before), after.get(ids.after)]
      return was === undefined || is === undefined ? [] : [changedEntry(was, is, aspects, similarity, names)]
    }),
  ]
}

function changedEntry(before: Shape, after: Shape, aspects: readonly ShapeAspect[], similarity: number, names: Names): DifferenceEntry {
  const isElsewhere = aspects.includes('moved') || aspects.includes('reshaped')
  return {
    key: `changed ${before.id}`, kinds: aspects, before, after, ...(isElsewhere && { similarity }),
    name: before.classId === after.classId ? names.ofClass(before) : `${names.ofClass(before)} → ${names.ofClass(after)}`,
    attributes: aspects.includes('reattributed') ? attributeChanges(before, after, names) : [],
  }
}

function attributeChanges(before: Shape, after: Shape, names: Names): AttributeChange[] {
  const ids = [...new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])] as AttributeId[]
  return ids.flatMap((id) => {
    const [was, is] = [before.attributes[id], after.attributes[id]]
    return was === is ? [] : [{ name: names.ofAttribute(after, id), ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }]
  })
}

interface Names { ofClass(shape: Shape): string; ofTag(tag: string): string; ofAttribute(shape: Shape, id: AttributeId): string }

function namesOf(schema: LabelSchema | undefined): Names {
  const classes = new Map<string, LabelSchema['classes'][number]>(schema?.classes.map((each) => [each.id, each]))
  const tags = new Map<string, string>(schema?.imageTags.map(({ id, name }) => [id, name]))
  return {
    ofClass: ({ classId }) => classes.get(classId)?.name ?? classId,
    ofTag: (tag) => tags.get(tag) ?? tag,
    ofAttribute: ({ classId }, id) => classes.get(classId)?.attributes.find((each) => each.id === id)?.name ?? id,
  }
}

function shapesById(shapes: readonly Shape[]): ReadonlyMap<string, Shape> {
  return new Map(shapes.map((shape) => [shape.id, shape]))
}
