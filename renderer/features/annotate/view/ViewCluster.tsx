import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconContrast, IconFlipHorizontal, IconRotateClockwise2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImagePixels } from '../../../canvas/image/imageLayer.ts'
import { measurementText } from '../../../canvas/interaction/ruler.ts'
import { toggleAdjusted } from '../../../editor/actions/adjustmentActions.ts'
import { uprightView } from '../../../editor/actions/turnActions.ts'
import { isUnadjusted } from '../../../editor/store/adjustments.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { useFormat } from '../../common/useFormat.ts'
import { keepKeyboard } from '../IconButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import { Minimap } from './Minimap.tsx'
import { Readout } from './Readout.tsx'
import { ScaleBar } from './ScaleBar.tsx'
import classes from './View.module.css'

/** Over the corners of the image: what departs from the plain view, what lies under the pointer, and where the view is. */
export function ViewCluster({ editor, pixels }: { editor: Editor; pixels: ImagePixels }) {
  return (
    <>
      <div className={classes.cluster}>
        <ScaleBar editor={editor} />
        <div className={classes.pills}>
          <Readout editor={editor} pixels={pixels} />
          <TurnSign editor={editor} />
          <AdjustedSign editor={editor} />
        </div>
      </div>
      <Measured editor={editor} />
      <Minimap editor={editor} pixels={pixels} />
    </>
  )
}

/** Says aloud what the ruler shows. */
function Measured({ editor }: { editor: Editor }) {
  const { t, i18n } = useTranslation()
  const measurement = useEditorState(editor, (state) => (state.toolState === 'idle' ? state.measurement : undefined))
  const text = measurement && measurementText(measurement, editor.pixelSize, i18n.language)
  return <VisuallyHidden role="status">{text !== undefined && t('annotate.view.measured', { text })}</VisuallyHidden>
}

/** Says that the view is turned or mirrored; a click sets it upright. */
function TurnSign({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { rotation, flipped } = useEditorState(editor, (state) => state.camera)
  if (rotation === 0 && !flipped) return null
  return (
    <UnstyledButton className={classes.pill} title={t('command.upright')} onMouseDown={keepKeyboard} onClick={() => uprightView(editor)}>
      {rotation !== 0 && <><IconRotateClockwise2 size={13} aria-hidden />{t('annotate.view.turned', { degrees: format.number(Math.round(rotation * 10) / 10) })}</>}
      {flipped && <><IconFlipHorizontal size={13} aria-hidden />{t('annotate.view.mirrored')}</>}
    </UnstyledButton>
  )
}

/** Says that the image is not in its own colours; a click shows the original, and another the adjusted image again. */
function AdjustedSign({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const unadjusted = useEditorState(editor, (state) => isUnadjusted(state.adjustments))
  const adjusted = useEditorState(editor, (state) => state.adjusted)
  if (unadjusted) return null
  return (
    <UnstyledButton className={classes.pill} title={t('command.adjusted')} onMouseDown={keepKeyboard} onClick={() => toggleAdjusted(editor)}>
      <IconContrast size={13} aria-hidden />{t(adjusted ? 'annotate.view.adjusted' : 'annotate.view.originalShown')}
    </UnstyledButton>
  )
}
