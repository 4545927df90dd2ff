import { Kbd, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { commandsFor } from '../../../editor/commands/commands.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { useKeymap } from '../../common/hotkeys/KeymapContext.tsx'
import { keyNames } from '../commandText.ts'
import { keepKeyboard } from '../IconButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import { PanelSection } from './PanelSection.tsx'
import classes from './Panel.module.css'

/** The classes of the label schema; the pressed one is for new shapes. */
export function ClassList({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const active = useEditorState(editor, (state) => state.activeClassId)
  const commands = new Map(commandsFor(editor.schema, useKeymap()).map((command) => [command.id, command]))
  return (
    <PanelSection title={t('annotate.classes')}>
      <div className={classes.classes}>
        {editor.schema.classes.map(({ id, name, color }) => {
          const hotkey = commands.get(`classes.${id}`)?.hotkeys[0]
          return (
            <UnstyledButton
              key={id} className={classes.item} aria-label={name} aria-pressed={id === active} onMouseDown={keepKeyboard}
              onClick={() => editor.execute(`classes.${id}`)}
            >
              <span className={classes.swatch} style={{ background: color }} />
              <span className={classes.name}>{name}</span>
              {hotkey !== undefined && <Kbd className={classes.key}>{keyNames(t, hotkey).join('+')}</Kbd>}
            </UnstyledButton>
          )
        })}
      </div>
    </PanelSection>
  )
}
