import { clipboard } from 'electron'
import { z } from 'zod'
import { COPIED_SHAPES_START } from '../../shared/domain/copiedShapes.ts'

/** What the page may put on the system's clipboard: shapes, and nothing else. In characters; a hundred thousand polygons take about a third. */
export const ShapesTextSchema = z.string().max(128_000_000).startsWith(COPIED_SHAPES_START)

/** The shapes on the system's clipboard, as text. What else may be on it is none of the page's business. */
export async function readCopiedShapes(): Promise<string | undefined> {
  // Older versions of Electron answer at once.
  const text = await clipboard.readText()
  return text.startsWith(COPIED_SHAPES_START) ? text : undefined
}

export async function writeCopiedShapes(text: string): Promise<void> {
  await clipboard.writeText(text)
}
