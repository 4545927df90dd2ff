import { Badge, Button, Text } from '@mantine/core'
import { IconClipboardCheck, IconFilterOff, IconMessage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ReviewQuerySchema, type ReviewQuery, type ReviewRow } from '../../../shared/rpc/reviewing.ts'
import { DataTable } from '../common/DataTable.tsx'
import { StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import { Thumbnail } from '../queue/Thumbnail.tsx'
import classes from './Review.module.css'

interface ReviewTableProps {
  rows: readonly ReviewRow[]
  total: number
  waiting: number
  query: ReviewQuery
  onOpen: (row: ReviewRow) => void
  onMore: () => void
  onQuery: (query: ReviewQuery) => void
}

/** The results that pass the filters and were sampled, oldest first. */
export function ReviewTable({ rows, total, waiting, query, onOpen, onMore, onQuery }: ReviewTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (total === 0) return <NoResult query={query} waiting={waiting} onQuery={onQuery} />
  return (
    <>
      <DataTable
        label={t('review.queue')} rows={rows} keyOf={({ revisionId }) => revisionId}
        columns={[
          { title: '', cell: (row) => <Thumbnail sha256={row.imageSha256} ready={row.prefetch === 'ready'} /> },
          { title: t('review.columns.name'), cell: (row) => <button type="button" className={classes.name} onClick={() => onOpen(row)}>{row.name}</button> },
          { title: t('review.columns.author'), cell: (row) => row.author },
          { title: t('review.columns.received'), cell: (row) => format.dateTime(row.receivedAt) },
          { title: t('review.columns.shapes'), align: 'right', cell: (row) => (row.shapes === undefined ? '' : format.number(row.shapes)) },
          { title: t('review.columns.confidence'), align: 'right', cell: (row) => (row.minConfidence === undefined ? '' : format.percent(row.minConfidence)) },
          { title: t('review.columns.agreement'), align: 'right', cell: (row) => (row.agreement === undefined ? '' : format.percent(row.agreement)) },
          { title: t('review.columns.state'), cell: (row) => <RowState row={row} /> },
        ]}
      />
      {rows.length < total && <Button m="md" variant="default" onClick={onMore}>{t('review.more', { count: total - rows.length })}</Button>}
      {total < waiting && <Text px="md" py="xs" size="xs" c="dimmed">{t('review.sampled', { total: format.number(total), waiting: format.number(waiting) })}</Text>}
    </>
  )
}

function RowState({ row }: { row: ReviewRow }) {
  const { t } = useTranslation()
  return (
    <span className={classes.state}>
      {row.decision && <Badge color={row.decision === 'accepted' ? 'green' : 'red'}>{t(`review.decision.${row.decision}`)}</Badge>}
      {row.late && <Badge color="orange" title={t('review.lateText')}>{t('review.late')}</Badge>}
      {!row.isHere && <Badge color="gray">{t('review.notHere')}</Badge>}
      {row.prefetch !== 'ready' && <Badge color="gray">{t(`prefetch.${row.prefetch}`)}</Badge>}
      {row.openThreads > 0 && <span className={classes.threads} aria-label={t('review.openThreads', { count: row.openThreads })}><IconMessage size={13} aria-hidden /> {row.openThreads}</span>}
    </span>
  )
}

function NoResult({ query, waiting, onQuery }: Pick<ReviewTableProps, 'query' | 'waiting' | 'onQuery'>) {
  const { t } = useTranslation()
  const clear = ReviewQuerySchema.parse({})
  if (waiting > 0 || JSON.stringify(query) !== JSON.stringify(clear)) {
    return (
      <StateMessage icon={IconFilterOff} title={t('review.noMatch')} actions={<Button variant="default" onClick={() => onQuery(clear)}>{t('queue.clearFilters')}</Button>}>
        {t(waiting > 0 ? 'review.noneSampled' : 'review.noMatchText')}
      </StateMessage>
    )
  }
  return <StateMessage icon={IconClipboardCheck} title={t('review.nothing')}>{t('review.nothingText')}</StateMessage>
}
