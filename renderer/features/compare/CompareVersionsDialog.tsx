import { Button, Loader, Select, Text } from '@mantine/core'
import { IconGitCompare } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { Comparable, ComparedVersions, VersionRef } from '../../../shared/rpc/compare.ts'
import { FullScreenDialog } from '../common/FullScreenDialog.tsx'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import { useJob } from '../common/useJob.ts'
import { CompareView } from './CompareView.tsx'
import type { DifferenceWords } from './DifferenceList.tsx'
import { refOf, versionTitle } from './versionTitle.ts'
import classes from './Compare.module.css'

interface CompareVersionsDialogProps {
  taskId: TaskId
  /** What is compared at first; what one most often wants to see unless it is given. */
  pair?: readonly [VersionRef, VersionRef] | undefined
  opened: boolean
  onClose: () => void
}

/** Any two versions of a task, chosen from menus: results of here and elsewhere, the draft, predictions, the answer to a gold task. */
export function CompareVersionsDialog({ taskId, pair, opened, onClose }: CompareVersionsDialogProps) {
  const { t } = useTranslation()
  return <FullScreenDialog title={t('compare.dialog')} opened={opened} onClose={onClose}><Chosen taskId={taskId} pair={pair} /></FullScreenDialog>
}

function Chosen({ taskId, pair }: Pick<CompareVersionsDialogProps, 'taskId' | 'pair'>) {
  const { t } = useTranslation()
  const { data, error, reload } = useEngineData('versions.comparable', { taskId })
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  const [first, second] = pair ?? usualPair(data).map((version) => version && refOf(version))
  if (first === undefined || second === undefined) return <StateMessage icon={IconGitCompare} title={t('compare.nothing')}>{t('compare.nothingText')}</StateMessage>
  return <Menus taskId={taskId} versions={data} first={keyOf(first)} second={keyOf(second)} />
}

/** The last two results and the draft are what one most often wants to see beside each other. */
function usualPair(versions: readonly Comparable[]): readonly (Comparable | undefined)[] {
  const ofPeople = versions.filter((version) => version.kind === 'revision' || (version.kind === 'draft' && version.edited))
  const rest = versions.filter((version) => !ofPeople.includes(version))
  return [...rest.slice(0, Math.max(0, 2 - ofPeople.length)), ...ofPeople.slice(-2)]
}

const keyOf = (ref: VersionRef) => JSON.stringify(ref)

function Menus({ taskId, versions, first, second }: { taskId: TaskId; versions: readonly Comparable[]; first: string; second: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [from, setFrom] = useState(first)
  const [to, setTo] = useState(second)
  const refs = new Map(versions.map((version) => [keyOf(refOf(version)), refOf(version)]))
  const options = versions.map((version) => {
    const { title, text } = versionTitle(t, format, version)
    return { value: keyOf(refOf(version)), label: `${title} · ${text}` }
  })
  const menu = (label: string, value: string, onChange: (value: string) => void) => (
    <Select className={classes.menu} size="xs" label={label} data={options} value={value} allowDeselect={false} onChange={(next) => { if (next !== null) onChange(next) }} />
  )
  const [fromRef, toRef] = [refs.get(from), refs.get(to)]
  return (
    <div className={classes.chosen}>
      <div className={classes.menus}>{menu(t('compare.from'), from, setFrom)}{menu(t('compare.to'), to, setTo)}</div>
      {fromRef && toRef && <Between key={`${from} ${to}`} taskId={taskId} from={fromRef} to={toRef} />}
    </div>
  )
}

/** What a result lacks of the answer was missed, and was not removed. */
function goldWords(t: TFunction, { from, to }: Pick<ComparedVersions, 'from' | 'to'>): DifferenceWords {
  const [missed, extra] = [t('compare.missed'), t('compare.extra')]
  if (from.version.kind === 'gold') return { removed: missed, added: extra }
  return to.version.kind === 'gold' ? { removed: extra, added: missed } : {}
}

function Between({ taskId, from, to }: { taskId: TaskId; from: VersionRef; to: VersionRef }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { state, start, cancel } = useJob('versions.between')
  const shown = useEngineData('tasks.image', { taskId })
  const begin = useEffectEvent(() => { start({ taskId, from, to }) })
  const giveUp = useEffectEvent(cancel)
  useEffect(() => {
    begin()
    return () => { giveUp() }
  }, [])
  const again = () => { start({ taskId, from, to }) }
  if (state.kind === 'failed') return <FailedMessage error={state.error} onRetry={again} />
  if (shown.error && !shown.data) return <FailedMessage error={shown.error} onRetry={shown.reload} />
  if (state.kind === 'cancelled') return <StateMessage icon={IconGitCompare} title={t('compare.cancelled')} actions={<Button onClick={again}>{t('common.tryAgain')}</Button>} />
  if (state.kind !== 'done' || !shown.data) {
    return (
      <StateMessage icon={IconGitCompare} title={t('compare.comparing')} actions={<Button variant="default" onClick={cancel}>{t('common.cancel')}</Button>}>
        <Loader size="sm" aria-hidden />
      </StateMessage>
    )
  }
  const { schema, name, ...rest } = state.result
  if (schema === undefined) return <Text p="md" role="alert">{t('compare.noSchema')}</Text>
  return (
    <CompareView
      compared={{ ...rest, schema }} name={name} image={shown.data.image}
      from={versionTitle(t, format, rest.from.version)} to={versionTitle(t, format, rest.to.version)} words={goldWords(t, rest)}
    />
  )
}
