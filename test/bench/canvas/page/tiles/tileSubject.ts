import type { View } from '../subject.ts'

/** A program that shows a pyramid of tiles. */
export interface TileSubject {
  open(host: HTMLElement, view: View): void
  look(view: View): void
}
