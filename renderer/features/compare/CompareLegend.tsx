import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Titled } from './compared.ts'
import { SIDE_COLORS, type Side } from './pictures.ts'
import classes from './Compare.module.css'

interface CompareLegendProps { name: string; note: string | undefined; from: Titled; to: Titled; same: number }

/** What is compared, and which colour is whose. */
export function CompareLegend({ name, note, from, to, same }: CompareLegendProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.legend}>
      <Text fw={600}>{name}</Text>
      {note !== undefined && <Text size="sm">{note}</Text>}
      <Entry side="from" {...from} />
      <Entry side="to" {...to} />
      <Entry side="same" title={t('compare.same', { count: same })} text="" />
    </div>
  )
}

function Entry({ side, title, text }: Titled & { side: Side }) {
  return (
    <div className={classes.entry}>
      <span className={classes.swatch} style={{ background: SIDE_COLORS[side] }} aria-hidden />
      <span>{title} <span className={classes.dim}>{text}</span></span>
    </div>
  )
}
