import { Button, CloseButton, Group, NumberInput, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { ProjectId } from '../../../shared/domain/ids.ts'
import { TaskStandingSchema, type TaskStanding } from '../../../shared/domain/task.ts'
import type { ResponseOf } from '../../../shared/rpc/channels.ts'
import { TaskFilterSchema, type TaskFilter } from '../../../shared/rpc/taskRows.ts'
import { TO_DO } from '../common/toDo.ts'
import classes from './QueueView.module.css'

const TEXT_DELAY_MS = 200


const ALL = 'all'
const TO_DO_KEY = 'toDo'

export type Facets = ResponseOf<'tasks.facets'>

interface FilterBarProps {
  filter: TaskFilter
  onChange: (filter: TaskFilter) => void
  facets: Facets | undefined
  /** Buttons at the right end. */
  children: ReactNode
}

/** What narrows the queue: text, project, state, priority and tag. */
export function FilterBar({ filter, onChange, facets, children }: FilterBarProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(filter.text)
  const { data: projects } = useEngineData('projects.list', {}, ['tasks.changed'])
  const sendText = useDebouncedCallback((value: string) => onChange({ ...filter, text: value }), TEXT_DELAY_MS)
  const change = (part: Partial<TaskFilter>) => onChange({ ...filter, text, ...part })
  const changeText = (value: string) => {
    setText(value)
    sendText(value)
  }
  const isClear = JSON.stringify({ ...filter, text }) === JSON.stringify(TaskFilterSchema.parse({}))
  const clear = () => {
    setText('')
    onChange(TaskFilterSchema.parse({}))
  }

  return (
    <Group className={classes.bar} gap="sm" wrap="nowrap" role="search" aria-label={t('queue.filters')}>
      <TextInput
        className={classes.text} aria-label={t('queue.text')} placeholder={t('queue.textPlaceholder')} value={text} maxLength={200}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={text === '' ? null : <CloseButton size="xs" aria-label={t('common.clear')} onClick={() => changeText('')} />}
        onChange={(event) => changeText(event.currentTarget.value)}
      />
      <Select
        className={classes.select} aria-label={t('queue.project')} value={filter.projectId ?? ALL}
        data={[{ value: ALL, label: t('queue.allProjects') }, ...(projects ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(value) => change({ projectId: value === ALL ? undefined : (value as ProjectId) })}
      />
      <StandingSelect filter={filter} facets={facets} onChange={(standings) => change({ standings })} />
      <NumberInput
        className={classes.priority} aria-label={t('queue.priority')} placeholder={t('queue.anyPriority')} value={filter.minPriority ?? ''} prefix="≥ "
        allowDecimal={false} hideControls min={-1000} max={1000}
        onChange={(value) => change({ minPriority: typeof value === 'number' ? value : undefined })}
      />
      <TagSelect filter={filter} facets={facets} onChange={(tag) => change({ tag })} />
      {!isClear && <Button variant="subtle" color="gray" onClick={clear}>{t('queue.clearFilters')}</Button>}
      <div className={classes.gap} />
      {children}
    </Group>
  )
}

interface PartProps<T> { filter: TaskFilter; facets: Facets | undefined; onChange: (value: T) => void }

function StandingSelect({ filter, facets, onChange }: PartProps<TaskStanding[]>) {
  const { t } = useTranslation()
  const [only] = filter.standings
  const value = filter.standings.length > 1 ? TO_DO_KEY : only ?? ALL
  const shown = TaskStandingSchema.options.filter((standing) => (facets?.standings[standing] ?? 0) > 0 || standing === only)
  const count = (standings: TaskStanding[]) => standings.reduce((sum, standing) => sum + (facets?.standings[standing] ?? 0), 0)
  return (
    <Select
      className={classes.select} aria-label={t('queue.standing')} value={value}
      data={[
        { value: ALL, label: t('queue.allStandings') },
        { value: TO_DO_KEY, label: `${t('queue.toDo')} (${count(TO_DO)})` },
        ...shown.map((standing) => ({ value: standing, label: `${t(`standing.${standing}`)} (${count([standing])})` })),
      ]}
      onChange={(chosen) => onChange(chosen === ALL ? [] : chosen === TO_DO_KEY ? TO_DO : [TaskStandingSchema.parse(chosen)])}
    />
  )
}

function TagSelect({ filter, facets, onChange }: PartProps<TaskFilter['tag']>) {
  const { t } = useTranslation()
  const tags = facets?.tags ?? []
  const nameOf = (tag: { key: string; value: string }) => JSON.stringify([tag.key, tag.value])
  return (
    <Select
      className={classes.select} aria-label={t('queue.tag')} placeholder={t('queue.anyTag')} value={filter.tag ? nameOf(filter.tag) : null}
      searchable clearable clearButtonProps={{ 'aria-label': t('common.clear') }} limit={200}
      data={tags.map((tag) => ({ value: nameOf(tag), label: `${tag.key}: ${tag.value} (${tag.count})` }))}
      onChange={(value) => onChange(tags.find((tag) => nameOf(tag) === value))}
    />
  )
}
