import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { AttributeDefinition, AttributeValue } from '../../../shared/domain/labelSchema.ts'
import type { Editor } from '../store/editor.ts'
import { selectedShapes } from '../store/queries.ts'
import { setSelectionAttribute } from './shapeActions.ts'

/** The attribute at a place (from 0) in the list of the selected shapes' class; undefined when they differ in class or it has fewer. */
export function attributeAt(editor: Editor, place: number): AttributeDefinition | undefined {
  const selected = selectedShapes(editor.state.getState())
  const [first] = selected
  if (first === undefined || selected.some(({ classId }) => classId !== first.classId)) return undefined
  return editor.classes.get(first.classId)?.attributes[place]
}

/** Moves an attribute of the selection on to its next value; a text or number, which has none, gets the keyboard instead. */
export function stepAttribute(editor: Editor, definition: AttributeDefinition): void {
  const [first] = selectedShapes(editor.state.getState())
  const current = first?.attributes[definition.id]
  switch (definition.type) {
    case 'boolean': return void setSelectionAttribute(editor, definition.id, current !== true)
    case 'enum': return void setSelectionAttribute(editor, definition.id, optionAfter(definition, current))
    case 'number':
    case 'text': return editor.askFor(definition.id)
    default: return assertNever(definition, 'attribute')
  }
}

/** After the last option comes none, unless the attribute is required. */
function optionAfter({ options, required }: Extract<AttributeDefinition, { type: 'enum' }>, current: AttributeValue | undefined): string | undefined {
  const at = options.findIndex((option) => option === current)
  return options[at + 1] ?? (required ? options[0] : undefined)
}
