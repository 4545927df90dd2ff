import { Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { selectShapes } from '../../editor/actions/shapeActions.ts'
import { zoomToShapes } from '../../editor/actions/viewActions.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { VersionPair } from '../../../shared/rpc/coordination.ts'
import { SIDE_COLORS, type Difference, type Overlay } from './overlay.ts'
import classes from './Versions.module.css'

interface DifferenceListProps { overlay: Overlay; editor: Editor; pair: VersionPair; tagNames: ReadonlyMap<string, string> }

/** So many differences are listed; the others are seen on the image. */
const MOST_LISTED = 500

/** What differs between two versions; a click shows it on the image. */
export function DifferenceList({ overlay: { differences, comparison }, editor, pair: { mine, theirs }, tagNames }: DifferenceListProps) {
  const { t } = useTranslation()
  const { tagsRemoved, tagsAdded, outcomeDiffers } = comparison
  const outcomeOf = ({ outcome }: { outcome: VersionPair['mine']['outcome'] }) => (outcome.kind === 'skipped' ? t('versions.skipped', { reason: outcome.reason }) : t('versions.labelled'))
  const nothing = differences.length + tagsRemoved.length + tagsAdded.length === 0 && !outcomeDiffers
  return (
    <div className={classes.differences}>
      <Text size="xs" fw={600} c="dimmed" className={classes.heading}>{t('versions.differences', { count: differences.length })}</Text>
      <ul className={classes.list} aria-label={t('versions.listLabel')}>
        {outcomeDiffers && <li className={classes.plain}>{t('versions.outcomes', { mine: outcomeOf(mine), theirs: outcomeOf(theirs) })}</li>}
        {tagsRemoved.map((tag) => <li key={tag} className={classes.plain}>{t('versions.tagMine', { tag: tagNames.get(tag) ?? tag })}</li>)}
        {tagsAdded.map((tag) => <li key={tag} className={classes.plain}>{t('versions.tagTheirs', { tag: tagNames.get(tag) ?? tag })}</li>)}
        {differences.slice(0, MOST_LISTED).map((difference) => (
          <li key={difference.ids[0]}>
            <UnstyledButton className={classes.difference} onClick={() => { selectShapes(editor, difference.ids); zoomToShapes(editor, difference.ids) }}>
              <Swatches difference={difference} />
              <DifferenceText difference={difference} />
            </UnstyledButton>
          </li>
        ))}
        {nothing && <li className={classes.plain}>{t('versions.noDifference')}</li>}
        {differences.length > MOST_LISTED && <li className={classes.plain}>{t('versions.more', { count: differences.length - MOST_LISTED })}</li>}
      </ul>
    </div>
  )
}

function DifferenceText({ difference }: { difference: Difference }) {
  const { t } = useTranslation()
  const aspects = difference.kind === 'changed' ? difference.aspects.map((aspect) => t(`versions.aspect.${aspect}`)).join(', ') : ''
  return <span>{difference.className} <span className={classes.dim}>{t(`versions.difference.${difference.kind}`, { aspects })}</span></span>
}

function Swatches({ difference }: { difference: Difference }) {
  const sides = difference.kind === 'changed' ? (['mine', 'theirs'] as const) : [difference.kind === 'onlyMine' ? ('mine' as const) : ('theirs' as const)]
  return <span className={classes.swatches} aria-hidden>{sides.map((side) => <span key={side} className={classes.swatch} style={{ background: SIDE_COLORS[side] }} />)}</span>
}
