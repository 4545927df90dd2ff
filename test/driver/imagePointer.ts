import { expect, type Locator, type Page } from '@playwright/test'
import { UPRIGHT, cameraToFit, imageToScreen, panCamera, zoomCamera } from '../../shared/geometry/camera.ts'
import type { Camera } from '../../shared/geometry/camera.ts'
import type { Size } from '../../shared/geometry/box.ts'
import type { Point } from '../../shared/geometry/point.ts'

/** The view's margin around a fitted image and the step of the zoom keys, as the window has them. */
const FIT_PADDING = 24
const ZOOM_STEP = 1.25
/** How near the edge of the view a place may be before the view is moved, in CSS pixels. */
const MARGIN = 20

/** The mouse on the canvas, led to places of the image (pixels). It follows the view by the keys and drags with which it changes it. */
export class ImagePointer {
  readonly #window: Page
  readonly #canvas: Locator
  readonly #image: Size
  #view: { x: number; y: number; width: number; height: number } = { x: 0, y: 0, width: 0, height: 0 }
  #camera: Camera = { ...UPRIGHT, x: 0, y: 0, zoom: 1 }

  constructor(window: Page, image: Size) {
    this.#window = window
    this.#canvas = window.getByRole('application', { name: 'Image' })
    this.#image = image
  }

  /** Shows the whole image; then a screen pixel is `1 / zoom` image pixels. */
  async fit(): Promise<void> {
    const view = await this.#canvas.boundingBox()
    expect(view).not.toBeNull()
    this.#view = view ?? this.#view
    await this.#window.keyboard.press('Shift+Digit1')
    this.#camera = cameraToFit({ x: 0, y: 0, ...this.#image }, this.#view, FIT_PADDING, UPRIGHT)
  }

  /** Zooms in by keys until a screen pixel is at most `1 / zoom` image pixels, with `place` in the middle of the view. */
  async zoomTo(zoom: number, place: Point): Promise<void> {
    await this.fit()
    while (this.#camera.zoom < zoom) {
      await this.#window.keyboard.press('=')
      this.#camera = zoomCamera(this.#camera, [this.#view.width / 2, this.#view.height / 2], ZOOM_STEP)
    }
    await this.#bringIntoView(place, Infinity)
  }

  async move(place: Point): Promise<void> {
    await this.#bringIntoView(place, MARGIN)
    await this.#window.mouse.move(...this.#onScreen(place))
  }

  async click(place: Point): Promise<void> {
    await this.move(place)
    await this.#window.mouse.click(...this.#onScreen(place))
  }

  async down(place: Point): Promise<void> {
    await this.move(place)
    await this.#window.mouse.down()
  }

  async up(): Promise<void> {
    await this.#window.mouse.up()
  }

  /** Presses at the first place, moves over the others in small steps, and lets go at the last. */
  async drag(...[first, ...others]: readonly [Point, ...Point[]]): Promise<void> {
    await this.down(first)
    for (const place of others) await this.#window.mouse.move(...this.#onScreen(place), { steps: 6 })
    await this.up()
  }

  /** Drags the view with the middle button until a place is within it by `margin`; with an infinite one, in its middle. */
  async #bringIntoView(place: Point, margin: number): Promise<void> {
    const middle: Point = [this.#view.width / 2, this.#view.height / 2]
    for (let tries = 0; tries < 50; tries += 1) {
      const [x, y] = imageToScreen(this.#camera, place)
      const away: Point = [middle[0] - x, middle[1] - y]
      const inside = x >= margin && y >= margin && x <= this.#view.width - margin && y <= this.#view.height - margin
      if (inside || Math.hypot(...away) < 1) return
      await this.#dragView([limited(away[0], middle[0] - MARGIN), limited(away[1], middle[1] - MARGIN)])
    }
    throw new Error(`The place ${place.join(', ')} does not come into view`)
  }

  async #dragView(delta: Point): Promise<void> {
    const from: Point = [Math.round(this.#view.x + this.#view.width / 2), Math.round(this.#view.y + this.#view.height / 2)]
    const whole: Point = [Math.round(delta[0]), Math.round(delta[1])]
    await this.#window.mouse.move(...from)
    await this.#window.mouse.down({ button: 'middle' })
    await this.#window.mouse.move(from[0] + whole[0], from[1] + whole[1])
    await this.#window.mouse.up({ button: 'middle' })
    this.#camera = panCamera(this.#camera, whole)
  }

  /** The whole pixel of the window nearest to a place of the image: mice have no finer ones. */
  #onScreen(place: Point): [number, number] {
    const [x, y] = imageToScreen(this.#camera, place)
    return [Math.round(this.#view.x + x), Math.round(this.#view.y + y)]
  }
}

function limited(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value))
}
