import { Button, Text } from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GoldScore } from '../../../shared/domain/gold.ts'
import { useFormat } from '../common/useFormat.ts'
import classes from './Review.module.css'

/** How a result answers a gold task, and the way to the answer. */
export function GoldLine({ score, onCompare }: { score: GoldScore | undefined; onCompare: () => void }) {
  const { t } = useTranslation()
  return (
    <section className={classes.gold} aria-label={t('review.gold.title')}>
      {score === undefined ? <Text size="xs">{t('review.gold.notScored')}</Text> : <Score score={score} />}
      <Button size="compact-xs" variant="default" leftSection={<IconTargetArrow size={14} aria-hidden />} onClick={onCompare}>{t('review.gold.compare')}</Button>
    </section>
  )
}

function Score({ score: { f1, matched, missed, extra, wrongClass, precision, recall, threshold, meanSimilarity, missedTags, extraTags } }: { score: GoldScore }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div>
      <Text size="sm" fw={600}>{t('review.gold.title')}: {t('review.gold.score', { f1: format.percent(f1) })}</Text>
      <Text size="xs">{t('review.gold.counts', { matched: format.number(matched), missed: format.number(missed), extra: format.number(extra), wrongClass: format.number(wrongClass) })}</Text>
      <Text size="xs" c="dimmed">{t('review.gold.precision', { precision: format.percent(precision), recall: format.percent(recall), threshold: format.number(threshold) })}</Text>
      {meanSimilarity !== undefined && <Text size="xs" c="dimmed">{t('review.gold.similarity', { similarity: format.percent(meanSimilarity) })}</Text>}
      {missedTags + extraTags > 0 && <Text size="xs" c="dimmed">{t('review.gold.tags', { missed: format.number(missedTags), extra: format.number(extraTags) })}</Text>}
    </div>
  )
}
