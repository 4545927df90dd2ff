import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './FullScreenDialog.module.css'

/** A dialog that takes the whole window. What it shows is asked for while it is open. */
export function FullScreenDialog({ title, opened, onClose, children }: { title: string; opened: boolean; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Modal
      fullScreen opened={opened} onClose={onClose} title={title} padding={0}
      closeButtonProps={{ 'aria-label': t('common.close') }} classNames={{ content: classes.content, body: classes.body, header: classes.header }}
    >
      {opened && children}
    </Modal>
  )
}
