import { useEffect, useEffectEvent } from 'react'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'
import type { Settings } from '../../../shared/rpc/workspace.ts'

const SETTLED_MS = 300

/** Keeps a part of the editor's state, set by slider or by key, for the tasks to come. */
export function useKeptSetting<K extends keyof Settings>(editor: Editor, name: K, select: (state: EditorState) => Settings[K]): void {
  const engine = useEngine()
  const selected = useEffectEvent(select)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = editor.state.subscribe((state, before) => {
      const value = selected(state)
      if (value === selected(before)) return
      clearTimeout(timer)
      // A preference alone: failing to keep it costs nothing that the person made.
      timer = setTimeout(() => void engine.request('settings.set', { [name]: value }).catch(() => {}), SETTLED_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [engine, editor, name])
}
