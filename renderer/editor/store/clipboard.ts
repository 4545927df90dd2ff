import type { CopiedShape } from '../../../shared/domain/draftOperationsPaste.ts'

/** What was copied last; one clipboard may serve many tasks. */
export interface Clipboard {
  read(): readonly CopiedShape[]
  write(shapes: readonly CopiedShape[]): void
}

export function createClipboard(): Clipboard {
  let held: readonly CopiedShape[] = []
  return {
    read: () => held,
    write(shapes) {
      held = shapes.map(({ classId, geometry, attributes, groupId }) => ({ classId, geometry, attributes, ...(groupId === undefined ? {} : { groupId }) }))
    },
  }
}
