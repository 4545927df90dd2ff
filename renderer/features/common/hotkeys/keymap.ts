import { hotkeysOf } from '../../../editor/commands/keymap.ts'
import type { Keymap } from '../../../editor/commands/keymap.ts'
import type { HotkeySettings } from '../../../../shared/rpc/workspace.ts'
import { PRESETS } from './presets.ts'

/** A command as far as its keys are concerned. */
export interface Bindable {
  readonly id: string
  readonly hotkeys: readonly string[]
  /** Commands of different scopes are never able at the same time, and may share keys; without one it is for annotating and everywhere. */
  readonly scope?: 'review'
}

/** The keys in force: a person's own before those of the preset. `windowCommands` are those beside the editor's. */
export function makeKeymap(settings: HotkeySettings, windowCommands: readonly Bindable[]): Keymap {
  const keymap: Keymap = { hotkeys: { ...PRESETS[settings.preset], ...settings.custom }, reserved: [] }
  return { ...keymap, reserved: windowCommands.filter(({ scope }) => scope === undefined).flatMap((command) => hotkeysOf(keymap, command)).flatMap(alsoBare) }
}

/** `Shift+?` is typed as `?`, which a class must not take either. */
function alsoBare(hotkey: string): string[] {
  const key = hotkey.replace(/^shift\+/i, '')
  return key.length === 1 && !/[a-z0-9]/i.test(key) ? [hotkey, key] : [hotkey]
}

/** Two spellings of a hotkey are the same when this is. */
function normalHotkey(hotkey: string): string {
  const parts = hotkey.toLowerCase().split('+')
  const key = parts.pop() ?? ''
  return [...parts.sort(), key].join('+')
}

/** The commands that each command shares a key with. Those that share one from the start take turns, and do not count. */
export function findClashes(keymap: Keymap, commands: readonly Bindable[]): ReadonlyMap<string, readonly string[]> {
  const holders = holdersByKey(commands, (command) => hotkeysOf(keymap, command))
  const meant = holdersByKey(commands, (command) => command.hotkeys)
  const clashes = new Map<string, string[]>()
  for (const [key, ids] of holders) {
    const fromStart = new Set(meant.get(key))
    for (const id of ids) {
      const others = ids.filter((other) => other !== id && !(fromStart.has(id) && fromStart.has(other)))
      if (others.length > 0) clashes.set(id, [...new Set([...(clashes.get(id) ?? []), ...others])])
    }
  }
  return clashes
}

function holdersByKey(commands: readonly Bindable[], keysOf: (command: Bindable) => readonly string[]): Map<string, string[]> {
  const holders = new Map<string, string[]>()
  for (const command of commands) {
    for (const hotkey of new Set(keysOf(command).map(normalHotkey))) {
      const key = `${command.scope ?? ''} ${hotkey}`
      holders.set(key, [...(holders.get(key) ?? []), command.id])
    }
  }
  return holders
}
