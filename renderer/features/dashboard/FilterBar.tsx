import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { UserId } from '../../../shared/domain/ids.ts'
import { PERIODS, type Choice } from './period.ts'

const ALL = ''

interface FilterBarProps {
  choice: Choice
  everybody: readonly UserId[]
  onChange: (choice: Choice) => void
}

/** Whose work, on which project and when. */
export function FilterBar({ choice, everybody, onChange }: FilterBarProps) {
  const { t } = useTranslation()
  const { data: projects } = useEngineData('projects.list', {}, ['tasks.changed'])
  const change = (part: Partial<Choice>) => onChange({ ...choice, ...part })
  const day = (key: 'first' | 'last') => (
    <TextInput type="date" w={140} aria-label={t(`dashboard.${key}`)} value={choice[key]} onChange={(event) => change({ [key]: event.currentTarget.value })} />
  )
  return (
    <>
      <Select
        w={150} searchable aria-label={t('dashboard.person')} value={choice.person ?? ALL} data={[{ value: ALL, label: t('dashboard.everyone') }, ...everybody.map((id) => ({ value: id, label: id }))]}
        onChange={(value) => change({ person: everybody.find((id) => id === value) })}
      />
      <Select
        w={170} searchable aria-label={t('dashboard.project')} value={choice.projectId ?? ALL}
        data={[{ value: ALL, label: t('dashboard.allProjects') }, ...(projects ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(value) => change({ projectId: projects?.find(({ id }) => id === value)?.id })}
      />
      <Select
        w={140} aria-label={t('dashboard.period')} value={choice.period} data={PERIODS.map((value) => ({ value, label: t(`dashboard.periods.${value}`) }))}
        onChange={(value) => change({ period: PERIODS.find((period) => period === value) ?? 'all' })}
      />
      {choice.period === 'days' && <>{day('first')}{day('last')}</>}
      <SegmentedControl
        aria-label={t('dashboard.bucket')} value={choice.bucket} data={[{ value: 'day', label: t('dashboard.buckets.day') }, { value: 'week', label: t('dashboard.buckets.week') }]}
        onChange={(bucket) => change({ bucket })}
      />
    </>
  )
}
