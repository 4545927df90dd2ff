import { expect, type Locator, type Page } from '@playwright/test'

/** Drives the review: the list of results and the one that is open. */
export class ReviewView {
  readonly #window: Page

  constructor(window: Page) {
    this.#window = window
  }

  async open(name: string): Promise<void> {
    await this.#window.getByRole('table', { name: 'Results to review' }).getByRole('button', { name }).click()
    await expect(this.canvas(name)).toBeVisible()
  }

  canvas(name: string): Locator {
    return this.#window.getByRole('application', { name: `Result on ${name}` })
  }

  /** A comment at the place under the pointer, by key; `at` as shares of the canvas. */
  async commentAt(name: string, at: readonly [number, number], text: string): Promise<void> {
    const box = await this.canvas(name).boundingBox()
    if (box === null) throw new Error('The canvas has no place')
    await this.#window.mouse.move(box.x + box.width * at[0], box.y + box.height * at[1])
    await this.canvas(name).press('c')
    await this.#window.getByRole('textbox', { name: 'New comment' }).fill(text)
    await this.#window.keyboard.press('Control+Enter')
    await expect(this.comments().getByText(text)).toBeVisible()
  }

  comments(): Locator {
    return this.#window.getByRole('list', { name: 'Comments' })
  }

  /** Rejects by keys alone. */
  async rejectByKeys(name: string, reason: string): Promise<void> {
    await this.canvas(name).press('x')
    const dialog = this.#window.getByRole('dialog', { name: 'What is to be mended?' })
    await expect(dialog).toBeVisible()
    await this.#window.keyboard.press(reason)
    await this.#window.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
  }
}
