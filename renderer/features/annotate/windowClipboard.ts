import type { Desktop } from '../../bridge/preloadApi.ts'
import { createClipboard, type Clipboard } from '../../editor/store/clipboard.ts'
import { copiedShapesOf, copiedText } from '../../../shared/domain/copiedShapes.ts'

/** The part of the desktop that a clipboard needs. */
export type SystemClipboard = Pick<Desktop, 'copyShapes' | 'copiedShapes'>

/**
 * A clipboard that other windows and workspaces share, through the system's. Where that cannot be had, for writing or for reading, it is one of this window
 * alone.
 */
export function createWindowClipboard(system: () => SystemClipboard): Clipboard {
  const own = createClipboard()
  /** What was written last, as the system has it; undefined when it did not take it. */
  let taken: Promise<string | undefined> = Promise.resolve(undefined)
  let writes = 0

  /** What the system holds; 'own' when that is what was copied here last, or nobody knows. */
  const look = async () => {
    const ours = await taken
    const text = await system().copiedShapes()
    if (writes > 0 ? ours === undefined || text === ours : text === undefined) return 'own'
    return text === undefined ? undefined : copiedShapesOf(text)
  }

  return {
    mayHoldShapes: () => true,
    read(take) {
      void look().catch(() => 'own' as const).then((found) => {
        if (found === 'own') own.read(take)
        else take(found)
      })
    },
    write(copied) {
      own.write(copied)
      writes += 1
      const text = copiedText(copied)
      taken = Promise.resolve().then(() => system().copyShapes(text)).then(() => text, () => undefined)
    },
  }
}
