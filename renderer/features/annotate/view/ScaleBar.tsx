import { useTranslation } from 'react-i18next'
import { lengthText } from '../../../canvas/aids/lengthText.ts'
import { micrometresOf } from '../../../editor/store/measurement.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { screenToImageVector } from '../../../../shared/geometry/camera.ts'
import { useEditorState } from '../useEditorState.ts'
import { scaleBar } from './scale.ts'
import classes from './View.module.css'

/** How long things are in the world, along the rows of the screen; only where the image says how large its pixels are. */
export function ScaleBar({ editor }: { editor: Editor }) {
  const { t, i18n } = useTranslation()
  const camera = useEditorState(editor, (state) => state.camera)
  if (editor.pixelSize === undefined) return null
  const { micrometres, pixels } = scaleBar(micrometresOf(screenToImageVector(camera, [1, 0]), editor.pixelSize))
  return (
    <div className={`${classes.pill} ${classes.scale}`} role="img" aria-label={t('annotate.view.scaleBar')}>
      {lengthText(micrometres, i18n.language)}
      <i style={{ width: pixels }} />
    </div>
  )
}
