import { LABEL_SCHEMA_FORMAT, LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import type { DraftRecord } from '../../../../shared/domain/draft.ts'
import { InstantSchema, ShapeIdSchema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import type { Size } from '../../../../shared/geometry/box.ts'
import { createEditor } from '../../../../renderer/editor/store/createEditor.ts'
import type { Editor } from '../../../../renderer/editor/store/editor.ts'
import { COLORS } from './scene.ts'

export const NOW = InstantSchema.parse('2026-01-01T00:00:00.000Z')
export const USER = UserIdSchema.parse('bench')
const SCHEMA = LabelSchemaSchema.parse({
  format: LABEL_SCHEMA_FORMAT, name: 'Bench',
  classes: COLORS.map((color) => ({ id: color.slice(1), name: color.slice(1), color, kinds: ['rectangle', 'polygon', 'mask'] })),
})

/** The product's editor on a task with these records. */
export function openEditor(records: readonly DraftRecord[], imageSize: Size): Editor {
  return createEditor({
    open: { records, predictions: [], schema: SCHEMA, undo: [], redo: [], journalSeq: 0, imageSize, user: USER, readOnly: false, threshold: 0.5 },
    now: () => NOW,
    newId: () => ShapeIdSchema.parse(crypto.randomUUID()),
  })
}
