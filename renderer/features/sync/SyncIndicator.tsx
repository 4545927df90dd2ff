import { Tooltip, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { PhaseIcon } from './phases.tsx'
import { useShownPhase, useSyncStatus } from './useSyncStatus.ts'
import classes from './SyncIndicator.module.css'

/** How sync stands, in a few words that are always on the screen; leads to the Sync view. */
export function SyncIndicator({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation()
  const sync = useSyncStatus()
  const phase = useShownPhase(sync)
  const { waiting = 0, dead = 0 } = sync.data?.outbox ?? {}
  const { data: versions } = useEngineData('versions.list', {}, ['tasks.changed'])
  const parts = [
    t(`sync.phase.${phase}`),
    ...(waiting > 0 ? [t('sync.pending', { count: waiting })] : []),
    ...(dead > 0 ? [t('sync.refused', { count: dead })] : []),
    ...(versions && versions.length > 0 ? [t('sync.conflictCount', { count: versions.length })] : []),
  ]
  const text = parts.join(' · ')
  return (
    <Tooltip label={t(`sync.phaseText.${phase}`)} position="top-start" multiline maw={340}>
      <UnstyledButton className={classes.indicator} aria-label={t('sync.indicator', { phase: text })} data-phase={phase} onClick={onOpen}>
        <PhaseIcon phase={phase} size={14} />
        <span>{text}</span>
      </UnstyledButton>
    </Tooltip>
  )
}
