import { createEditor } from '../../editor/store/createEditor.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { instantOf, ShapeIdSchema, UserIdSchema } from '../../../shared/domain/ids.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import type { Pictures } from './pictures.ts'

/** The real canvas over each picture; nothing can be changed in it. */
export interface CompareEditors { readonly both: Editor; readonly from: Editor; readonly to: Editor; readonly all: readonly Editor[] }

export function compareEditors({ both, from, to, schema }: Pictures, image: ImageSource | undefined): CompareEditors {
  const view = (records: readonly Shape[]) => createEditor({
    open: {
      records, predictions: [], undo: [], redo: [], journalSeq: 0, schema,
      imageSize: image === undefined ? { width: 1, height: 1 } : { width: image.width, height: image.height },
      pixelSize: image?.pixelSize, user: UserIdSchema.parse('nobody'), readOnly: true, threshold: 1,
    },
    now: () => instantOf(Date.now()),
    newId: () => ShapeIdSchema.parse('none'),
  })
  const editors = { both: view(both), from: view(from), to: view(to) }
  return { ...editors, all: [editors.both, editors.from, editors.to] }
}
