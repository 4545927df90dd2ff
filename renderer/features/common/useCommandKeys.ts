import { useHotkeys } from '@mantine/hooks'

export interface KeyBinding {
  /** As @mantine/hooks reads it: `mod+Z`. */
  hotkey: string
  /** The key also counts while text is being entered. */
  inText?: boolean
  /** False when there was nothing to do, so that the key keeps its usual meaning. */
  run: () => boolean | void
}

/** A hotkey with a digit by its place on the keyboard (KeyboardEvent.code). */
const NAMES_A_PLACE = /Digit\d$/

/** Binds keys to commands, unless a control with the keyboard took the key for itself, text is entered or a dialog is open. */
export function useCommandKeys(bindings: readonly KeyBinding[]): void {
  const items = bindings.map(({ hotkey, inText = false, run }): [string, (event: KeyboardEvent) => void, object] => [
    hotkey,
    (event) => {
      if (event.defaultPrevented || isInDialog(event.target) || (!inText && takesText(event.target))) return
      if (run() !== false) event.preventDefault()
    },
    { preventDefault: false, usePhysicalKeys: NAMES_A_PLACE.test(hotkey) },
  ])
  // Which targets keep their keys is decided above: a checkbox is an INPUT too, but takes no letters.
  useHotkeys(items, [])
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"], .mantine-Combobox-dropdown') !== null
}

const NOT_TEXT = new Set(['button', 'checkbox', 'radio', 'range', 'color', 'file', 'submit', 'reset'])

function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !target.readOnly && !NOT_TEXT.has(target.type)
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable)
}
