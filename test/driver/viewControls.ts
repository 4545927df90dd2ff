import { expect, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import type { AnnotateView, Place } from './annotateView.ts'

/** A pixel as the window tells it: where it is in the image, and its colour in the file. */
export interface ToldPixel { column: number; row: number; rgb: number[] }

/** How the image is seen: turns, colours, and the aids over it. */
export class ViewControls {
  readonly minimap: Locator
  readonly loupe: Locator
  readonly pixelGrid: Locator
  readonly #window: Page
  readonly #annotate: AnnotateView

  constructor(window: Page, annotate: AnnotateView) {
    this.#window = window
    this.#annotate = annotate
    this.minimap = window.getByRole('img', { name: 'Minimap' })
    this.loupe = annotate.canvas.locator('[data-aid="loupe"]')
    this.pixelGrid = annotate.canvas.locator('[data-aid="pixelGrid"]')
  }

  /** Presses a key with the keyboard on the image. */
  async key(key: string): Promise<void> {
    await this.#annotate.canvas.focus()
    await this.#window.keyboard.press(key)
  }

  /** Puts the pointer on a place of the canvas and reads which pixel is there. */
  async pixelAt(place: Place): Promise<ToldPixel> {
    const [x, y] = await this.#annotate.place(place)
    await this.#window.mouse.move(x + 3, y)
    await this.#window.mouse.move(x, y)
    const told = this.#window.getByRole('group', { name: 'Pixel under the pointer' })
    await expect(told).toContainText(/\d+ \d+ \d+$/)
    await this.#frame()
    const [, column, row, rgb] = /x\s*([\d,]+)\s*y\s*([\d,]+)\s*(\d+ \d+ \d+)?/.exec(await told.innerText()) ?? []
    const number = (text: string | undefined) => Number((text ?? '').replace(',', ''))
    return { column: number(column), row: number(row), rgb: (rgb ?? '').split(' ').map(Number) }
  }

  /** The colour that is on the screen at a place of the canvas, with the pointer out of the way. */
  async colorAt(place: Place): Promise<number[]> {
    await this.#window.mouse.move(2, 2)
    await this.#frame()
    const [x, y] = await this.#annotate.place(place)
    const shot = await this.#window.screenshot({ clip: { x: Math.round(x), y: Math.round(y), width: 1, height: 1 } })
    return [...(await sharp(shot).removeAlpha().raw().toBuffer()).subarray(0, 3)]
  }

  /** Opens one of the popovers of the header, does something in it and closes it again. */
  async within(name: 'Display' | 'Image view', act: (popover: Locator) => Promise<void>): Promise<void> {
    await this.#window.getByRole('button', { name, exact: true }).click()
    const popover = this.#window.getByRole('dialog', { name })
    await act(popover)
    await this.#window.keyboard.press('Escape')
    await expect(popover).toBeHidden()
  }

  async #frame(): Promise<void> {
    await this.#window.evaluate(() => new Promise<void>((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50))) }))
  }
}
