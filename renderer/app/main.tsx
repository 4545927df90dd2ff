import './zodWithoutEval.ts'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './global.css'
import { createRoot } from 'react-dom/client'
import { acceptEnginePorts } from '../bridge/connectEngine.ts'
import { EngineClient } from '../bridge/engineClient.ts'
import { desktop } from '../bridge/preloadApi.ts'
import { App } from './App.tsx'
import { languageFor, startI18n } from './i18n/i18n.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element')

const engine = new EngineClient()
acceptEnginePorts(engine)
const i18n = startI18n(languageFor('system', navigator.languages))

createRoot(root).render(<App desktop={desktop()} engine={engine} i18n={i18n} />)
