import { Menu, UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFolder, IconServer } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Desktop } from '../../bridge/preloadApi.ts'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { errorDetail } from '../../features/common/describeError.ts'
import { SyncIndicator } from '../../features/sync/SyncIndicator.tsx'
import type { OpenWorkspace } from '../useSession.ts'
import { useViewStore } from '../viewStore.ts'
import { ConnectDialog } from '../welcome/ConnectDialog.tsx'
import classes from './StatusBar.module.css'

/** Always visible: how sync stands at the left, which workspace is open at the right. */
export function StatusBar({ desktop, onOpen }: { desktop: Desktop; onOpen: OpenWorkspace }) {
  const { t } = useTranslation()
  const show = useViewStore((store) => store.show)
  const { data: info } = useEngineData('workspace.info', {})
  const [connecting, setConnecting] = useState(false)
  const SourceIcon = info?.kind === 'folder' ? IconFolder : IconServer

  const openFolder = async () => {
    const path = await desktop.chooseDirectory()
    if (path !== undefined) await onOpen({ kind: 'folder', path })
  }
  const tell = (error: unknown) => notifications.show({ color: 'red', title: t('welcome.failed'), message: errorDetail(error) })

  return (
    <footer className={classes.bar}>
      <SyncIndicator onOpen={() => show('sync')} />
      <div className={classes.gap} />
      <Menu position="top-end">
        <Menu.Target>
          <UnstyledButton className={classes.item}>
            <SourceIcon size={14} stroke={1.6} aria-hidden />
            <span className={classes.source}>{info ? info.source : t('app.workspace')}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFolder size={15} aria-hidden />} onClick={() => void openFolder().catch(tell)}>{t('app.openFolder')}</Menu.Item>
          <Menu.Item leftSection={<IconServer size={15} aria-hidden />} onClick={() => setConnecting(true)}>{t('app.connect')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConnectDialog opened={connecting} onClose={() => setConnecting(false)} onOpen={onOpen} />
    </footer>
  )
}
