import type { TFunction } from 'i18next'
import type { Command } from '../../editor/commands/command.ts'

/** What a command is called. The editor names a translation without knowing any; a test checks that each exists. */
export function commandLabel(t: TFunction, command: Pick<Command, 'labelKey' | 'labelParams'>): string {
  return t(command.labelKey as 'command.pickClass', { name: command.labelParams?.['name'] ?? '' })
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  '[plus]': '+', arrowleft: '←', arrowright: '→', arrowup: '↑', arrowdown: '↓',
}
const TRANSLATED = ['mod', 'shift', 'alt', 'space', 'enter', 'delete', 'backspace', 'escape'] as const

/** The keys of a hotkey one by one, as they are written on a keyboard. */
export function keyNames(t: TFunction, hotkey: string): string[] {
  return hotkey.split('+').map((key) => {
    const lower = key.toLowerCase()
    const translated = TRANSLATED.find((name) => name === lower)
    return translated ? t(`help.keys.${translated}`) : KEY_NAMES[lower] ?? key.replace(/^digit/i, '').toUpperCase()
  })
}

/** A label with the first hotkey behind it, for a tooltip. */
export function withHotkey(t: TFunction, label: string, hotkey: string | undefined): string {
  return hotkey === undefined ? label : `${label} (${keyNames(t, hotkey).join('+')})`
}
