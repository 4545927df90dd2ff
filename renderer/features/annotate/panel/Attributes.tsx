import { Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { relabelSelection, setSelectionAttribute } from '../../../editor/actions/shapeActions.ts'
import { findCommand } from '../../../editor/commands/commands.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { selectedShapes } from '../../../editor/store/queries.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { useKeymap } from '../../common/hotkeys/KeymapContext.tsx'
import { useEditorState } from '../useEditorState.ts'
import { AttributeInput, type ShownValue } from './AttributeInput.tsx'
import { Keypoints } from './Keypoints.tsx'
import { Origin } from './Origin.tsx'
import { ShapeProblems } from './ShapeProblems.tsx'
import { PanelSection } from './PanelSection.tsx'
import classes from './Panel.module.css'

/** Class and attributes of the selected shapes; where they differ, the field says so. */
export function Attributes({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const selected = useEditorState(editor, selectedShapes)
  const wanted = useEditorState(editor, (state) => state.wantedField)
  const keymap = useKeymap()
  const [first] = selected
  if (!first) {
    return <PanelSection title={t('annotate.attributes')}><Text className={classes.hint}>{t('annotate.attributesNone')}</Text></PanelSection>
  }
  const oneClass = selected.every((shape) => shape.classId === first.classId) ? editor.classes.get(first.classId) : undefined
  // A new selection means new fields: nothing that was typed for one shape may end up on another.
  const key = selected.map((shape) => shape.id).join()
  return (
    <PanelSection title={t('annotate.attributes')}>
      <div className={classes.fields} key={key}>
        <Select
          label={t('annotate.class')} disabled={editor.readOnly} value={oneClass?.id ?? null} placeholder={t('annotate.attributeMixed')}
          data={editor.schema.classes.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => value !== null && relabelSelection(editor, value)}
        />
        {selected.length === 1 && <ShapeProblems editor={editor} shapeId={first.id} />}
        {oneClass?.attributes.map((definition, place) => (
          <AttributeInput
            key={definition.id} wanted={wanted?.attribute === definition.id ? wanted : undefined} hotkey={findCommand(editor, `attributes.${place + 1}`, keymap)?.hotkeys[0]} definition={definition} shown={shownValue(selected, definition.id)} disabled={editor.readOnly}
            onChange={(value) => setSelectionAttribute(editor, definition.id, value)}
          />
        ))}
        {selected.length === 1 && first.geometry.kind === 'skeleton' && <Keypoints editor={editor} shape={first} />}
        {selected.length === 1 && <Origin provenance={first.provenance} />}
        {oneClass?.attributes.length === 0 && first.geometry.kind !== 'skeleton' && <Text className={classes.hint}>{t('annotate.attributesNoneDefined')}</Text>}
      </div>
    </PanelSection>
  )
}

function shownValue(shapes: readonly Shape[], attribute: keyof Shape['attributes']): ShownValue {
  const [first, ...others] = shapes.map((shape) => shape.attributes[attribute])
  return others.every((value) => value === first) ? { kind: 'same', value: first } : { kind: 'mixed' }
}
