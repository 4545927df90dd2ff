import { useStore } from 'zustand'
import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'

/** A part of the editor's state. The selector must answer the same value for the same state. */
export function useEditorState<T>(editor: Editor, select: (state: EditorState) => T): T {
  return useStore(editor.state, select)
}
