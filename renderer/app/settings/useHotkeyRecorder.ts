import { useEffect, useState } from 'react'
import { recordHotkey } from '../../features/common/hotkeys/recordHotkey.ts'

/** Takes the next key that is pressed, wherever it goes; Escape alone gives up. */
export function useHotkeyRecorder(onHotkey: (hotkey: string) => void): { isRecording: boolean; start: () => void } {
  const [isRecording, setRecording] = useState(false)
  useEffect(() => {
    if (!isRecording) return undefined
    const take = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopPropagation()
      const hotkey = recordHotkey(event)
      if (hotkey === undefined) return
      setRecording(false)
      if (hotkey !== 'Escape') onHotkey(hotkey)
    }
    const giveUp = () => setRecording(false)
    window.addEventListener('keydown', take, { capture: true })
    window.addEventListener('pointerdown', giveUp, { capture: true })
    return () => {
      window.removeEventListener('keydown', take, { capture: true })
      window.removeEventListener('pointerdown', giveUp, { capture: true })
    }
  }, [isRecording, onHotkey])
  return { isRecording, start: () => setRecording(true) }
}
