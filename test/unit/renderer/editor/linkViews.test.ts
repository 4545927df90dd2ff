import { describe, expect, it } from 'vitest'
import { linkViews } from '../../../../renderer/editor/actions/linkViews.ts'
import { zoomBy } from '../../../../renderer/editor/actions/viewActions.ts'
import { createEditor } from '../../../../renderer/editor/store/createEditor.ts'
import type { Editor } from '../../../../renderer/editor/store/editor.ts'
import { instantOf, ShapeIdSchema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import { screenToImage } from '../../../../shared/geometry/camera.ts'
import { A_LABEL_SCHEMA } from '../../../builders/records.ts'

const anEditor = () => createEditor({
  open: { records: [], predictions: [], undo: [], redo: [], journalSeq: 0, schema: A_LABEL_SCHEMA, imageSize: { width: 1000, height: 500 }, user: UserIdSchema.parse('ada'), readOnly: true, threshold: 1 },
  now: () => instantOf(0), newId: () => ShapeIdSchema.parse('none'),
})
const cameraOf = (editor: Editor) => editor.state.getState().camera
const resize = (editor: Editor, width: number, height: number) => { editor.dispatch({ type: 'resize', size: { width, height } }) }

describe('linkViews', () => {
  it('lets the others look where one looks, also those that are not on the screen yet', () => {
    const [a, b] = [anEditor(), anEditor()]
    linkViews([a, b])
    resize(a, 800, 400)
    zoomBy(a, 3)
    expect(cameraOf(b)).toEqual(cameraOf(a))
    resize(b, 800, 400)
    expect(cameraOf(b)).toEqual(cameraOf(a))
    zoomBy(b, 0.5)
    expect(cameraOf(a)).toEqual(cameraOf(b))
  })

  it('keeps what is in the middle when the view gets another size', () => {
    const [a, b] = [anEditor(), anEditor()]
    linkViews([a, b])
    resize(a, 800, 400)
    zoomBy(a, 4)
    const middle = screenToImage(cameraOf(a), [400, 200])
    resize(b, 400, 400)
    resize(a, 400, 400)
    for (const editor of [a, b]) screenToImage(cameraOf(editor), [200, 200]).forEach((value, axis) => { expect(value).toBeCloseTo(middle[axis]!, 9) })
  })

  it('ends when it is undone', () => {
    const [a, b] = [anEditor(), anEditor()]
    const unlink = linkViews([a, b])
    resize(a, 800, 400)
    unlink()
    zoomBy(a, 3)
    expect(cameraOf(b)).not.toEqual(cameraOf(a))
  })
})
