import { Alert, Button, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconFolder, IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Desktop } from '../../bridge/preloadApi.ts'
import type { Session } from '../../../shared/rpc/preload.ts'
import type { OpenWorkspace } from '../useSession.ts'
import { ConnectForm } from './ConnectForm.tsx'
import classes from './Welcome.module.css'

interface WelcomeProps {
  session: Exclude<Session, { kind: 'workspace' }>
  desktop: Desktop
  onOpen: OpenWorkspace
}

/** Shown while no workspace is open: the two ways in, and why the last one failed. */
export function Welcome({ session, desktop, onOpen }: WelcomeProps) {
  const { t } = useTranslation()
  const [phase, setPhase] = useState<'idle' | 'opening' | 'failed'>('idle')

  const openFolder = async () => {
    const path = await desktop.chooseDirectory()
    if (path === undefined) return
    setPhase('opening')
    await onOpen({ kind: 'folder', path })
    setPhase('idle')
  }
  return (
    <main className={classes.page}>
      <div className={classes.content}>
        <Title order={1}>{t('welcome.title')}</Title>
        {session.kind === 'failed' && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('welcome.failed')}>
            {t(`welcome.failure.${session.code}`)}
            <Text size="xs" c="dimmed" mt={4} data-selectable>{session.detail}</Text>
          </Alert>
        )}
        {session.kind === 'tokenMissing' && (
          <Alert color={session.reason === 'keyringChanged' ? 'yellow' : 'blue'} variant="light" icon={<IconKey size={18} aria-hidden />} title={t(`welcome.tokenMissingTitle.${session.reason}`)}>
            {t(`welcome.tokenMissingText.${session.reason}`, { url: session.url })}
          </Alert>
        )}
        <div className={classes.ways}>
          <section aria-labelledby="welcome-folder">
            <Title order={2} id="welcome-folder">{t('welcome.folder')}</Title>
            <Text c="dimmed" mb="md">{t('welcome.folderText')}</Text>
            <Button
              leftSection={<IconFolder size={15} aria-hidden />}
              loading={phase === 'opening'}
              onClick={() => void openFolder().catch(() => setPhase('failed'))}
            >
              {t('welcome.chooseFolder')}
            </Button>
            {phase === 'failed' && <Text size="xs" c="var(--fm-bad)" role="alert" mt={4}>{t('welcome.notOpened')}</Text>}
          </section>
          <section aria-labelledby="welcome-orchestrator">
            <Title order={2} id="welcome-orchestrator">{t('welcome.orchestrator')}</Title>
            <Text c="dimmed" mb="md">{t('welcome.orchestratorText')}</Text>
            <ConnectForm onOpen={onOpen} knownUrl={session.kind === 'tokenMissing' ? session.url : undefined} />
          </section>
        </div>
      </div>
    </main>
  )
}
