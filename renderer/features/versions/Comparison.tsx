import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AnnotationCanvas } from '../../canvas/AnnotationCanvas.tsx'
import { createEditor } from '../../editor/store/createEditor.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { instantOf, ShapeIdSchema, UserIdSchema } from '../../../shared/domain/ids.ts'
import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { OpenTask } from '../../../shared/rpc/openTask.ts'
import type { VersionChoice, VersionPair } from '../../../shared/rpc/coordination.ts'
import { describeError } from '../common/describeError.ts'
import type { CompareDialogProps } from './compareDialogProps.ts'
import { DifferenceList } from './DifferenceList.tsx'
import { overlayOf, type Overlay } from './overlay.ts'
import { VersionLegend } from './VersionLegend.tsx'
import classes from './Versions.module.css'

interface ComparisonProps extends Omit<CompareDialogProps, 'taskId'> { pair: VersionPair; task: OpenTask }

/** Two versions of one task: where they differ, seen on the image and listed, and the choices. */
export function Comparison({ pair, task, ...rest }: ComparisonProps) {
  const { t } = useTranslation()
  const { schema } = task
  if (schema === undefined) return <Text p="md" role="alert">{t('versions.noSchema')}</Text>
  return <Overlaid pair={pair} task={task} schema={schema} {...rest} />
}

function Overlaid({ pair, task, schema, onSettled, before = () => Promise.resolve(true) }: ComparisonProps & { schema: LabelSchema }) {
  const { t } = useTranslation()
  const [{ overlay, editor }] = useState(() => {
    const made = overlayOf(pair.mine, pair.theirs, schema)
    return { overlay: made, editor: viewOf(made, task) }
  })
  const tagNames = useMemo(() => new Map<string, string>(schema.imageTags.map(({ id, name }) => [id, name])), [schema])
  return (
    <div className={classes.comparison}>
      <div className={classes.canvas}>
        {task.image === undefined
          ? <Text p="md" role="status">{t('versions.noImage')}</Text>
          : <AnnotationCanvas editor={editor} image={task.image} label={`${t('versions.canvas')} ${task.asset.name}`} />}
      </div>
      <aside className={classes.side}>
        <VersionLegend pair={pair} same={overlay.comparison.same.length} name={task.asset.name} />
        <DifferenceList overlay={overlay} editor={editor} pair={pair} tagNames={tagNames} />
        <Choices pair={pair} before={before} onSettled={onSettled} />
      </aside>
    </div>
  )
}

function Choices({ pair, before, onSettled }: Required<Pick<ComparisonProps, 'pair' | 'before' | 'onSettled'>>) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const { taskId, relation, theirs: { revisionId } } = pair
  const choose = async (take: VersionChoice) => {
    setBusy(true)
    try {
      if (!(await before())) throw new Error(t('versions.notStored'))
      const { next } = await engine.request('versions.settle', { taskId, revisionId, take })
      notifications.show({ message: t(`versions.next.${next}`) })
      onSettled(taskId, next)
    } catch (error) {
      notifications.show({ color: 'red', title: t('versions.failed'), message: describeError(t, error) })
    } finally {
      setBusy(false)
    }
  }
  // What a newer version or another person's result is for is to go on from it.
  const preferred: VersionChoice = relation === 'conflict' ? 'both' : 'theirs'
  return (
    <div className={classes.choices}>
      {(['mine', 'theirs', 'both'] as const).map((take) => (
        <Group key={take} wrap="nowrap" gap="sm" align="flex-start">
          <Button w={150} style={{ flex: 'none' }} variant={take === preferred ? 'filled' : 'default'} disabled={busy} onClick={() => void choose(take)}>{t(`versions.take.${take}`)}</Button>
          <Text size="xs" c="dimmed">{t(`versions.takeText.${relation}.${take}`)}</Text>
        </Group>
      ))}
      <Text size="xs" c="dimmed">{t('versions.kept')}</Text>
    </div>
  )
}

/** The real canvas over both versions; nothing can be changed in it. */
function viewOf(overlay: Overlay, { image }: OpenTask): Editor {
  return createEditor({
    open: {
      records: overlay.shapes, predictions: [], undo: [], redo: [], journalSeq: 0, schema: overlay.schema,
      imageSize: image === undefined ? { width: 1, height: 1 } : { width: image.width, height: image.height },
      pixelSize: image?.pixelSize, user: UserIdSchema.parse('nobody'), readOnly: true, threshold: 1,
    },
    now: () => instantOf(Date.now()),
    newId: () => ShapeIdSchema.parse('none'),
  })
}
