import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const REASONS = ['unclear', 'quality', 'wrong'] as const

interface SkipDialogProps {
  opened: boolean
  onClose: () => void
  onSkip: (reason: string) => void
}

/** Asks why a task is passed over. */
export function SkipDialog({ opened, onClose, onSkip }: SkipDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('annotate.skipDialog.title')} size={440} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <SkipForm onClose={onClose} onSkip={onSkip} />
    </Modal>
  )
}

function SkipForm({ onClose, onSkip }: Omit<SkipDialogProps, 'opened'>) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const given = reason.trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (given !== '') onSkip(given)
      }}
    >
      <Stack gap="md">
        <Textarea
          data-autofocus label={t('annotate.skipDialog.reason')} placeholder={t('annotate.skipDialog.placeholder')} rows={3} maxLength={2000}
          value={reason} onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
          }}
        />
        <Stack gap={4} align="flex-start">
          {REASONS.map((name) => (
            <Button key={name} size="compact-xs" variant="default" onClick={() => setReason(t(`annotate.skipDialog.reasons.${name}`))}>
              {t(`annotate.skipDialog.reasons.${name}`)}
            </Button>
          ))}
        </Stack>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" disabled={given === ''}>{t('annotate.skipDialog.confirm')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
