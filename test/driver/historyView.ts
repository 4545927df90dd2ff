import { expect, type Locator, type Page } from '@playwright/test'

/** Revisions and audit events of a task. */
export class HistoryView {
  readonly revisions: Locator
  readonly events: Locator
  readonly #window: Page

  constructor(window: Page) {
    this.#window = window
    this.revisions = window.getByRole('table', { name: 'Revisions' })
    this.events = window.getByRole('table', { name: 'Audit events' })
  }

  async verifyEverything(): Promise<void> {
    await this.#window.getByRole('button', { name: 'Verify everything' }).click()
    await expect(this.#window.getByText('Verified: nothing was altered')).toBeVisible({ timeout: 30_000 })
  }
}
