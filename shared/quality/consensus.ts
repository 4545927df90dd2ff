import type { AttributeId, TagId } from '../domain/ids.ts'
import type { AttributeValue } from '../domain/labelSchema.ts'
import type { Authorship } from '../domain/draftOperations.ts'
import type { Shape } from '../domain/shape.ts'
import type { Size } from '../geometry/box.ts'
import type { Annotation } from './annotation.ts'
import type { Cluster } from './clusters.ts'
import { mergeGeometry } from './mergeGeometry.ts'
import { mostFrequent } from './nominal.ts'
import type { Steps } from './steps.ts'

/** One object of a proposal: `support` of the annotators marked it, and so many of those gave it the class that it has. */
export interface ConsensusShape { readonly shape: Shape; readonly support: number; readonly classSupport: number; readonly agreement: number }
export interface Consensus { readonly shapes: readonly ConsensusShape[]; readonly tags: readonly TagId[] }

export interface ConsensusOptions {
  /** Of the image, in pixels. */
  readonly image: Size
  /** Who proposes. */
  readonly by: Authorship
  /** How many annotators must have marked an object; more than half of them unless it is given. */
  readonly least?: number
}

/**
 * What several annotators say of an image together, to be looked through by a reviewer, an object a step. Of each object that enough of them marked: the
 * merged geometry (see `mergeGeometry`), the class and the attributes that most gave it, and where it comes from. Tags: those that more than half set.
 */
export function* consensusOf(annotations: readonly Annotation[], clusters: readonly Cluster[], { image, by, least = Math.floor(annotations.length / 2) + 1 }: ConsensusOptions): Steps<Consensus> {
  const kept = clusters.filter(({ members }) => members.length >= least)
  const shapes: ConsensusShape[] = []
  for (const cluster of kept) {
    shapes.push(consensusShape(annotations, cluster, image, by, shapes.length + 1))
    yield shapes.length / kept.length
  }
  const tags = [...new Set(annotations.flatMap((annotation) => annotation.tags))]
  return { shapes, tags: tags.filter((tag) => 2 * annotations.filter((annotation) => annotation.tags.includes(tag)).length > annotations.length) }
}

function consensusShape(annotations: readonly Annotation[], { members, closest, agreement }: Cluster, image: Size, by: Authorship, order: number): ConsensusShape {
  const shapes = members.map(({ shape }) => shape)
  // Where as many say one thing as another, the shape that is most like the others decides.
  const ranked = [closest.shape, ...shapes.filter((shape) => shape !== closest.shape)]
  const classId = mostFrequent(ranked.map((shape) => shape.classId)) ?? closest.shape.classId
  const ofClass = ranked.filter((shape) => shape.classId === classId)
  const shape: Shape = {
    type: 'shape', id: by.newId(), classId, order, createdBy: by.user, createdAt: by.at,
    geometry: mergeGeometry(shapes.map(({ geometry }) => geometry), closest.shape.geometry, image),
    attributes: majorityAttributes(ofClass),
    provenance: {
      source: 'consensus', annotators: annotations.length, agreement,
      members: members.flatMap((member) => {
        const revisionId = annotations[member.annotation]?.revisionId
        return revisionId === undefined ? [] : [{ revisionId, shapeId: member.shape.id }]
      }),
    },
  }
  return { shape, support: members.length, classSupport: ofClass.length, agreement }
}

/** The value that most gave, of each attribute that at least half of them set. */
function majorityAttributes(shapes: readonly Shape[]): Record<AttributeId, AttributeValue> {
  const keys = [...new Set(shapes.flatMap(({ attributes }) => Object.keys(attributes) as AttributeId[]))]
  return Object.fromEntries(keys.flatMap((key) => {
    const values = shapes.flatMap(({ attributes }) => attributes[key] ?? [])
    const value = mostFrequent(values)
    return value === undefined || 2 * values.length < shapes.length ? [] : [[key, value] as const]
  }))
}
