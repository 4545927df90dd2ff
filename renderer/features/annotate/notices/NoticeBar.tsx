import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './TaskNotices.module.css'

interface NoticeBarProps {
  tone: 'bad' | 'warn' | 'neutral'
  children: ReactNode
  /** For support, in the words of the server. */
  detail?: string | undefined
  /** Buttons: what can be done about it. */
  actions?: ReactNode
}

/** One thing that the person should know, with what can be done about it. */
export function NoticeBar({ tone, children, detail, actions }: NoticeBarProps) {
  const Sign = tone === 'neutral' ? IconInfoCircle : IconAlertTriangle
  return (
    <div className={classes.bar} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Sign size={16} stroke={1.7} aria-hidden />
      <div className={classes.text}>
        {children} {detail !== undefined && <span className={classes.detail} data-selectable>{detail}</span>}
      </div>
      {actions}
    </div>
  )
}
