import { Button, Group, Stack, Text } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError, errorDetail } from './describeError.ts'
import { IconAlertTriangle } from '@tabler/icons-react'
import classes from './StateMessage.module.css'

interface StateMessageProps {
  icon: Icon
  title: string
  children?: ReactNode
  /** Buttons: what the person can do about it. */
  actions?: ReactNode
  role?: 'status' | 'alert'
}

/** What a view shows in place of its content: nothing here, loading, offline, failed. */
export function StateMessage({ icon: StateIcon, title, children, actions, role = 'status' }: StateMessageProps) {
  return (
    <div className={classes.place} role={role}>
      <Stack align="center" gap="sm" className={classes.message}>
        <StateIcon size={28} stroke={1.4} className={classes.icon} aria-hidden />
        <Text fw={600}>{title}</Text>
        {children !== undefined && <Text c="dimmed" ta="center" component="div">{children}</Text>}
        {actions !== undefined && <Group gap="sm" mt={4}>{actions}</Group>}
      </Stack>
    </div>
  )
}

/** A failed request, told plainly, with the way to try again. */
export function FailedMessage({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  return (
    <StateMessage
      icon={IconAlertTriangle}
      role="alert"
      title={t('common.failed')}
      actions={onRetry && <Button variant="default" onClick={onRetry}>{t('common.tryAgain')}</Button>}
    >
      {describeError(t, error)}
      <Text size="xs" c="dimmed" mt={4} data-selectable>{errorDetail(error)}</Text>
    </StateMessage>
  )
}
