import type { TileSubject } from './tileSubject.ts'

/** Each comes in a chunk of its own, so that a page holds only the code of the one that it measures. */
export const TILE_SUBJECTS = {
  fieldmark: async () => (await import('./fieldmarkTiles.ts')).fieldmarkTiles(),
  openseadragon: async () => (await import('./openSeadragonTiles.ts')).openSeadragonTiles(),
} satisfies Record<string, () => Promise<TileSubject>>

export type TileSubjectName = keyof typeof TILE_SUBJECTS
