import { Text, UnstyledButton } from '@mantine/core'
import { IconCircle, IconCircleDashed, IconCircleFilled, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { activateKeypoint, setKeypointVisibility } from '../../../editor/actions/keypointActions.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import type { KeypointVisibility } from '../../../../shared/geometry/skeleton.ts'
import { IconButton, keepKeyboard } from '../IconButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import classes from './Panel.module.css'

const VISIBILITIES: readonly { visibility: KeypointVisibility; name: 'visible' | 'occluded' | 'absent'; icon: Icon }[] = [
  { visibility: 2, name: 'visible', icon: IconCircleFilled }, { visibility: 1, name: 'occluded', icon: IconCircle }, { visibility: 0, name: 'absent', icon: IconCircleDashed },
]

/** The keypoints of the selected skeleton and whether each is visible, occluded or not labelled. */
export function Keypoints({ editor, shape }: { editor: Editor; shape: Shape }) {
  const { t } = useTranslation()
  const active = useEditorState(editor, ({ activeVertex }) => (activeVertex?.shapeId === shape.id ? activeVertex.ref.index : undefined))
  const labelClass = editor.classes.get(shape.classId)
  if (shape.geometry.kind !== 'skeleton') return null
  const { points } = shape.geometry
  return (
    <div>
      <Text className={classes.keypointsTitle}>{t('annotate.keypoints')}</Text>
      <ul className={classes.keypoints} aria-label={t('annotate.keypoints')}>
        {points.map((keypoint, index) => {
          const defined = labelClass?.skeleton?.keypoints[index]
          const name = defined?.name ?? String(index + 1)
          return (
            <li key={index} className={classes.keypoint} data-active={index === active || undefined}>
              <span className={classes.dot} data-visibility={keypoint.visibility} style={{ color: defined?.color ?? labelClass?.color }} />
              <UnstyledButton
                className={classes.name} data-dim={keypoint.visibility === 0 || undefined} onMouseDown={keepKeyboard} onClick={() => activateKeypoint(editor, shape, index)}
              >
                {name}
              </UnstyledButton>
              {VISIBILITIES.map(({ visibility, name: state, icon }) => (
                <IconButton
                  key={visibility} size={20} icon={icon} label={t(`annotate.keypoint.${state}`, { name })} pressed={keypoint.visibility === visibility}
                  disabled={editor.readOnly} onClick={() => setKeypointVisibility(editor, shape, index, visibility)}
                />
              ))}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
