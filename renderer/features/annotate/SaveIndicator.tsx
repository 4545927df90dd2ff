import { Button, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconAlertTriangle, IconCheck, IconLoader2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import { describeError } from '../common/describeError.ts'
import { useFormat } from '../common/useFormat.ts'
import type { JournalSender } from './journalSender.ts'
import classes from './AnnotateView.module.css'

/** Whether the edits are on the disk: said only after the engine said so. */
export function SaveIndicator({ sender, onReload }: { sender: JournalSender; onReload: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const state = useStore(sender.state)
  const askReload = () => {
    modals.openConfirmModal({
      title: t('annotate.save.reloadTitle'), children: t('annotate.save.reloadText', { count: sender.unsaved }),
      labels: { confirm: t('annotate.save.reloadConfirm'), cancel: t('common.cancel') }, confirmProps: { color: 'red' }, onConfirm: onReload,
    })
  }
  switch (state.kind) {
    case 'unchanged': return <span className={classes.save} role="status"><Note text={t('annotate.save.unchanged')} /></span>
    case 'saving': return <span className={classes.save} role="status"><IconLoader2 size={14} aria-hidden /><Note text={t('annotate.save.saving')} /></span>
    case 'saved': return <span className={classes.save} role="status"><IconCheck size={14} aria-hidden /><Note text={t('annotate.save.saved', { time: format.time(state.at) })} /></span>
    case 'failed':
      return (
        <span className={classes.notSaved} role="alert">
          <IconAlertTriangle size={14} aria-hidden />
          <Note text={t('annotate.save.failed', { reason: describeError(t, state.error) })} />
          <Button size="compact-xs" variant="default" onClick={() => sender.retry()}>{t('annotate.save.retry')}</Button>
        </span>
      )
    case 'conflict':
      return (
        <span className={classes.notSaved} role="alert">
          <IconAlertTriangle size={14} aria-hidden />
          <Note text={t('annotate.save.conflict')} />
          <Button size="compact-xs" variant="default" onClick={askReload}>{t('annotate.save.reload')}</Button>
        </span>
      )
    default: return assertNever(state, 'save state')
  }
}

/** Shown in part where there is little room, and whole under the pointer. */
function Note({ text }: { text: string }) {
  return <Text span inherit truncate title={text}>{text}</Text>
}
