import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

let folder: string
let app: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-time-'))
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'photo.jpg'))
  await writeFile(join(folder, 'classes.txt'), 'face\nperson\n')
  app = await FieldmarkApp.launch({ folder })
})
test.afterEach(async () => {
  await app.quit()
  await rm(folder, { recursive: true, force: true })
})

test('the labelling of a task is replayed on its image, and an earlier state comes back as one edit', async () => {
  await app.queue.open('photo.jpg')
  await app.annotate.waitUntilOpen('photo.jpg')
  for (const left of [0.1, 0.3, 0.5]) await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [left, 0.3], to: [left + 0.15, 0.6] })
  await app.annotate.submit()
  await app.annotate.waitUntilSubmitted('photo.jpg')
  await app.goTo('Queue')
  await app.queue.open('photo.jpg')
  await app.annotate.waitUntilOpen('photo.jpg')
  await app.window.keyboard.press('Control+A')
  await app.window.keyboard.press('Delete')
  await expect(app.annotate.objects()).toHaveCount(0)
  await app.annotate.waitUntilSaved()

  await app.goTo('History')
  await app.window.getByRole('button', { name: 'Time travel' }).click()
  const travel = app.window.getByRole('dialog', { name: 'How this task was labelled' })
  await expect(travel.getByText('4 of 4')).toBeVisible()
  await expect(travel.getByRole('option').filter({ hasText: 'Submitted by' })).toHaveCount(1)
  await travel.getByRole('button', { name: 'To the submission before' }).click()
  await expect(travel.getByText('3 of 4')).toBeVisible()
  await travel.getByRole('button', { name: 'One edit back' }).click()
  await app.screenshot(test.info().outputPath('replay.png'))
  await travel.getByRole('slider', { name: 'Position in the edits' }).press('Home')
  await expect(travel.getByText('Before the first edit')).toBeVisible()
  await travel.getByRole('button', { name: 'Play' }).click()
  await expect(travel.getByText('4 of 4')).toBeVisible()
  await expect(travel.getByText('The 3 shapes that this edit took away are outlined with dashes.')).toBeVisible()
  await app.window.emulateMedia({ colorScheme: 'dark' })
  await app.screenshot(test.info().outputPath('replay-dark.png'))
  await travel.getByRole('option').nth(2).click()
  await travel.getByRole('button', { name: 'Restore this state' }).click()
  await expect(app.annotate.objects()).toHaveCount(3)
  await app.window.keyboard.press('Control+Z')
  await expect(app.annotate.objects()).toHaveCount(0)
  expect(app.complaints).toEqual([])
})
