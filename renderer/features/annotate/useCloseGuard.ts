import { modals } from '@mantine/modals'
import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { JournalSender } from './journalSender.ts'

/** Keeps the window open while edits are not on the disk: it closes by itself as soon as they are, and asks when they cannot be. */
export function useCloseGuard(sender: JournalSender): void {
  const { t } = useTranslation()
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (sender.unsaved === 0) return
      event.preventDefault()
      void sender.flush().then((stored) => {
        if (stored) window.close()
        else askToGiveUp(t, sender)
      })
    }
    window.addEventListener('beforeunload', guard)
    return () => window.removeEventListener('beforeunload', guard)
  }, [sender, t])
}

function askToGiveUp(t: TFunction, sender: JournalSender): void {
  modals.openConfirmModal({
    title: t('annotate.save.closeTitle'), children: t('annotate.save.closeText', { count: sender.unsaved }),
    labels: { confirm: t('annotate.save.closeConfirm'), cancel: t('annotate.save.closeCancel') }, confirmProps: { color: 'red' },
    onConfirm: () => {
      sender.discard()
      window.close()
    },
  })
}
