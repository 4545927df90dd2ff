import { Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCloud, IconCloudCheck, IconCloudDown, IconCloudOff, type Icon } from '@tabler/icons-react'
import { createColumnHelper, rowSortingFeature, tableFeatures } from '@tanstack/react-table'
import { useTranslation } from 'react-i18next'
import type { PrefetchState, TaskRow } from '../../../shared/rpc/taskRows.ts'
import { StandingLabel } from '../common/StandingLabel.tsx'
import { useFormat } from '../common/useFormat.ts'
import { Thumbnail } from './Thumbnail.tsx'
import classes from './TaskTable.module.css'

/** A line of the table: its place in the whole queue, and the row once it is fetched. */
export interface Line {
  index: number
  row: TaskRow | undefined
}

export const features = tableFeatures({ rowSortingFeature })
const helper = createColumnHelper<typeof features, Line>()

export type ColumnId = 'image' | 'name' | 'standing' | 'priority' | 'dueAt' | 'shapeCount' | 'tags' | 'prefetch' | 'updatedAt'

/** Widths as tracks of a CSS grid, in the order of the columns. */
export const GRID_COLUMNS = '44px minmax(170px, 1.6fr) 124px 72px 104px 68px minmax(110px, 1.4fr) 64px 166px'

const column = (id: ColumnId, cell: (row: TaskRow) => React.ReactNode, sortable: boolean) =>
  helper.accessor(({ row }) => row?.id, {
    id,
    enableSorting: sortable,
    cell: ({ row }) => (row.original.row ? cell(row.original.row) : <span className={classes.blank} />),
  })

export const columns = helper.columns([
  column('image', (row) => <Thumbnail sha256={row.imageSha256} ready={row.prefetch === 'ready'} />, false),
  column('name', (row) => <NameCell row={row} />, true),
  column('standing', (row) => <StandingLabel standing={row.standing} />, true),
  column('priority', (row) => row.priority, true),
  column('dueAt', (row) => <DueCell dueAt={row.dueAt} />, true),
  column('shapeCount', (row) => row.shapeCount, true),
  column('tags', (row) => <TagsCell tags={row.tags} />, false),
  column('prefetch', (row) => <PrefetchCell state={row.prefetch} />, false),
  column('updatedAt', (row) => <UpdatedCell at={row.updatedAt} />, true),
])

function NameCell({ row }: { row: TaskRow }) {
  const { t } = useTranslation()
  if (!row.problem || row.problem.code === 'notDownloaded') return row.name
  const title = t(`problem.${row.problem.code}.title`)
  return (
    <>
      {row.name}
      <Tooltip label={t(`problem.${row.problem.code}.action`)}>
        <span className={classes.problem}>
          <IconAlertTriangle size={14} aria-hidden />
          {title}
        </span>
      </Tooltip>
    </>
  )
}

function DueCell({ dueAt }: { dueAt: TaskRow['dueAt'] }) {
  const format = useFormat()
  return dueAt === undefined ? null : format.date(dueAt)
}

function UpdatedCell({ at }: { at: string }) {
  return useFormat().dateTime(at)
}

function TagsCell({ tags }: { tags: TaskRow['tags'] }) {
  const text = Object.entries(tags).map(([key, value]) => `${key}: ${value}`).join(' · ')
  return <span className={classes.dim} title={text}>{text}</span>
}

const PREFETCH_ICONS: Record<PrefetchState, Icon> = { missing: IconCloud, fetching: IconCloudDown, ready: IconCloudCheck, failed: IconCloudOff }

function PrefetchCell({ state }: { state: PrefetchState }) {
  const { t } = useTranslation()
  const StateIcon = PREFETCH_ICONS[state]
  return <StateIcon size={17} stroke={1.6} className={classes[state]} role="img" aria-label={t(`prefetch.${state}`)} />
}
