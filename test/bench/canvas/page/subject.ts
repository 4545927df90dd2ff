import type { Point } from '../../../../shared/geometry/point.ts'
import type { Scene } from './scene.ts'

/** How the image is seen: `x` and `y` are the image pixel at the window's top-left corner, `zoom` is CSS pixels per image pixel. */
export interface View { readonly x: number; readonly y: number; readonly zoom: number }

/** One program that shows shapes over an image. Each is driven alike; what it draws after the call, it may draw in its own next frame. */
export interface Subject {
  /** Shows the scene as `view` says; done when all has been handed over and the image is there. */
  load(host: HTMLElement, scene: Scene, view: View): Promise<void>
  look(view: View): void
  /** Selects the scene's target, by a click in its middle where the subject has clicks. */
  select(): void
  deselect(): void
  /** Whether the target is selected, as the subject says itself. */
  isSelected(): boolean
  /** Takes hold of the first vertex of the selected target, moves it to a place (image pixels) and lets go. */
  grabVertex(): void
  moveVertex(to: Point): void
  dropVertex(): void
}

/** From image pixels to CSS pixels from the window's top-left corner. */
export function toScreen(view: View, [x, y]: Point): Point {
  return [(x - view.x) * view.zoom, (y - view.y) * view.zoom]
}

/** An element with the picture of the scene, once it has been decoded. */
export async function loadImage(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}
