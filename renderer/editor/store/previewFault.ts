import { geometryFaults } from '../../../shared/domain/validateDraft.ts'
import type { Violation } from '../../../shared/domain/validateDraft.ts'
import { selfIntersections } from '../../../shared/geometry/selfIntersections.ts'
import type { Editor } from './editor.ts'
import type { Preview } from './state.ts'

/** A path of more points than this is checked when it is done: looking at all of it at each movement would hold the pointer up. */
const MOST_POINTS = 2000

const known = new WeakMap<Preview, Violation['rule'] | 'none'>()

/** What would be wrong with the shape that is being drawn, if it were done now; undefined when nothing is, or nothing is drawn. */
export function previewFault(editor: Editor, preview: Preview): Violation['rule'] | undefined {
  const fault = known.get(preview) ?? findFault(editor, preview) ?? 'none'
  known.set(preview, fault)
  return fault === 'none' ? undefined : fault
}

function findFault(editor: Editor, preview: Preview): Violation['rule'] | undefined {
  if (preview.kind === 'path') {
    const ring = preview.closing ? preview.points : [...preview.points, ...preview.tail, preview.cursor]
    return preview.closed && ring.length > 3 && ring.length <= MOST_POINTS && selfIntersections([ring]).length > 0 ? 'selfIntersection' : undefined
  }
  // A mask is checked when it is done: its runs are too many to be looked through at each movement.
  if (preview.kind !== 'drawing' || preview.geometry.kind === 'mask') return undefined
  return geometryFaults(preview.geometry, editor.imageSize, editor.classes.get(preview.classId)?.minSize ?? 0)[0]
}
