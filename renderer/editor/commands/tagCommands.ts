import { imageTagsOf } from '../../../shared/domain/draftOperations.ts'
import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import { changeImageTags } from '../actions/shapeActions.ts'
import type { Editor } from '../store/editor.ts'
import type { Command } from './command.ts'

/** One command per image tag, which puts it on or takes it off. Its hotkey is the one that the schema gives, unless that is `taken` or given twice. */
export function tagCommands(schema: LabelSchema, taken: ReadonlySet<string>): Command[] {
  const used = new Set([...taken].map((key) => key.toLowerCase()))
  return schema.imageTags.map(({ id, name, hotkey }): Command => {
    const isFree = hotkey !== undefined && !used.has(hotkey.toLowerCase())
    if (isFree) used.add(hotkey.toLowerCase())
    return {
      id: `tags.${id}`, labelKey: 'command.toggleTag', labelParams: { name }, group: 'classes', hotkeys: isFree ? [hotkey] : [],
      enabled: (editor) => !editor.readOnly,
      run: (editor) => { changeImageTags(editor, toggled(editor, id)) },
    }
  })
}

function toggled(editor: Editor, id: LabelSchema['imageTags'][number]['id']) {
  const tags = imageTagsOf(editor.state.getState().records)
  return tags.includes(id) ? tags.filter((tag) => tag !== id) : [...tags, id]
}
