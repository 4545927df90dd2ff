import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Compare.module.css'

/** The whole window for a comparison. What is compared is asked for while it is open. */
export function CompareFrame({ opened, onClose, children }: { opened: boolean; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Modal
      fullScreen opened={opened} onClose={onClose} title={t('compare.dialog')} padding={0}
      closeButtonProps={{ 'aria-label': t('common.close') }} classNames={{ content: classes.content, body: classes.body, header: classes.header }}
    >
      {opened && children}
    </Modal>
  )
}
