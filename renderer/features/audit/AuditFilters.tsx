import { MultiSelect, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { instantOf, type TaskId } from '../../../shared/domain/ids.ts'
import type { AuditFacets, AuditFilter } from '../../../shared/rpc/auditSearch.ts'
import { useAuditStore } from './auditStore.ts'
import { deviceText, kindText, personText } from './eventText.ts'
import classes from './Audit.module.css'

interface AuditFiltersProps { facets: AuditFacets; filter: AuditFilter; onChange: (filter: AuditFilter) => void }

/** Which events are shown: by person, device, kind, task and day. */
export function AuditFilters({ facets, filter, onChange }: AuditFiltersProps) {
  const { t } = useTranslation()
  const many = (name: 'actors' | 'devices' | 'types', label: string, data: { value: string; label: string }[]) => (
    <MultiSelect
      size="xs" className={classes.filter} label={label} placeholder={filter[name].length === 0 ? t('audit.all') : ''} data={data} value={filter[name]} clearable searchable hidePickedOptions
      onChange={(values) => onChange({ ...filter, [name]: values })}
    />
  )
  return (
    <div className={classes.filters} role="search" aria-label={t('audit.filters')}>
      {many('actors', t('audit.person'), facets.actors.map((value) => ({ value, label: personText(t, value) })))}
      {many('types', t('audit.kind'), facets.types.map((value) => ({ value, label: kindText(t, value) })))}
      {many('devices', t('audit.device'), facets.devices.map(({ device }) => ({ value: device, label: deviceText(t, device, facets.devices) })))}
      <TaskFilter chosen={filter.taskId} onChange={(taskId) => onChange({ ...filter, taskId })} />
      <Day label={t('audit.from')} instant={filter.since} days={0} onChange={(since) => onChange({ ...filter, since })} />
      <Day label={t('audit.until')} instant={filter.until} days={1} onChange={(until) => onChange({ ...filter, until })} />
    </div>
  )
}

const MOST_TASKS = 20
const SETTLED_MS = 150

function TaskFilter({ chosen, onChange }: { chosen: TaskId | undefined; onChange: (taskId: TaskId | undefined) => void }) {
  const { t } = useTranslation()
  const { taskName, nameTask } = useAuditStore()
  const [text, setText] = useState('')
  const [settled] = useDebouncedValue(text.trim(), SETTLED_MS)
  const { data } = useEngineData('tasks.query', { query: { filter: { text: settled } }, limit: MOST_TASKS })
  const tasks = (data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const isListed = chosen === undefined || tasks.some(({ value }) => value === chosen)
  return (
    <Select
      size="xs" className={classes.filter} label={t('audit.task')} placeholder={t('audit.all')} searchable clearable filter={({ options }) => options} nothingFoundMessage={t('audit.noTask')}
      data={isListed ? tasks : [{ value: chosen, label: taskName ?? chosen }, ...tasks]} value={chosen ?? null} onSearchChange={setText}
      onChange={(value, option) => { nameTask(option?.label); onChange(value ?? undefined) }}
    />
  )
}

const DAY_MS = 86_400_000

/** A day as the person's calendar has it; `until` means the end of that day. */
function Day({ label, instant, days, onChange }: { label: string; instant: string | undefined; days: 0 | 1; onChange: (instant: AuditFilter['since']) => void }) {
  const shown = instant === undefined ? '' : localDay(new Date(Date.parse(instant) - days * DAY_MS))
  const change = (value: string) => {
    if (value === '') return onChange(undefined)
    const [year = 0, month = 1, day = 1] = value.split('-').map(Number)
    return onChange(instantOf(new Date(year, month - 1, day + days).getTime()))
  }
  return <TextInput size="xs" type="date" label={label} value={shown} onChange={(event) => change(event.currentTarget.value)} />
}

function localDay(date: Date): string {
  return `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}
