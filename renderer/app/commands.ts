import type { useViewStore } from './viewStore.ts'

/** Something that the whole window can do by a key, in the notation of @mantine/hooks. */
interface AppCommand {
  id: 'showHelp' | 'openQueue' | 'openAnnotate' | 'openSync' | 'openHistory'
  hotkey: string
  run: (store: ReturnType<typeof useViewStore.getState>) => void
}

export const APP_COMMANDS: readonly AppCommand[] = [
  { id: 'openQueue', hotkey: 'alt+1', run: (store) => store.show('queue') },
  { id: 'openAnnotate', hotkey: 'alt+2', run: (store) => store.show('annotate') },
  { id: 'openSync', hotkey: 'alt+3', run: (store) => store.show('sync') },
  { id: 'openHistory', hotkey: 'alt+4', run: (store) => store.show('history') },
  { id: 'showHelp', hotkey: 'shift+?', run: (store) => store.setDialog('help') },
]
