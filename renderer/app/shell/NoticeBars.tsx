import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconX } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine, useEngineConnected } from '../../bridge/EngineContext.tsx'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { EventPayload } from '../../../shared/rpc/channels.ts'
import { useViewStore } from '../viewStore.ts'
import classes from './NoticeBars.module.css'

type Notice = EventPayload<'engine.notice'>
/** A restart that takes less than this (milliseconds) is not worth a bar that flashes. */
const QUIET_RESTART_MS = 1500

/** What the whole window must know: the engine is away, the workspace is read-only, and what the engine reports by itself. */
export function NoticeBars() {
  const { t } = useTranslation()
  const lost = useEngineLost()
  const info = useEngineData('workspace.info', {})
  const [notices, dismiss] = useNotices()
  return (
    <div className={classes.bars} role="region" aria-live="polite" aria-label={t('app.workspace')}>
      {lost && <Bar>{t('app.engineLost')}</Bar>}
      {info.data?.readOnly && <Bar icon={<IconLock size={15} aria-hidden />}>{t(`app.readOnly.${info.data.readOnly}`)}</Bar>}
      {notices.map((notice) => (
        <Bar key={notice.code} onDismiss={() => dismiss(notice.code)} action={notice.code === 'databaseDamaged' && <DiagnosticsButton />}>{t(`app.notice.${notice.code}`)}</Bar>
      ))}
    </div>
  )
}

function useEngineLost(): boolean {
  const connected = useEngineConnected()
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (connected) return
    const timer = setTimeout(() => setLate(true), QUIET_RESTART_MS)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [connected])
  return !connected && late
}

function useNotices(): [Notice[], (code: Notice['code']) => void] {
  const engine = useEngine()
  const [notices, setNotices] = useState<Notice[]>([])
  const dismiss = (code: Notice['code']) => setNotices((known) => known.filter((notice) => notice.code !== code))
  useEffect(() => engine.subscribe('engine.notice', (notice) => {
    setNotices((known) => [...known.filter(({ code }) => code !== notice.code), notice])
  }), [engine])
  return [notices, dismiss]
}

function DiagnosticsButton() {
  const { t } = useTranslation()
  const show = useViewStore((store) => store.show)
  return <Button size="compact-xs" variant="default" onClick={() => show('diagnostics')}>{t('app.notice.openDiagnostics')}</Button>
}

function Bar({ icon, action, onDismiss, children }: { icon?: ReactNode; action?: ReactNode; onDismiss?: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={classes.bar} role="alert">
      {icon ?? <IconAlertTriangle size={15} aria-hidden />}
      <span className={classes.text}>{children}</span>
      {action}
      {onDismiss && (
        <ActionIcon size={20} color="gray" aria-label={t('app.notice.dismiss')} onClick={onDismiss}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}
