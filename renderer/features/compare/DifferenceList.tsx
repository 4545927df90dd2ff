import { Chip, Text, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Outcome } from '../../../shared/domain/revision.ts'
import { isSurface } from '../../../shared/geometry/similarity.ts'
import type { AttributeChange, DifferenceEntry, DifferenceKind } from '../../../shared/rpc/differenceEntries.ts'
import { useFormat } from '../common/useFormat.ts'
import { filterOf, FILTERS, type Filter } from './compared.ts'
import { SIDE_COLORS } from './pictures.ts'
import classes from './Compare.module.css'

/** Other words for kinds of differences, where "added" and "removed" would say too much. */
export type DifferenceWords = Partial<Record<DifferenceKind, string>>

interface DifferenceListProps {
  entries: readonly DifferenceEntry[]
  /** Those that the filters leave. */
  shown: readonly DifferenceEntry[]
  filters: readonly Filter[]
  onFilters: (filters: Filter[]) => void
  /** The key of the one that is looked at. */
  current: string | undefined
  onShow: (entry: DifferenceEntry) => void
  /** How the task ended in each content. */
  outcomes: readonly [Outcome, Outcome]
  words?: DifferenceWords
}

/** So many are listed at once, around the one that is looked at; the others are seen on the image. */
const MOST_LISTED = 500

/** What differs between two contents; a click shows it on the image. */
export function DifferenceList({ entries, shown, filters, onFilters, current, onShow, outcomes, words = {} }: DifferenceListProps) {
  const { t } = useTranslation()
  const at = shown.findIndex(({ key }) => key === current)
  const start = Math.max(0, Math.min(at - MOST_LISTED / 2, shown.length - MOST_LISTED))
  const listed = shown.slice(start, start + MOST_LISTED)
  return (
    <div className={classes.differences}>
      <Text size="xs" fw={600} c="dimmed" className={classes.heading}>{t('compare.count', { count: entries.length })}</Text>
      {entries.length > 0 && <Filters entries={entries} filters={filters} onFilters={onFilters} words={words} />}
      <ul className={classes.list} aria-label={t('compare.list')}>
        {listed.map((entry) => (
          <Item key={entry.key} entry={entry} isCurrent={entry.key === current} onShow={onShow}>
            <EntryText entry={entry} outcomes={outcomes} words={words} />
          </Item>
        ))}
        {entries.length === 0 && <li className={classes.plain}>{t('compare.none')}</li>}
        {entries.length > 0 && shown.length === 0 && <li className={classes.plain}>{t('compare.noneOfKind')}</li>}
        {shown.length > listed.length && <li className={classes.plain}>{t('compare.more', { count: shown.length - listed.length })}</li>}
      </ul>
    </div>
  )
}

function Filters({ entries, filters, onFilters, words }: Pick<DifferenceListProps, 'entries' | 'filters' | 'onFilters'> & { words: DifferenceWords }) {
  const { t } = useTranslation()
  const label = (filter: Filter) => (filter === 'image' ? undefined : words[filter]) ?? t(`compare.filter.${filter}`)
  const counts = FILTERS.map((filter) => ({ filter, count: entries.filter(({ kinds }) => kinds.some((kind) => filterOf(kind) === filter)).length }))
  return (
    <div className={classes.filters} role="group" aria-label={t('compare.filter.label')}>
      <Chip.Group multiple value={[...filters]} onChange={(chosen) => onFilters(FILTERS.filter((filter) => chosen.includes(filter)))}>
        {counts.filter(({ count }) => count > 0).map(({ filter, count }) => <Chip key={filter} size="xs" value={filter}>{label(filter)} {count}</Chip>)}
      </Chip.Group>
    </div>
  )
}

function Item({ entry, isCurrent, onShow, children }: { entry: DifferenceEntry; isCurrent: boolean; onShow: (entry: DifferenceEntry) => void; children: ReactNode }) {
  const element = useRef<HTMLButtonElement>(null)
  useEffect(() => { if (isCurrent) element.current?.scrollIntoView({ block: 'nearest' }) }, [isCurrent])
  const isOnImage = entry.before !== undefined || entry.after !== undefined
  return (
    <li>
      <UnstyledButton ref={element} className={classes.difference} aria-current={isCurrent} onClick={() => onShow(entry)}>
        <span className={classes.swatches} aria-hidden>
          {isOnImage && (['from', 'to'] as const).map((side) => <span key={side} className={classes.swatch} style={entry[side === 'from' ? 'before' : 'after'] && { background: SIDE_COLORS[side] }} />)}
        </span>
        <span>{children}</span>
      </UnstyledButton>
    </li>
  )
}

function EntryText({ entry, outcomes, words }: { entry: DifferenceEntry; outcomes: DifferenceListProps['outcomes']; words: DifferenceWords }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { kinds, name, attributes } = entry
  const kindText = kinds.map((kind) => words[kind] ?? t(`compare.kind.${kind}`)).join(', ')
  if (kinds.includes('outcome')) return <>{t('compare.outcomes', { from: outcomeText(t, outcomes[0]), to: outcomeText(t, outcomes[1]) })}</>
  return (
    <>
      {name} <span className={classes.dim}>{[kindText, ...similarityText(t, format, entry)].join(' · ')}</span>
      {attributes.map((change) => <span key={change.name} className={classes.attribute}>{attributeText(t, change)}</span>)}
    </>
  )
}

function similarityText(t: TFunction, format: ReturnType<typeof useFormat>, { similarity, before, after }: DifferenceEntry): string[] {
  if (similarity === undefined || before === undefined || after === undefined) return []
  const share = format.percent(similarity)
  return [isSurface(before.geometry) && isSurface(after.geometry) ? t('compare.iou', { share }) : t('compare.likeness', { share })]
}

function outcomeText(t: TFunction, outcome: Outcome): string {
  return outcome.kind === 'skipped' ? t('compare.skipped', { reason: outcome.reason }) : t('compare.labelled')
}

function attributeText(t: TFunction, { name, before, after }: AttributeChange): string {
  const valueText = (value: AttributeChange['before']) => (value === undefined ? t('compare.unset') : typeof value === 'boolean' ? t(value ? 'compare.yes' : 'compare.no') : String(value))
  return `${name}: ${valueText(before)} → ${valueText(after)}`
}
