import { Badge, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Instant, RevisionId } from '../../../shared/domain/ids.ts'
import type { Review } from '../../../shared/domain/review.ts'
import type { StoryRevision, TaskStory } from '../../../shared/rpc/reviewing.ts'
import { stopwatch, useFormat } from '../common/useFormat.ts'
import classes from './Review.module.css'

type Event = { at: Instant; kind: 'revision'; revision: StoryRevision } | { at: Instant; kind: 'review'; review: Review }

/** What became of a task: its results and the decisions on them, oldest first. */
export function Story({ story, current }: { story: TaskStory | undefined; current?: RevisionId }) {
  const { t } = useTranslation()
  if (story === undefined) return null
  const events: Event[] = [
    ...story.revisions.map((revision): Event => ({ at: revision.at, kind: 'revision', revision })),
    ...story.reviews.map((review): Event => ({ at: review.createdAt, kind: 'review', review })),
  ].sort((a, b) => a.at.localeCompare(b.at))
  if (events.length === 0) return <Text p="md" size="sm" c="dimmed">{t('review.noStory')}</Text>
  return (
    <ol className={classes.story} aria-label={t('review.story')}>
      {events.map((event) => (event.kind === 'revision'
        ? <RevisionLine key={event.revision.id} revision={event.revision} current={event.revision.id === current} />
        : <ReviewLine key={event.review.id} review={event.review} />))}
    </ol>
  )
}

function RevisionLine({ revision, current }: { revision: StoryRevision; current: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <li className={classes.event} aria-current={current || undefined}>
      <div><strong>{revision.author}</strong> {t('review.submitted')} {current && <Badge>{t('review.shown')}</Badge>} {revision.late && <Badge color="orange">{t('review.late')}</Badge>}</div>
      <div className={classes.dim}>
        {format.dateTime(revision.at)}
        {revision.shapes !== undefined && ` · ${t('review.shapes', { count: revision.shapes })}`}
        {` · ${t('review.edits', { count: revision.journalLength })}`}
        {revision.timeOnTaskMs !== undefined && ` · ${stopwatch(revision.timeOnTaskMs)}`}
      </div>
      <div className={classes.dim} data-selectable>{revision.id.slice(0, 12)}</div>
    </li>
  )
}

function ReviewLine({ review: { reviewer, decision, reasons, comment, createdAt, corrects } }: { review: Review }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <li className={classes.event}>
      <div><strong>{reviewer}</strong> <Badge color={decision === 'accepted' ? 'green' : 'red'}>{t(corrects === undefined ? `review.decision.${decision}` : 'review.corrected')}</Badge></div>
      {reasons.length > 0 && <div>{reasons.map((reason) => t(`review.reason.${reason}`)).join(', ')}</div>}
      {comment !== '' && <div className={classes.text} data-selectable>{comment}</div>}
      <div className={classes.dim}>{format.dateTime(createdAt)}</div>
    </li>
  )
}
