import { Button, Progress } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { describeError } from '../common/describeError.ts'
import { useFormat } from '../common/useFormat.ts'
import { useSyncStatus } from '../sync/useSyncStatus.ts'
import type { Facets } from './FilterBar.tsx'
import classes from './QueueView.module.css'

/** How many tasks there are, and how many of their images can be opened without a network. */
export function QueueFooter({ shown, facets }: { shown: number | undefined; facets: Facets | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const engine = useEngine()
  const { data: status } = useSyncStatus()
  const prefetch = status?.prefetch
  const send = (channel: 'prefetch.start' | 'prefetch.cancel') => {
    engine.request(channel, {}).catch((error: unknown) => notifications.show({ color: 'red', message: describeError(t, error) }))
  }
  const missing = facets ? facets.total - facets.prefetched : 0
  return (
    <div className={classes.footer}>
      <span role="status">{facets && shown !== undefined && countText()}</span>
      <div className={classes.gap} />
      {prefetch?.running ? (
        <>
          <span>{t('queue.downloading', { done: format.number(prefetch.done), total: format.number(prefetch.total) })}</span>
          <Progress
            className={classes.progress} value={prefetch.total > 0 ? (100 * prefetch.done) / prefetch.total : 0}
            aria-label={t('queue.downloading', { done: prefetch.done, total: prefetch.total })}
          />
          <Button size="compact-xs" variant="default" onClick={() => send('prefetch.cancel')}>{t('queue.cancelPrefetch')}</Button>
        </>
      ) : (
        facets && (
          <>
            <span>{t('queue.available', { ready: format.number(facets.prefetched), total: format.number(facets.total) })}</span>
            {missing > 0 && status?.phase !== 'local' && (
              <Button size="compact-xs" variant="default" onClick={() => send('prefetch.start')}>{t('queue.startPrefetch')}</Button>
            )}
          </>
        )
      )}
    </div>
  )

  function countText(): string {
    if (shown !== undefined && facets && shown !== facets.total) return t('queue.countOf', { shown: format.number(shown), total: format.number(facets.total) })
    return t('queue.count', { count: shown ?? 0, formatted: format.number(shown ?? 0) })
  }
}
