import { expect, type Locator, type Page } from '@playwright/test'

/** A place on the canvas as shares of its width and height, 0 to 1. */
export type Place = [x: number, y: number]

/** A shape as a person draws it: the key of its class, then where. */
export type DrawnShape =
  | { kind: 'rectangle'; classKey: string; from: Place; to: Place }
  | { kind: 'polygon'; classKey: string; corners: Place[] }

/** Where a task is labelled. Places are shares of the canvas, so that they hold at any window size. */
export class AnnotateView {
  readonly canvas: Locator
  readonly #window: Page

  constructor(window: Page) {
    this.#window = window
    this.canvas = window.getByRole('application', { name: 'Image' })
  }

  async waitUntilOpen(name: string): Promise<void> {
    await expect(this.#window.getByText(name, { exact: true }).first()).toBeVisible()
    await expect(this.canvas).toBeVisible()
  }

  async draw(shape: DrawnShape): Promise<void> {
    await this.#window.keyboard.press(shape.classKey)
    switch (shape.kind) {
      case 'rectangle': return this.#drawRectangle(shape.from, shape.to)
      case 'polygon': return this.#drawPolygon(shape.corners)
    }
  }

  /** Takes a tool in hand by its key and draws with the button held down, from place to place. */
  async stroke(toolKey: string, [from, ...others]: [Place, ...Place[]]): Promise<void> {
    await this.#window.keyboard.press(toolKey)
    await this.#window.mouse.move(...(await this.place(from)))
    await this.#window.mouse.down()
    for (const place of others) await this.#window.mouse.move(...(await this.place(place)), { steps: 12 })
    await this.#window.mouse.up()
  }

  async click(toolKey: string, place: Place): Promise<void> {
    await this.#window.keyboard.press(toolKey)
    await this.#window.mouse.click(...(await this.place(place)))
  }

  async acceptAllPredictions(): Promise<void> {
    await this.#window.getByRole('button', { name: 'Accept all' }).click()
  }

  objects(): Locator {
    return this.#window.getByRole('listbox', { name: 'Objects' }).getByRole('option')
  }

  /** Waits until the engine has acknowledged every edit. */
  async waitUntilSaved(timeoutMs = 10_000): Promise<void> {
    await expect(this.#window.getByText(/^Saved /)).toBeVisible({ timeout: timeoutMs })
  }

  submit(): Promise<void> {
    return this.#window.keyboard.press('Control+Enter')
  }

  async waitUntilSubmitted(name: string): Promise<void> {
    await expect(this.#window.getByText(`${name} was submitted`)).toBeVisible()
  }

  async #drawRectangle(from: Place, to: Place): Promise<void> {
    await this.#window.keyboard.press('r')
    const [start, end] = [await this.place(from), await this.place(to)]
    await this.#window.mouse.move(...start)
    await this.#window.mouse.down()
    await this.#window.mouse.move(...end, { steps: 5 })
    await this.#window.mouse.up()
  }

  async #drawPolygon(corners: Place[]): Promise<void> {
    await this.#window.keyboard.press('p')
    for (const corner of corners) await this.#window.mouse.click(...(await this.place(corner)))
    await this.#window.keyboard.press('Enter')
  }

  /** A place of the canvas in pixels of the window. */
  async place([x, y]: Place): Promise<Place> {
    const box = await this.canvas.boundingBox()
    if (!box) throw new Error('The canvas is not shown')
    return [box.x + x * box.width, box.y + y * box.height]
  }
}
