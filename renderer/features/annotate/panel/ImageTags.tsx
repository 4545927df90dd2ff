import { Chip, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { findCommand } from '../../../editor/commands/commands.ts'
import { changeImageTags } from '../../../editor/actions/shapeActions.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { imageTagsOf } from '../../../../shared/domain/draftOperations.ts'
import { TagIdSchema } from '../../../../shared/domain/ids.ts'
import { useKeymap } from '../../common/hotkeys/KeymapContext.tsx'
import { useEditorState } from '../useEditorState.ts'
import { PanelSection } from './PanelSection.tsx'
import classes from './Panel.module.css'

/** Tags of the image as a whole. */
export function ImageTags({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const records = useEditorState(editor, (state) => state.records)
  const keymap = useKeymap()
  const definitions = editor.schema.imageTags
  if (definitions.length === 0) return null
  return (
    <PanelSection title={t('annotate.imageTags')}>
      <Chip.Group multiple value={[...imageTagsOf(records)]} onChange={(tags) => changeImageTags(editor, tags.map((tag) => TagIdSchema.parse(tag)))}>
        <Group className={classes.tags} gap={4}>
          {definitions.map(({ id, name }) => (
            <Chip key={id} value={id} size="xs" radius="sm" disabled={editor.readOnly} title={findCommand(editor, `tags.${id}`, keymap)?.hotkeys.join(', ')}>{name}</Chip>
          ))}
        </Group>
      </Chip.Group>
    </PanelSection>
  )
}
