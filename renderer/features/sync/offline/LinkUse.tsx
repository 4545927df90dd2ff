import { Group, NumberInput, Switch, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../../bridge/EngineContext.tsx'
import { useEngineData } from '../../../bridge/useEngineData.ts'
import type { TransferSettings } from '../../../../shared/rpc/workspace.ts'
import { describeError } from '../../common/describeError.ts'
import classes from './OfflinePanel.module.css'

const KILOBYTE = 1000
const LEAST_KILOBYTES = 10
const MOST_KILOBYTES = 10_000_000

/** How transfers may use the link: metered or not, and how many bytes a second. */
export function LinkUse() {
  const { t } = useTranslation()
  const engine = useEngine()
  const stored = useEngineData('settings.get', {})
  const [saved, setSaved] = useState<TransferSettings>()
  const transfers = saved ?? stored.data?.transfers
  if (!transfers) return null
  const save = (next: TransferSettings) => {
    setSaved(next)
    engine.request('settings.set', { transfers: next }).catch((error: unknown) => {
      setSaved(transfers)
      notifications.show({ color: 'red', title: t('settings.notSaved'), message: describeError(t, error) })
    })
  }
  const setLimit = (text: string) => {
    const kilobytes = Number.parseFloat(text)
    if (!Number.isFinite(kilobytes)) return save({ metered: transfers.metered })
    save({ ...transfers, bytesPerSecond: Math.round(Math.min(MOST_KILOBYTES, Math.max(LEAST_KILOBYTES, kilobytes)) * KILOBYTE) })
  }
  return (
    <section aria-label={t('sync.offline.link')}>
      <Text fw={600} mb={4}>{t('sync.offline.link')}</Text>
      <Switch
        label={t('sync.offline.metered')} description={t('sync.offline.meteredText')} checked={transfers.metered} mb="sm"
        onChange={(event) => save({ ...transfers, metered: event.currentTarget.checked })}
      />
      <Group gap="sm">
        <Text size="sm" id="limit-label">{t('sync.offline.limit')}</Text>
        <NumberInput
          key={transfers.bytesPerSecond ?? 'none'} aria-labelledby="limit-label" className={classes.limit} size="xs" min={LEAST_KILOBYTES} max={MOST_KILOBYTES} allowDecimal={false} hideControls
          suffix=" kB/s" placeholder={t('sync.offline.noLimit')} defaultValue={transfers.bytesPerSecond === undefined ? '' : transfers.bytesPerSecond / KILOBYTE}
          onBlur={(event) => setLimit(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Enter') event.currentTarget.blur() }}
        />
      </Group>
      <Text size="xs" c="dimmed" mt={4}>{t('sync.offline.limitText')}</Text>
    </section>
  )
}
