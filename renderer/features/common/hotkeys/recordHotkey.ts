const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead'])

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** The hotkey that a person presses, as @mantine/hooks reads it; undefined while only modifiers are down. */
export function recordHotkey(event: Pressed): string | undefined {
  if (MODIFIERS.has(event.key)) return undefined
  const modifiers = [event.ctrlKey || event.metaKey ? 'mod' : [], event.altKey ? 'alt' : [], event.shiftKey ? 'shift' : []].flat()
  return [...modifiers, keyOf(event, modifiers.length > 0)].join('+')
}

/** With a modifier a digit is named by its place, for with Shift its key types another character. */
function keyOf({ key, code }: Pressed, modified: boolean): string {
  if (modified && /^Digit\d$/.test(code)) return code
  if (key === '+') return '[plus]'
  if (key === ' ') return 'Space'
  return key.length === 1 ? key.toUpperCase() : key
}
