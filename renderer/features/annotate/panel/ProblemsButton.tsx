import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { findCommand } from '../../../editor/commands/commands.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { useKeymap } from '../../common/hotkeys/KeymapContext.tsx'
import { withHotkey } from '../commandText.ts'
import { keepKeyboard } from '../IconButton.tsx'
import { useEditorState } from '../useEditorState.ts'

/** How many shapes break a rule; a click leads to the next of them. */
export function ProblemsButton({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const hotkeys = findCommand(editor, 'objects.nextProblem', useKeymap())?.hotkeys ?? []
  const count = useEditorState(editor, (state) => state.problems.size)
  if (count === 0) return null
  const label = t('annotate.problems', { count })
  return (
    <Button
      size="compact-xs" variant="light" color="orange" leftSection={<IconAlertTriangle size={13} aria-hidden />} aria-label={`${label}. ${t('command.nextProblem')}`}
      title={withHotkey(t, t('command.nextProblem'), hotkeys[0])} onMouseDown={keepKeyboard} onClick={() => editor.execute('objects.nextProblem')}
    >
      {label}
    </Button>
  )
}
