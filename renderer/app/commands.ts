import type { Bindable } from '../features/common/hotkeys/keymap.ts'
import { REVIEW_COMMANDS } from '../features/review/commands.ts'
import { TASK_COMMANDS } from '../features/annotate/commands.ts'
import type { useViewStore } from './viewStore.ts'

/** Something that the whole window can do by a key, in the notation of @mantine/hooks. */
interface AppCommand {
  id: `app.${'showHelp' | 'openQueue' | 'openAnnotate' | 'openReview' | 'openSync' | 'openHistory' | 'openAudit' | 'openDashboard' | 'openDiagnostics' | 'openSettings' | 'openPalette' | 'openTimeTravel'}`
  labelKey: `help.${'showHelp' | 'openQueue' | 'openAnnotate' | 'openReview' | 'openSync' | 'openHistory' | 'openAudit' | 'openDashboard' | 'openDiagnostics' | 'openSettings' | 'openPalette' | 'openTimeTravel'}`
  hotkeys: readonly string[]
  /** The key also counts while text is being entered. */
  inText?: true
  run: (store: ReturnType<typeof useViewStore.getState>) => void
}

export const APP_COMMANDS: readonly AppCommand[] = [
  { id: 'app.openPalette', labelKey: 'help.openPalette', hotkeys: ['mod+K'], inText: true, run: (store) => store.setDialog('palette') },
  { id: 'app.openQueue', labelKey: 'help.openQueue', hotkeys: ['alt+1'], run: (store) => store.show('queue') },
  { id: 'app.openAnnotate', labelKey: 'help.openAnnotate', hotkeys: ['alt+2'], run: (store) => store.show('annotate') },
  { id: 'app.openSync', labelKey: 'help.openSync', hotkeys: ['alt+3'], run: (store) => store.show('sync') },
  { id: 'app.openHistory', labelKey: 'help.openHistory', hotkeys: ['alt+4'], run: (store) => store.show('history') },
  { id: 'app.openAudit', labelKey: 'help.openAudit', hotkeys: ['alt+6'], run: (store) => store.show('audit') },
  { id: 'app.openDiagnostics', labelKey: 'help.openDiagnostics', hotkeys: ['alt+5'], run: (store) => store.show('diagnostics') },
  { id: 'app.openDashboard', labelKey: 'help.openDashboard', hotkeys: ['alt+7'], run: (store) => store.show('dashboard') },
  { id: 'app.openTimeTravel', labelKey: 'help.openTimeTravel', hotkeys: ['alt+T'], run: (store) => { if (store.taskId !== undefined) store.setDialog('timeTravel') } },
  { id: 'app.openReview', labelKey: 'help.openReview', hotkeys: ['alt+8'], run: (store) => store.show('review') },
  { id: 'app.showHelp', labelKey: 'help.showHelp', hotkeys: ['shift+?'], run: (store) => store.setDialog('help') },
  { id: 'app.openSettings', labelKey: 'help.openSettings', hotkeys: ['mod+,'], run: (store) => store.setDialog('settings') },
]

/** Every command that is not the editor's own. */
export const WINDOW_COMMANDS: readonly Bindable[] = [...APP_COMMANDS, ...Object.values(TASK_COMMANDS), ...Object.values(REVIEW_COMMANDS)]
