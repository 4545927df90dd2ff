import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

let folder: string
let app: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-audit-'))
  await mkdir(join(folder, 'pictures'))
  await mkdir(join(folder, 'out'))
  for (const name of ['sample1', 'sample2'] as const) await copyFile(PHOTOGRAPHS[name], join(folder, 'pictures', `${name}.jpg`))
  await writeFile(join(folder, 'pictures', 'classes.txt'), 'face\nperson\n')
  app = await FieldmarkApp.launch({ folder: join(folder, 'pictures') })
})
test.afterEach(async () => {
  await app.quit()
  await rm(folder, { recursive: true, force: true })
})

/** The log as the window exports it, with one of its entries changed. */
async function aTamperedExport(): Promise<string> {
  await app.goTo('History')
  await app.chooseFolderWith(join(folder, 'out'), () => app.window.getByRole('button', { name: 'Export audit log' }).click())
  await expect(app.window.getByText(/^Wrote .* audit entries/)).toBeVisible()
  const [name = ''] = await readdir(join(folder, 'out'))
  const file = join(folder, 'out', name)
  await writeFile(file, (await readFile(file, 'utf8')).replace(/("kind":"entry","epoch":1,"seq":2,.*"wall":")\d{4}/, '$12020'))
  return file
}

test('events are searched and proved one by one, and the log and a tampered copy of it are verified', async () => {
  await app.queue.open('sample1.jpg')
  await app.annotate.waitUntilOpen('sample1.jpg')
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.5, 0.5] })
  await app.annotate.waitUntilSaved()
  await app.annotate.submit()
  await app.annotate.waitUntilSubmitted('sample1.jpg')

  await app.goTo('Audit log')
  const events = app.window.getByRole('grid', { name: 'Audit log' })
  await expect(events.getByRole('row', { name: /Submitted/ })).toHaveCount(1)
  await app.window.getByRole('combobox', { name: 'Kind' }).click()
  await app.window.getByRole('option', { name: 'Submitted', exact: true }).click()
  await app.window.keyboard.press('Escape')
  await expect(events.getByRole('row')).toHaveCount(2)
  await events.getByRole('row', { name: /Submitted/ }).click()
  const proof = app.window.getByRole('complementary', { name: 'Proof of entry' })
  await expect(proof.getByText('The device signed it')).toBeVisible()
  await app.window.getByRole('button', { name: 'Verify all' }).click()
  await expect(app.window.getByText('The audit log is sound: nothing was altered')).toBeVisible()
  await app.screenshot(test.info().outputPath('audit.png'))

  const file = await aTamperedExport()
  await app.goTo('Audit log')
  await app.chooseFolderWith(file, () => app.window.getByRole('button', { name: 'Verify a file…' }).click())
  const findings = app.window.getByRole('alert', { name: 'Verification of the audit log' })
  await expect(findings.getByRole('listitem').first()).toContainText('epoch 1, entry 2:')
  await app.window.emulateMedia({ colorScheme: 'dark' })
  await events.getByRole('row').nth(1).click()
  await expect(proof.getByText('The device signed it')).toBeVisible()
  await app.screenshot(test.info().outputPath('audit-dark.png'))
  expect(app.complaints).toEqual([])
})
