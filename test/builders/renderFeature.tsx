import './jsdomGaps.ts'
import { MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import { CopyProvider } from '../../renderer/bridge/CopyContext.tsx'
import { EngineProvider } from '../../renderer/bridge/EngineContext.tsx'
import { EngineClient } from '../../renderer/bridge/engineClient.ts'
import { startI18n, type Language } from '../../renderer/app/i18n/i18n.ts'
import { cssVariables, theme } from '../../renderer/app/theme.ts'
import type { FakeEngine } from './fakeEngine.ts'

/** Renders a part of the window over a fake engine, as the application would. `copied`: what it put on the clipboard. */
export function renderFeature(view: ReactNode, engine: FakeEngine, language: Language = 'en') {
  const client = new EngineClient()
  client.attach(engine.port)
  const i18n = startI18n(language)
  const copied: string[] = []
  const wrap = (content: ReactNode) => (
    <I18nextProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
        <ModalsProvider>
          <Notifications />
          <EngineProvider client={client}><CopyProvider copyText={(text) => { copied.push(text); return Promise.resolve() }}>{content}</CopyProvider></EngineProvider>
        </ModalsProvider>
      </MantineProvider>
    </I18nextProvider>
  )
  const rendered = render(wrap(view))
  return { ...rendered, client, copied, show: (next: ReactNode) => rendered.rerender(wrap(next)) }
}
