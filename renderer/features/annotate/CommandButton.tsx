import type { Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { findCommand } from '../../editor/commands/commands.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { useKeymap } from '../common/hotkeys/KeymapContext.tsx'
import { commandLabel, withHotkey } from './commandText.ts'
import { IconButton, type BarItem } from './IconButton.tsx'

/** A button for one of the editor's commands, named and enabled as the command says. */
export function CommandButton({ editor, id, icon, pressed, item }: { editor: Editor; id: string; icon: Icon; pressed?: boolean; item?: BarItem }) {
  const { t } = useTranslation()
  const command = findCommand(editor, id, useKeymap())
  const enabled = useStore(editor.state, () => command?.enabled(editor) ?? false)
  if (!command) return null
  const label = commandLabel(t, command)
  return (
    <IconButton
      icon={icon} label={label} hint={withHotkey(t, label, command.hotkeys[0])} disabled={!enabled} onClick={() => editor.execute(id)}
      {...(pressed !== undefined && { pressed })} {...(item && { item })}
    />
  )
}
