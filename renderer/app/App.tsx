import { MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import type { i18n as I18n } from 'i18next'
import { I18nextProvider } from 'react-i18next'
import { CopyProvider } from '../bridge/CopyContext.tsx'
import { EngineProvider } from '../bridge/EngineContext.tsx'
import type { EngineClient } from '../bridge/engineClient.ts'
import type { Desktop } from '../bridge/preloadApi.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Frame } from './shell/Frame.tsx'
import { cssVariables, theme } from './theme.ts'
import { useNetworkWake } from './useNetworkWake.ts'
import { useSession } from './useSession.ts'
import { Welcome } from './welcome/Welcome.tsx'

interface AppProps {
  desktop: Desktop
  engine: EngineClient
  i18n: I18n
}

export function App({ desktop, engine, i18n }: AppProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications position="bottom-center" autoClose={6000} limit={4} />
        <ModalsProvider>
          <ErrorBoundary>
            <EngineProvider client={engine}>
              <CopyProvider copyText={(text) => desktop.copyText(text)}>
                <Workspace desktop={desktop} engine={engine} />
              </CopyProvider>
            </EngineProvider>
          </ErrorBoundary>
        </ModalsProvider>
      </MantineProvider>
    </I18nextProvider>
  )
}

function Workspace({ desktop, engine }: Omit<AppProps, 'i18n'>) {
  const { session, generation, open } = useSession(desktop, engine)
  useNetworkWake(engine)
  if (!session) return null
  // A key for each workspace that is opened, so that nothing of the one before stays on the screen.
  if (session.kind === 'workspace') return <Frame key={generation} desktop={desktop} onOpen={open} />
  return <Welcome session={session} desktop={desktop} onOpen={open} />
}
