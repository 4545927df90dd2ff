import { Button, Group, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { ClassId, UserId } from '../../../shared/domain/ids.ts'
import type { Sampling } from '../../../shared/domain/sampling.ts'
import { ReviewQuerySchema, type ReviewFacets, type ReviewFilter, type ReviewQuery } from '../../../shared/rpc/reviewing.ts'
import { useFormat } from '../common/useFormat.ts'
import { SamplingPicker } from './SamplingPicker.tsx'
import classes from './Review.module.css'

const ANY = 'any'
const AGES = [24, 24 * 7, 24 * 30]
/** Of confidence and agreement. */
const SHARES = [0.3, 0.5, 0.7, 0.9]

interface ReviewFiltersProps { query: ReviewQuery; onChange: (query: ReviewQuery) => void; facets: ReviewFacets | undefined }

/** What narrows the review queue, and which of it is looked at. */
export function ReviewFilters({ query, onChange, facets }: ReviewFiltersProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: projects } = useEngineData('projects.list', {}, ['tasks.changed'])
  const { filter } = query
  const change = (part: Partial<ReviewFilter>) => onChange({ ...query, filter: { ...filter, ...part } })
  const isClear = JSON.stringify(query) === JSON.stringify(ReviewQuerySchema.parse({}))
  const any = (label: string) => ({ value: ANY, label })
  const chosen = (value: string | null) => (value === null || value === ANY ? undefined : value)
  return (
    <Group className={classes.filters} gap="sm" role="search" aria-label={t('review.filters')}>
      <Select
        aria-label={t('review.decided')} w={150} value={filter.decided}
        data={(['open', 'decided', 'all'] as const).map((value) => ({ value, label: t(`review.decidedIs.${value}`) }))}
        onChange={(value) => value !== null && change({ decided: value })}
      />
      <Select
        aria-label={t('review.project')} w={150} value={filter.projectId ?? ANY} data={[any(t('review.anyProject')), ...(projects ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(value) => change({ projectId: projects?.find(({ id }) => id === chosen(value))?.id })}
      />
      <Select
        aria-label={t('review.annotator')} w={180} value={filter.annotator ?? ANY} searchable
        data={[any(t('review.anyAnnotator')), ...(facets?.annotators ?? []).map(({ id, waiting }) => ({ value: id, label: t('review.annotatorWaiting', { id, count: waiting }) }))]}
        onChange={(value) => change({ annotator: chosen(value) as UserId | undefined })}
      />
      <Select
        aria-label={t('review.class')} w={150} value={filter.classId ?? ANY} searchable
        data={[any(t('review.anyClass')), ...(facets?.classes ?? []).map(({ id, name, results }) => ({ value: id, label: `${name} (${format.number(results)})` }))]}
        onChange={(value) => change({ classId: chosen(value) as ClassId | undefined })}
      />
      <Select
        aria-label={t('review.age')} w={140} value={filter.minAgeHours === undefined ? ANY : String(filter.minAgeHours)}
        data={[any(t('review.anyAge')), ...AGES.map((hours) => ({ value: String(hours), label: t('review.olderThan', { age: format.duration(hours * 3600) }) }))]}
        onChange={(value) => change({ minAgeHours: chosen(value) === undefined ? undefined : Number(value) })}
      />
      <Select
        aria-label={t('review.confidence')} w={150} value={filter.maxConfidence === undefined ? ANY : String(filter.maxConfidence)}
        data={[any(t('review.anyConfidence')), ...SHARES.map((share) => ({ value: String(share), label: t('review.confidenceBelow', { share: format.percent(share) }) }))]}
        onChange={(value) => change({ maxConfidence: chosen(value) === undefined ? undefined : Number(value) })}
      />
      <Select
        aria-label={t('review.agreement')} w={170} value={filter.maxAgreement === undefined ? ANY : String(filter.maxAgreement)}
        data={[any(t('review.anyAgreement')), ...SHARES.map((share) => ({ value: String(share), label: t('review.agreementBelow', { share: format.percent(share) }) }))]}
        onChange={(value) => change({ maxAgreement: chosen(value) === undefined ? undefined : Number(value) })}
      />
      <SamplingPicker sampling={query.sampling} onChange={(sampling: Sampling) => onChange({ ...query, sampling })} />
      {!isClear && <Button variant="subtle" color="gray" onClick={() => onChange(ReviewQuerySchema.parse({}))}>{t('queue.clearFilters')}</Button>}
    </Group>
  )
}
