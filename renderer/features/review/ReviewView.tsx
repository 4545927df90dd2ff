import { Title } from '@mantine/core'
import { IconUserOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { mayReview } from '../../../shared/domain/role.ts'
import type { ReviewQuery } from '../../../shared/rpc/reviewing.ts'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import { ResultView } from './ResultView.tsx'
import { ReviewFilters } from './ReviewFilters.tsx'
import { ReviewTable } from './ReviewTable.tsx'
import { useReviewStore } from './reviewStore.ts'
import view from '../common/View.module.css'

const PAGE = 200

/** What reviewers do: which results wait, and one of them with everything about it. */
export function ReviewView({ onMend }: { onMend: (taskId: TaskId) => void }) {
  const { t } = useTranslation()
  const { query, open, setQuery, show } = useReviewStore()
  const [limit, setLimit] = useState(PAGE)
  const { data: info } = useEngineData('workspace.info', {}, ['sync.changed'])
  const { data, error, reload } = useEngineData('reviews.queue', { query, limit: Math.min(limit, 1000) }, ['tasks.changed', 'asset.changed'])
  if (info && !mayReview(info.user.roles)) return <NoReviewer />
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  if (open !== undefined) {
    return <ResultView key={open.revisionId} open={open} rows={data.rows} onShow={(row) => show(row && { taskId: row.taskId, revisionId: row.revisionId })} onMend={onMend} />
  }
  const change = (next: ReviewQuery) => {
    setLimit(PAGE)
    setQuery(next)
  }
  return (
    <section className={view.view} aria-label={t('review.title')}>
      <Head total={data.total} waiting={data.waiting} query={query} onChange={change} />
      <div className={view.panel}>
        <ReviewTable
          rows={data.rows} total={data.total} waiting={data.waiting} query={query} onQuery={change} onMore={() => setLimit(limit + PAGE)}
          onOpen={({ taskId, revisionId }) => show({ taskId, revisionId })}
        />
      </div>
    </section>
  )
}

function Head({ total, waiting, query, onChange }: { total: number; waiting: number; query: ReviewQuery; onChange: (query: ReviewQuery) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: facets } = useEngineData('reviews.facets', {}, ['tasks.changed'])
  return (
    <>
      <header className={view.bar}>
        <Title order={2}>{t('review.title')}</Title>
        <span role="status">{t('review.count', { count: total, total: format.number(total), waiting: format.number(waiting) })}</span>
      </header>
      <ReviewFilters query={query} onChange={onChange} facets={facets} />
    </>
  )
}

function NoReviewer() {
  const { t } = useTranslation()
  return <StateMessage icon={IconUserOff} title={t('review.noReviewer')}>{t('review.noReviewerText')}</StateMessage>
}
