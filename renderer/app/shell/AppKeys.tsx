import { useTranslation } from 'react-i18next'
import { hotkeysOf } from '../../editor/commands/keymap.ts'
import { useKeymap } from '../../features/common/hotkeys/KeymapContext.tsx'
import { usePaletteSource, type PaletteAction } from '../../features/common/palette/paletteStore.ts'
import { useCommandKeys } from '../../features/common/useCommandKeys.ts'
import { APP_COMMANDS } from '../commands.ts'
import { useViewStore } from '../viewStore.ts'

/** Binds the keys of the whole window, and offers what they do in the palette. */
export function AppKeys() {
  const { t } = useTranslation()
  const keymap = useKeymap()
  useCommandKeys(APP_COMMANDS.flatMap((command) => hotkeysOf(keymap, command).map((hotkey) => ({
    hotkey, inText: command.inText ?? false, run: () => command.run(useViewStore.getState()),
  }))))
  usePaletteSource('app', () => APP_COMMANDS.filter(({ id }) => id !== 'app.openPalette').map((command): PaletteAction => ({
    id: command.id, label: t(command.labelKey), group: t('help.groups.general'), hotkey: hotkeysOf(keymap, command)[0], run: () => command.run(useViewStore.getState()),
  })))
  return null
}
