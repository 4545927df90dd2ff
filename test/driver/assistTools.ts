import { expect, type Page } from '@playwright/test'
import type { Point } from '../../shared/geometry/point.ts'
import type { Size } from '../../shared/geometry/box.ts'
import type { FieldmarkApp } from './fieldmarkApp.ts'

/** The assisted tools over an image, by places in image pixels; the image must be shown as it is fitted at first. */
export class AssistTools {
  readonly #app: FieldmarkApp
  readonly #window: Page
  readonly #size: Size

  constructor(app: FieldmarkApp, size: Size) {
    this.#app = app
    this.#window = app.window
    this.#size = size
  }

  /** Takes a tool in hand and waits until it is ready. */
  async take(key: string, name: string): Promise<void> {
    await this.#window.keyboard.press(key)
    await expect(this.#window.getByRole('button', { name, exact: true })).toHaveAttribute('aria-pressed', 'true')
    await expect(this.#bar()).toBeVisible()
    await expect(this.#bar().getByText('Preparing the tool')).toHaveCount(0, { timeout: 30_000 })
  }

  async clickAt(place: Point): Promise<void> {
    await this.#window.mouse.click(...(await this.#onScreen(place)))
  }

  async drag(from: Point, to: Point): Promise<void> {
    await this.#window.mouse.move(...(await this.#onScreen(from)))
    await this.#window.mouse.down()
    await this.#window.mouse.move(...(await this.#onScreen(to)), { steps: 5 })
    await this.#window.mouse.up()
  }

  /** Until there is something to accept. */
  async waitForProposal(): Promise<void> {
    await expect(this.#bar().getByRole('button', { name: 'Accept' })).toBeEnabled({ timeout: 30_000 })
    await this.waitUntilIdle()
  }

  async waitUntilIdle(): Promise<void> {
    await expect(this.#bar().getByLabel('Looking at the image')).toHaveCount(0, { timeout: 30_000 })
  }

  async accept(): Promise<void> {
    await this.#window.keyboard.press('Enter')
    await this.waitForObject()
  }

  async waitForObject(): Promise<void> {
    await expect(this.#app.annotate.objects()).toHaveCount(1, { timeout: 30_000 })
  }

  /** What the window says about the tool. */
  message() {
    return this.#bar().getByRole('alert')
  }

  #bar() {
    return this.#window.getByRole('group', { name: 'Assisted labeling' })
  }

  /** The image is fitted into the canvas with a margin of 24 CSS pixels. */
  async #onScreen([x, y]: Point): Promise<[number, number]> {
    const box = await this.#app.annotate.canvas.boundingBox()
    if (!box) throw new Error('The canvas is not shown')
    const zoom = Math.min((box.width - 48) / this.#size.width, (box.height - 48) / this.#size.height)
    return [box.x + box.width / 2 + (x - this.#size.width / 2) * zoom, box.y + box.height / 2 + (y - this.#size.height / 2) * zoom]
  }
}
