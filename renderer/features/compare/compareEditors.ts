import type { Editor } from '../../editor/store/editor.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import { lookOnlyEditor } from '../common/lookOnlyEditor.ts'
import type { Pictures } from './pictures.ts'

/** The real canvas over each picture; nothing can be changed in it. */
export interface CompareEditors { readonly both: Editor; readonly from: Editor; readonly to: Editor; readonly all: readonly Editor[] }

export function compareEditors({ both, from, to, schema }: Pictures, image: Pick<ImageSource, 'width' | 'height' | 'pixelSize'> = { width: 1, height: 1, pixelSize: undefined }): CompareEditors {
  const editors = { both: lookOnlyEditor(both, schema, image), from: lookOnlyEditor(from, schema, image), to: lookOnlyEditor(to, schema, image) }
  return { ...editors, all: [editors.both, editors.from, editors.to] }
}
