import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { VersionPair } from '../../../shared/rpc/coordination.ts'
import { useFormat } from '../common/useFormat.ts'
import { SIDE_COLORS, type Side } from './overlay.ts'
import classes from './Versions.module.css'

/** Whose versions are compared, and which colour is whose. */
export function VersionLegend({ pair: { relation, mine, theirs, further }, same, name }: { pair: VersionPair; same: number; name: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const device = t(theirs.sameDevice ? 'versions.thisDevice' : 'versions.otherDevice', { device: theirs.device.slice(-6) })
  return (
    <div className={classes.legend}>
      <Text fw={600}>{name}</Text>
      <Text size="sm">{t(`versions.relation.${relation}`)}</Text>
      <Entry side="mine" title={t('versions.mine')} text={mine.edited || mine.at === undefined ? t('versions.notSubmitted', { count: mine.shapes.length }) : t('versions.submittedAt', { time: format.dateTime(mine.at), count: mine.shapes.length })} />
      <Entry side="theirs" title={t('versions.theirs', { author: theirs.author })} text={`${t('versions.submittedAt', { time: format.dateTime(theirs.createdAt), count: theirs.shapes.length })} · ${device}`} />
      <Entry side="same" title={t('versions.same', { count: same })} text="" />
      {further > 0 && <Text size="xs" c="dimmed">{t('versions.further', { count: further })}</Text>}
    </div>
  )
}

function Entry({ side, title, text }: { side: Side; title: string; text: string }) {
  return (
    <div className={classes.entry}>
      <span className={classes.swatch} style={{ background: SIDE_COLORS[side] }} aria-hidden />
      <span>{title} <span className={classes.dim}>{text}</span></span>
    </div>
  )
}
