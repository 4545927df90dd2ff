import type { Editor } from '../store/editor.ts'

/** Hides all but the selected shapes, or shows the others again as they were. */
export function toggleIsolation(editor: Editor): void {
  const { shapes, selection, hidden, isolated } = editor.state.getState()
  if (isolated !== undefined) {
    editor.update({ hidden: isolated.hiddenBefore, isolated: undefined })
    return
  }
  const others = shapes.map(({ id }) => id).filter((id) => !selection.has(id))
  editor.update({ hidden: new Set([...hidden, ...others]), isolated: { hiddenBefore: hidden } })
}
