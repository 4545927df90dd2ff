import { createContext, useContext } from 'react'
import type { Keymap } from '../../../editor/commands/keymap.ts'

const KeymapContext = createContext<Keymap>({ hotkeys: {}, reserved: [] })

/** The keys in force below it. */
export const KeymapProvider = KeymapContext.Provider

export function useKeymap(): Keymap {
  return useContext(KeymapContext)
}
