import type { Editor } from '../../editor/store/editor.ts'
import { createKeyboardPointer } from './keyboardPointer.ts'
import { modifiersOf } from './pointer.ts'
import { listenToPointers, screenPoint } from './pointerInput.ts'
import { createSmoothZoom } from './smoothZoom.ts'
import { wheelIntent } from './wheel.ts'

/** Leads everything that people do on `host` to the editor; the answer stops it. */
export function listenToInput(host: HTMLElement, editor: Editor): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const smoothZoom = createSmoothZoom((screen, factor) => { editor.dispatch({ type: 'zoom', screen, factor }) })

  const keyboard = createKeyboardPointer(editor)
  listenToPointers(host, editor, signal)
  host.addEventListener('pointermove', () => { keyboard.release() }, { signal })
  host.addEventListener('wheel', (event) => {
    event.preventDefault()
    const intent = wheelIntent(event)
    if (event.altKey && intent.kind === 'zoom' && editor.dispatch({ type: 'tune', factor: Math.exp(intent.steps) })) return
    if (intent.kind === 'scroll') editor.dispatch({ type: 'scroll', delta: intent.delta })
    else smoothZoom.add(screenPoint(host, event), intent.steps)
  }, { signal, passive: false })

  // What the tool in use has no need of goes on to the window's hotkeys.
  host.addEventListener('keydown', (event) => {
    const { key, repeat } = event
    // Enter means a click where the pointer was moved by keys; arrows mean a movement only where the tool has no use of its own for them.
    if (!keyboard.press(event) && !editor.dispatch({ type: 'keyDown', key, modifiers: modifiersOf(event), repeat }) && !keyboard.move(event)) return
    event.preventDefault()
    event.stopPropagation()
  }, { signal })
  host.addEventListener('keyup', (event) => { editor.dispatch({ type: 'keyUp', key: event.key, modifiers: modifiersOf(event) }) }, { signal })
  host.addEventListener('blur', () => { editor.dispatch({ type: 'blur' }) }, { signal })

  return () => {
    stop.abort()
    smoothZoom.stop()
  }
}
