import type { CopiedShapes } from '../../../shared/domain/copiedShapes.ts'

/** What was copied last; one clipboard may serve many tasks. */
export interface Clipboard {
  /** False when there is certainly nothing to paste. */
  mayHoldShapes(): boolean
  /** Calls with the shapes that it holds, at once or when they are known; undefined when it holds none, or something else. */
  read(take: (copied: CopiedShapes | undefined) => void): void
  write(copied: CopiedShapes): void
}

/** A clipboard of its own, apart from the system's. */
export function createClipboard(): Clipboard {
  let held: CopiedShapes | undefined
  return {
    mayHoldShapes: () => held !== undefined,
    read: (take) => { take(held) },
    write(copied) { held = copied },
  }
}
