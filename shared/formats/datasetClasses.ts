import type { ClassId, ProjectId } from '../domain/ids.ts'
import type { LabelSchema } from '../domain/labelSchema.ts'
import type { Shape } from '../domain/shape.ts'
import type { SkeletonEdges } from '../geometry/skeleton.ts'
import type { LabelledShape, LeftOutShape } from './labelledImage.ts'

/** The names of a skeleton's keypoints in order, and the edges between them by their places, from 0. */
export interface DatasetSkeleton { readonly keypoints: readonly string[]; readonly edges: SkeletonEdges }

/** A class of a data set, known by its place in the list. `points`: its objects may be single points. `id` is missing in files of other tools. */
export interface DatasetClass { readonly name: string; readonly id?: ClassId; readonly points: boolean; readonly skeleton?: DatasetSkeleton }

/** The versions of a project's label schema that occur in a data set, the leading one first. */
export interface ProjectSchemas { readonly projectId: ProjectId; readonly schemas: readonly LabelSchema[] }

export interface DatasetClasses {
  readonly classes: readonly DatasetClass[]
  /** The place of a project's class in `classes`. */
  categoryOf(projectId: ProjectId, classId: ClassId): number | undefined
}

/**
 * The classes of all label schemas in one list, whether labels use them or not, so that their numbers do not depend on the labels. In a project a class
 * is what its id says, named as in the leading version; its classes keep their order, and those that only later versions in the list have come after.
 * Between projects the same id and the same name are one class; the same id with another name is another class. The first skeleton of a class is its skeleton.
 */
export function unionOfClasses(projects: readonly ProjectSchemas[]): DatasetClasses {
  const classes = new Map<string, DatasetClass>()
  const keys = new Map<string, string>()
  for (const { projectId, schemas } of projects) {
    for (const { id, name, points, skeleton: own } of classesOfProject(schemas)) {
      const key = JSON.stringify([id, name])
      keys.set(JSON.stringify([projectId, id]), key)
      const known = classes.get(key)
      const skeleton = known?.skeleton ?? own
      classes.set(key, { id, name, points: points || known?.points === true, ...(skeleton === undefined ? {} : { skeleton }) })
    }
  }
  const places = new Map([...classes.keys()].map((key, place) => [key, place]))
  return {
    classes: [...classes.values()],
    categoryOf: (projectId, classId) => places.get(keys.get(JSON.stringify([projectId, classId])) ?? ''),
  }
}

function classesOfProject(schemas: readonly LabelSchema[]) {
  const classes = new Map<ClassId, DatasetClass & { id: ClassId }>()
  for (const { id, name, kinds, skeleton: own } of schemas.flatMap((schema) => schema.classes)) {
    const known = classes.get(id)
    const skeleton = known?.skeleton ?? (own && { keypoints: own.keypoints.map((keypoint) => keypoint.name), edges: own.edges })
    classes.set(id, { id, name: known?.name ?? name, points: known?.points === true || kinds.includes('point'), ...(skeleton === undefined ? {} : { skeleton }) })
  }
  return classes.values()
}

/** The shapes of a task as the formats take them; those of a class that the data set does not know are left out. */
export function labelledShapes(shapes: readonly Shape[], categoryOf: (classId: ClassId) => number | undefined): { shapes: LabelledShape[]; leftOut: LeftOutShape[] } {
  const found: LabelledShape[] = []
  const leftOut: LeftOutShape[] = []
  for (const { classId, geometry, attributes, provenance, groupId } of shapes) {
    const category = categoryOf(classId)
    if (category === undefined) leftOut.push({ reason: 'unknownClass', kind: geometry.kind })
    else found.push({ category, geometry, attributes, provenance, ...(groupId === undefined ? {} : { group: groupId }) })
  }
  return { shapes: found, leftOut }
}
