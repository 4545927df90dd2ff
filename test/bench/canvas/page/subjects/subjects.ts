import type { Subject } from '../subject.ts'

/** Each comes in a chunk of its own, so that a page holds only the code of the one that it measures. */
export const SUBJECTS = {
  fieldmark: async () => (await import('./fieldmark.ts')).fieldmark(),
  svg: async () => (await import('./svg.ts')).svg(),
  konva: async () => (await import('./konva.ts')).konva(),
  pixi: async () => (await import('./pixi.ts')).pixi(),
  annotorious: async () => (await import('./annotorious.ts')).annotorious(),
  'annotorious-osd': async () => (await import('./annotoriousOnOpenSeadragon.ts')).annotoriousOnOpenSeadragon(),
} satisfies Record<string, () => Promise<Subject>>

export type SubjectName = keyof typeof SUBJECTS
