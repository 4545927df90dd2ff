import { Button, Checkbox, Group, Kbd, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REVIEW_REASONS, type ReviewReason } from '../../../shared/domain/review.ts'

interface RejectDialogProps { opened: boolean; onClose: () => void; onReject: (reasons: readonly ReviewReason[], comment: string) => void }

/** Asks why a result is not good enough; digits set the reasons, Ctrl+Enter rejects. */
export function RejectDialog({ opened, onClose, onReject }: RejectDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('review.rejectTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {opened && <Reasons onClose={onClose} onReject={onReject} />}
    </Modal>
  )
}

function Reasons({ onClose, onReject }: Omit<RejectDialogProps, 'opened'>) {
  const { t } = useTranslation()
  const [reasons, setReasons] = useState<readonly ReviewReason[]>([])
  const [comment, setComment] = useState('')
  const enough = reasons.length > 0 || comment.trim() !== ''
  const toggle = (reason: ReviewReason) => setReasons((before) => (before.includes(reason) ? before.filter((each) => each !== reason) : [...before, reason]))
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (enough) onReject(reasons, comment.trim())
      return
    }
    const reason = REVIEW_REASONS[Number(event.key) - 1]
    if (reason === undefined || event.target instanceof HTMLTextAreaElement) return
    event.preventDefault()
    toggle(reason)
  }
  return (
    <Stack gap="sm" onKeyDown={onKeyDown}>
      <Stack gap={6} role="group" aria-label={t('review.reasons')}>
        {REVIEW_REASONS.map((reason, index) => (
          <Checkbox
            key={reason} data-autofocus={index === 0 || undefined} checked={reasons.includes(reason)} onChange={() => toggle(reason)}
            label={<Group gap={8} component="span"><Kbd>{index + 1}</Kbd>{t(`review.reason.${reason}`)}</Group>}
          />
        ))}
      </Stack>
      <Textarea label={t('review.rejectComment')} autosize minRows={2} maxRows={8} value={comment} onChange={(event) => setComment(event.currentTarget.value)} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>{t('common.cancel')}</Button>
        <Button color="red" disabled={!enough} onClick={() => onReject(reasons, comment.trim())}>{t('review.reject')}</Button>
      </Group>
    </Stack>
  )
}
