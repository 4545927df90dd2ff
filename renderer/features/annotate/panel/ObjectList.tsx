import { Text } from '@mantine/core'
import { IconAlertTriangle, IconEye, IconEyeOff, IconLock, IconLockOpen } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { selectShapes, toggleHidden, toggleLocked } from '../../../editor/actions/shapeActions.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { selectedShapes, toggled, withGroups } from '../../../editor/store/queries.ts'
import { placeInStack } from '../../../editor/store/stack.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { useFormat } from '../../common/useFormat.ts'
import { CommandButton } from '../CommandButton.tsx'
import { IconButton } from '../IconButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import { ProblemsButton } from './ProblemsButton.tsx'
import { PanelSection } from './PanelSection.tsx'
import { VirtualList } from './VirtualList.tsx'
import classes from './Panel.module.css'

interface NamedShape {
  shape: Shape
  name: string
}

/** Every shape of the draft, the uppermost first, to select, hide and lock. */
export function ObjectList({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shapes = useEditorState(editor, (state) => state.shapes)
  const selection = useEditorState(editor, (state) => state.selection)
  const allHidden = useEditorState(editor, (state) => state.allHidden)
  const uppermost = useEditorState(editor, selectedShapes).at(-1)
  const itemAt = (index: number): NamedShape | undefined => {
    const number = shapes.length - index
    const shape = shapes[number - 1]
    return shape && { shape, name: t('annotate.object', { class: editor.classes.get(shape.classId)?.name ?? shape.classId, number }) }
  }
  const shownIndex = uppermost === undefined ? -1 : shapes.length - 1 - placeInStack(shapes, uppermost)

  const select = ({ shape }: NamedShape, extend: boolean) => {
    const members = withGroups(editor.state.getState(), [shape.id])
    selectShapes(editor, extend ? toggled(selection, [...members]) : members)
  }
  return (
    <PanelSection
      grows title={`${t('annotate.objects')} (${format.number(shapes.length)})`}
      aside={<><ProblemsButton editor={editor} /><CommandButton editor={editor} id="objects.hideAll" icon={allHidden ? IconEyeOff : IconEye} /></>}
    >
      {shapes.length === 0 && <Text className={classes.hint}>{t('annotate.objectsEmpty')}</Text>}
      <VirtualList
        label={t('annotate.objects')} count={shapes.length} itemAt={itemAt} keyOf={({ shape }) => shape.id}
        isSelected={({ shape }) => selection.has(shape.id)} shownIndex={shownIndex} onSelect={select}
      >
        {(item) => <ObjectItem editor={editor} item={item} />}
      </VirtualList>
    </PanelSection>
  )
}

function ObjectItem({ editor, item: { shape, name } }: { editor: Editor; item: NamedShape }) {
  const { t } = useTranslation()
  const hidden = useEditorState(editor, (state) => state.allHidden || state.hidden.has(shape.id))
  const locked = useEditorState(editor, (state) => state.locked.has(shape.id))
  const hasProblem = useEditorState(editor, (state) => state.problems.has(shape.id))
  return (
    <>
      <span className={classes.swatch} style={{ background: editor.classes.get(shape.classId)?.color }} />
      {hasProblem && <IconAlertTriangle size={13} className={classes.problem} role="img" aria-label={t('annotate.hasProblem')} />}
      <span className={classes.name} data-dim={hidden || undefined}>{name}</span>
      <span className={classes.kind}>{t(`annotate.kind.${shape.geometry.kind}`)}</span>
      {/* The buttons act on their own item and leave the selection alone. */}
      <span className={classes.itemButtons} data-on={hidden || locked || undefined} onClick={(event) => event.stopPropagation()}>
        <IconButton
          size={20} icon={locked ? IconLock : IconLockOpen} label={t(locked ? 'annotate.unlock' : 'annotate.lock', { name })}
          onClick={() => toggleLocked(editor, [shape.id])}
        />
        <IconButton
          size={20} icon={hidden ? IconEyeOff : IconEye} label={t(hidden ? 'annotate.show' : 'annotate.hide', { name })}
          onClick={() => toggleHidden(editor, [shape.id])}
        />
      </span>
    </>
  )
}
