import { AngleSlider, NumberInput } from '@mantine/core'
import { IconFlipHorizontal, IconRestore, IconRotate2, IconRotateClockwise2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { turnViewTo } from '../../../editor/actions/turnActions.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { CommandButton } from '../CommandButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import classes from './View.module.css'

/** Turns and mirrors the view: by quarters, by a dial, and by a number. */
export function TurnControls({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const { rotation, flipped } = useEditorState(editor, (state) => state.camera)
  const angle = t('annotate.view.angle')
  return (
    <div className={classes.turn}>
      <CommandButton editor={editor} id="view.turnLeft" icon={IconRotate2} />
      <CommandButton editor={editor} id="view.turnRight" icon={IconRotateClockwise2} />
      <CommandButton editor={editor} id="view.mirror" icon={IconFlipHorizontal} pressed={flipped} />
      <AngleSlider aria-label={angle} size={32} thumbSize={8} withLabel={false} value={rotation} onChange={(degrees) => turnViewTo(editor, degrees)} />
      <NumberInput
        aria-label={angle} className={classes.angle} suffix="°" decimalScale={1} min={-360} max={360} step={1} value={Math.round(rotation * 10) / 10}
        onChange={(degrees) => { if (typeof degrees === 'number') turnViewTo(editor, degrees) }}
      />
      <CommandButton editor={editor} id="view.upright" icon={IconRestore} />
    </div>
  )
}
