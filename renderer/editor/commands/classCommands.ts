import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import { pickClass } from '../actions/classActions.ts'
import { always } from './command.ts'
import type { Command } from './command.ts'

/**
 * One command per class. Its hotkey is the one that the schema gives, unless that is `taken` or given twice; the first
 * classes without one get the digits that are left, in order.
 */
export function classCommands(schema: LabelSchema, taken: ReadonlySet<string>): Command[] {
  const used = new Set([...taken].map((key) => key.toLowerCase()))
  const claim = (key: string | undefined) => {
    if (key === undefined || used.has(key.toLowerCase())) return undefined
    used.add(key.toLowerCase())
    return key
  }
  const own = schema.classes.map((labelClass) => claim(labelClass.hotkey))
  const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].filter((digit) => !used.has(digit))
  return schema.classes.map((labelClass, index): Command => {
    const hotkey = own[index] ?? digits.shift()
    return {
      id: `classes.${labelClass.id}`, labelKey: 'command.pickClass', labelParams: { name: labelClass.name }, group: 'classes',
      hotkeys: hotkey === undefined ? [] : [hotkey], keepsGesture: true, enabled: always,
      run: (editor) => { pickClass(editor, labelClass.id) },
    }
  })
}
