import { describe, expect, it } from 'vitest'
import { WINDOW_COMMANDS } from '../../../../renderer/app/commands.ts'
import { matching } from '../../../../renderer/app/palette/matching.ts'
import { COMMANDS, commandsFor } from '../../../../renderer/editor/commands/commands.ts'
import { findClashes, makeKeymap } from '../../../../renderer/features/common/hotkeys/keymap.ts'
import { PRESETS } from '../../../../renderer/features/common/hotkeys/presets.ts'
import { recordHotkey } from '../../../../renderer/features/common/hotkeys/recordHotkey.ts'
import { HOTKEY_PRESETS } from '../../../../shared/rpc/workspace.ts'
import { A_LABEL_SCHEMA } from '../../../builders/records.ts'

const ALL = [...WINDOW_COMMANDS, ...COMMANDS]
const press = (key: string, code: string, modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
  recordHotkey({ key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers })

describe('presets of hotkeys', () => {
  it.each(HOTKEY_PRESETS)('%s names commands that there are, and no key twice', (preset) => {
    const ids = new Set(ALL.map(({ id }) => id))
    expect(Object.keys(PRESETS[preset]).filter((id) => !ids.has(id))).toEqual([])
    expect([...findClashes(makeKeymap({ preset, custom: {} }, WINDOW_COMMANDS), ALL)]).toEqual([])
  })

  it('walk on with D in Fieldmark and with F in CVAT, where D goes back', () => {
    const keys = (preset: 'fieldmark' | 'cvat', id: string) => makeKeymap({ preset, custom: {} }, WINDOW_COMMANDS).hotkeys[id] ?? ALL.find((command) => command.id === id)?.hotkeys
    expect(keys('fieldmark', 'task.next')).toEqual(['D'])
    expect(keys('cvat', 'task.next')).toEqual(['F'])
    expect(keys('cvat', 'task.previous')).toEqual(['D'])
  })
})

describe('a keymap', () => {
  it('has the person\'s own keys before those of the preset, and no key where the person wants none', () => {
    const keymap = makeKeymap({ preset: 'cvat', custom: { 'task.next': ['X'], 'tools.again': [] } }, WINDOW_COMMANDS)
    expect(keymap.hotkeys['task.next']).toEqual(['X'])
    expect(keymap.hotkeys['tools.again']).toEqual([])
  })

  it('tells which commands want the same key, however it is spelled', () => {
    const commands = [{ id: 'one', hotkeys: ['mod+shift+Z'] }, { id: 'two', hotkeys: ['B'] }, { id: 'three', hotkeys: ['C'] }]
    const clashes = findClashes({ hotkeys: { two: ['Shift+mod+z'] }, reserved: [] }, commands)
    expect([...clashes]).toEqual([['one', ['two']], ['two', ['one']]])
  })

  it('lets commands take turns at a key that they share from the start', () => {
    const commands = [{ id: 'one', hotkeys: ['['] }, { id: 'two', hotkeys: ['['] }]
    expect(findClashes({ hotkeys: {}, reserved: [] }, commands).size).toBe(0)
    expect(findClashes({ hotkeys: { three: ['['] }, reserved: [] }, [...commands, { id: 'three', hotkeys: [] }]).size).toBe(3)
  })

  it('gives classes only keys that no command has', () => {
    const schema = { ...A_LABEL_SCHEMA, classes: A_LABEL_SCHEMA.classes.map((labelClass, index) => ({ ...labelClass, ...(index === 0 && { hotkey: 'f' }) })) }
    const keyOf = (preset: 'fieldmark' | 'cvat') => commandsFor(schema, makeKeymap({ preset, custom: {} }, WINDOW_COMMANDS)).find(({ id }) => id === `classes.${schema.classes[0]?.id}`)?.hotkeys
    expect(keyOf('fieldmark')).toEqual(['f'])
    expect(keyOf('cvat')).toEqual(['1'])
  })
})

describe('recording a hotkey', () => {
  it('writes it as it is bound', () => {
    expect(press('s', 'KeyS', { ctrlKey: true })).toBe('mod+S')
    expect(press('S', 'KeyS', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+S')
    expect(press('!', 'Digit1', { shiftKey: true })).toBe('shift+Digit1')
    expect(press('1', 'Digit1')).toBe('1')
    expect(press(' ', 'Space', { metaKey: true })).toBe('mod+Space')
    expect(press('+', 'BracketRight')).toBe('[plus]')
    expect(press('ArrowLeft', 'ArrowLeft', { altKey: true })).toBe('alt+ArrowLeft')
  })

  it('waits while only modifiers are down', () => {
    expect(press('Control', 'ControlLeft', { ctrlKey: true })).toBeUndefined()
  })
})

describe('the palette', () => {
  const action = (label: string, group = 'Edit') => ({ id: label, label, group, run: () => undefined })

  it('finds by parts of words in any order, without accents, the beginning of a name first', () => {
    const actions = [action('Nudge left'), action('Última herramienta'), action('Left', 'View'), action('Delete')]
    expect(matching(actions, 'lef').map(({ label }) => label)).toEqual(['Left', 'Nudge left'])
    expect(matching(actions, 'left nud').map(({ label }) => label)).toEqual(['Nudge left'])
    expect(matching(actions, 'ultima').map(({ label }) => label)).toEqual(['Última herramienta'])
    expect(matching(actions, 'view').map(({ label }) => label)).toEqual(['Left'])
    expect(matching(actions, 'nothing like it')).toEqual([])
    expect(matching(actions, ' ')).toHaveLength(4)
  })
})
