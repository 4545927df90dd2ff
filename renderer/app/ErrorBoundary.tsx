import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorDetail } from '../features/common/describeError.ts'
import { StateMessage } from '../features/common/StateMessage.tsx'

interface State {
  error: unknown
  failed: boolean
}

/** Keeps a fault in one view from taking the window down. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined, failed: false }

  static getDerivedStateFromError(error: unknown): State {
    return { error, failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return <Crashed error={this.state.error} onReload={() => this.setState({ error: undefined, failed: false })} />
  }
}

function Crashed({ error, onReload }: { error: unknown; onReload: () => void }) {
  const { t } = useTranslation()
  return (
    <StateMessage
      icon={IconAlertTriangle}
      role="alert"
      title={t('app.crashed.title')}
      actions={<Button variant="default" onClick={onReload}>{t('app.crashed.reload')}</Button>}
    >
      {t('app.crashed.text')}
      <div data-selectable>{errorDetail(error)}</div>
    </StateMessage>
  )
}
