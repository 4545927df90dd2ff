import { expect, type Locator, type Page } from '@playwright/test'

/** The table of tasks. */
export class QueueView {
  readonly table: Locator
  readonly #window: Page

  constructor(window: Page) {
    this.#window = window
    this.table = window.getByRole('grid', { name: 'Tasks' })
  }

  row(name: string): Locator {
    return this.table.getByRole('row').filter({ hasText: name })
  }

  /** Opens the task whose image has this name. */
  async open(name: string): Promise<void> {
    await this.row(name).first().dblclick()
  }

  /** Searches, and waits until what is shown is what was found: a row that moves under the pointer is not opened by a double click. */
  async search(text: string): Promise<void> {
    await this.#window.getByRole('textbox', { name: 'Search' }).fill(text)
    await expect(this.table.getByRole('row').nth(1)).toContainText(text)
  }

  /** Waits until every image can be opened without a network; answers how many tasks there are. */
  async waitUntilAllAvailableOffline(timeoutMs: number): Promise<number> {
    const footer = this.#window.getByText(/^[1-9]\d* of \d+ images available offline$/)
    await expect(async () => {
      const [, ready, total] = /(\d+) of (\d+)/.exec(await footer.innerText({ timeout: 1_000 })) ?? []
      expect(ready).toBe(total)
    }).toPass({ timeout: timeoutMs })
    return Number(/of (\d+)/.exec(await footer.innerText())?.[1])
  }
}
