import { createEditor } from '../../editor/store/createEditor.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { DraftRecord } from '../../../shared/domain/draft.ts'
import { instantOf, ShapeIdSchema, UserIdSchema } from '../../../shared/domain/ids.ts'
import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'

/** An editor for the real canvas in which records are looked at and nothing can be changed. */
export function lookOnlyEditor(records: readonly DraftRecord[], schema: LabelSchema, image: Pick<ImageSource, 'width' | 'height' | 'pixelSize'>): Editor {
  return createEditor({
    open: {
      records: [...records], predictions: [], undo: [], redo: [], journalSeq: 0, schema, imageSize: { width: image.width, height: image.height }, pixelSize: image.pixelSize,
      user: UserIdSchema.parse('nobody'), readOnly: true, threshold: 1,
    },
    now: () => instantOf(Date.now()),
    newId: () => ShapeIdSchema.parse('none'),
  })
}
