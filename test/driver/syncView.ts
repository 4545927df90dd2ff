import { expect, type Locator, type Page } from '@playwright/test'

/** The outbox, its receipts and the indicator that is always visible. */
export class SyncView {
  readonly indicator: Locator
  readonly outbox: Locator
  readonly #window: Page

  constructor(window: Page) {
    this.#window = window
    this.outbox = window.getByRole('table', { name: 'Outbox' })
    this.indicator = window.getByRole('button', { name: /^Sync: / })
  }

  async waitForPhase(phase: string, timeoutMs = 30_000): Promise<void> {
    await expect(this.#window.getByRole('button', { name: `Sync: ${phase}` })).toBeVisible({ timeout: timeoutMs })
  }

  /** Waits until so many submissions are listed in the outbox. */
  async waitUntilWaiting(submissions: number): Promise<void> {
    await expect(this.outbox.getByRole('row')).toHaveCount(submissions + 1)
  }

  async setWorkOffline(offline: boolean): Promise<void> {
    const toggle = this.#window.getByRole('switch', { name: 'Work offline' })
    // It shows what the engine has done, a moment after the click.
    if ((await toggle.isChecked()) !== offline) await toggle.click({ force: true })
    await expect(toggle).toBeChecked({ checked: offline })
  }

  async syncNow(): Promise<void> {
    await this.#window.getByRole('button', { name: 'Sync now' }).click()
  }
}
