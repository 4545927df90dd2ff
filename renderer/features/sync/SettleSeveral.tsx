import { Button, Group, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { VersionChoiceSchema, type VersionChoice, type VersionRow } from '../../../shared/rpc/coordination.ts'
import { describeError } from '../common/describeError.ts'

/** One decision about several tasks with another version, one after the other; what cannot be decided stays in the list. */
export function SettleSeveral({ rows, onSettled }: { rows: readonly VersionRow[]; onSettled: () => void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const settle = async (take: VersionChoice) => {
    setBusy(true)
    let failure: unknown
    let settled = 0
    for (const { taskId, theirs } of rows) {
      if (theirs === undefined) continue
      try {
        await engine.request('versions.settle', { taskId, revisionId: theirs.revisionId, take })
        settled += 1
      } catch (error) {
        failure = error
      }
    }
    setBusy(false)
    notifications.show({ message: t('sync.several.settled', { count: settled }) })
    if (failure !== undefined) notifications.show({ color: 'red', title: t('versions.failed'), message: describeError(t, failure) })
    onSettled()
  }
  const ask = (take: VersionChoice) => {
    modals.openConfirmModal({
      title: t(`versions.take.${take}`), children: t(`sync.several.${take}`, { count: rows.length }),
      labels: { confirm: t(`versions.take.${take}`), cancel: t('common.cancel') }, onConfirm: () => void settle(take),
    })
  }
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">{t('sync.several.chosen', { count: rows.length })}</Text>
      {VersionChoiceSchema.options.map((take) => (
        <Button key={take} size="compact-sm" variant="default" disabled={busy || rows.length === 0} onClick={() => ask(take)}>{t(`versions.take.${take}`)}</Button>
      ))}
    </Group>
  )
}
