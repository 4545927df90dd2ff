import { useEffect, useRef } from 'react'
import { create } from 'zustand'

/** Something that the palette can do, found by its name. */
export interface PaletteAction {
  readonly id: string
  readonly label: string
  /** A translated heading under which it stands. */
  readonly group: string
  readonly hotkey?: string | undefined
  /** #rrggbb of a class. */
  readonly color?: string
  readonly run: () => void
}

interface PaletteState {
  /** What each part of the window offers, asked when the palette opens. */
  readonly sources: ReadonlyMap<string, () => readonly PaletteAction[]>
}

export const usePaletteStore = create<PaletteState>()(() => ({ sources: new Map() }))

/** Offers actions in the palette for as long as the component is shown; `list` is asked each time that the palette opens. */
export function usePaletteSource(name: string, list: () => readonly PaletteAction[]): void {
  const latest = useRef(list)
  useEffect(() => { latest.current = list })
  useEffect(() => {
    const offer = () => latest.current()
    usePaletteStore.setState(({ sources }) => ({ sources: new Map(sources).set(name, offer) }))
    return () => usePaletteStore.setState(({ sources }) => ({ sources: new Map([...sources].filter(([key, value]) => key !== name || value !== offer)) }))
  }, [name])
}
