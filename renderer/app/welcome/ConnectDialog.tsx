import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OpenWorkspace } from '../useSession.ts'
import { ConnectForm } from './ConnectForm.tsx'

export function ConnectDialog({ opened, onClose, onOpen }: { opened: boolean; onClose: () => void; onOpen: OpenWorkspace }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('welcome.orchestrator')} size={420} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <ConnectForm onOpen={onOpen} />
    </Modal>
  )
}
