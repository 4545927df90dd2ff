import type { View } from '../subject.ts'

/** A program that shows a pyramid of tiles. */
export interface TileSubject {
  open(host: HTMLElement, view: View): void
  look(view: View): void
}

export const TILE_SUBJECTS = {
  fieldmark: async () => (await import('./fieldmarkTiles.ts')).fieldmarkTiles(),
  openseadragon: async () => (await import('./openSeadragonTiles.ts')).openSeadragonTiles(),
} satisfies Record<string, () => Promise<TileSubject>>

export type TileSubjectName = keyof typeof TILE_SUBJECTS
