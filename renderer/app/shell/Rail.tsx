import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconChartBar, IconClipboardCheck, IconHelp, IconHistory, IconListDetails, IconPolygon, IconRefresh, IconSettings, IconShieldCheck, IconStethoscope, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { mayReview } from '../../../shared/domain/role.ts'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { useViewStore, VIEWS, type View } from '../viewStore.ts'
import classes from './Rail.module.css'

const ICONS: Record<View, Icon> = { queue: IconListDetails, annotate: IconPolygon, review: IconClipboardCheck, sync: IconRefresh, history: IconHistory, audit: IconShieldCheck, dashboard: IconChartBar, diagnostics: IconStethoscope }

/** The slim bar at the left that leads to the views. */
export function Rail() {
  const { t } = useTranslation()
  const view = useViewStore((state) => state.view)
  const show = useViewStore((state) => state.show)
  const setDialog = useViewStore((state) => state.setDialog)
  const { data: info } = useEngineData('workspace.info', {}, ['sync.changed'])
  const views = VIEWS.filter((name) => name !== 'review' || mayReview(info?.user.roles ?? []))
  return (
    <nav className={classes.rail} aria-label={t('app.navigation')}>
      {views.map((name) => (
        <RailButton key={name} icon={ICONS[name]} label={t(`app.views.${name}`)} current={view === name} onClick={() => show(name)} />
      ))}
      <div className={classes.gap} />
      <RailButton icon={IconHelp} label={t('app.help')} onClick={() => setDialog('help')} />
      <RailButton icon={IconSettings} label={t('app.settings')} onClick={() => setDialog('settings')} />
    </nav>
  )
}

function RailButton({ icon: RailIcon, label, current = false, onClick }: { icon: Icon; label: string; current?: boolean; onClick: () => void }) {
  return (
    <Tooltip label={label} position="right">
      <UnstyledButton className={classes.button} aria-label={label} aria-current={current ? 'page' : undefined} onClick={onClick}>
        <RailIcon size={20} stroke={1.6} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  )
}
