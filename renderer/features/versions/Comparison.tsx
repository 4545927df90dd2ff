import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { OpenTask } from '../../../shared/rpc/openTask.ts'
import type { VersionChoice, VersionPair } from '../../../shared/rpc/coordination.ts'
import { describeError } from '../common/describeError.ts'
import { useFormat } from '../common/useFormat.ts'
import type { Titled } from '../compare/compared.ts'
import { CompareView } from '../compare/CompareView.tsx'
import type { CompareDialogProps } from './compareDialogProps.ts'
import classes from './Versions.module.css'

interface ComparisonProps extends Omit<CompareDialogProps, 'taskId'> { pair: VersionPair; task: OpenTask }

/** Two versions of one task: where they differ, seen on the image and listed, and the choices. */
export function Comparison({ pair, task, onSettled, before = () => Promise.resolve(true) }: ComparisonProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { schema } = task
  if (schema === undefined) return <Text p="md" role="alert">{t('compare.noSchema')}</Text>
  const { mine, theirs } = titles(t, format, pair)
  const further = pair.further > 0 ? ` ${t('versions.further', { count: pair.further })}` : ''
  return (
    <CompareView
      compared={{ from: { content: pair.mine }, to: { content: pair.theirs }, differences: pair.differences, schema }}
      from={mine} to={theirs} name={task.asset.name} image={task.image} note={`${t(`versions.relation.${pair.relation}`)}${further}`}
      // Neither of the two came first.
      words={{ removed: t('versions.onlyMine'), added: t('versions.onlyTheirs'), tagRemoved: t('versions.tagMine'), tagAdded: t('versions.tagTheirs') }}
    >
      <Choices pair={pair} before={before} onSettled={onSettled} />
    </CompareView>
  )
}

function titles(t: TFunction, format: ReturnType<typeof useFormat>, { mine, theirs }: VersionPair): { mine: Titled; theirs: Titled } {
  const submitted = (at: NonNullable<typeof mine.at>, count: number) => t('versions.submittedAt', { time: format.dateTime(at), count })
  const device = t(theirs.sameDevice ? 'versions.thisDevice' : 'versions.otherDevice', { device: theirs.device.slice(-6) })
  return {
    mine: { title: t('versions.mine'), text: mine.edited || mine.at === undefined ? t('versions.notSubmitted', { count: mine.shapes.length }) : submitted(mine.at, mine.shapes.length) },
    theirs: { title: t('versions.theirs', { author: theirs.author }), text: `${submitted(theirs.createdAt, theirs.shapes.length)} · ${device}` },
  }
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
