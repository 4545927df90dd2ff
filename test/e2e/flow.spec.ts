import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { LABEL_SCHEMA_FORMAT } from '../../shared/domain/labelSchema.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

const schema = {
  format: LABEL_SCHEMA_FORMAT, name: 'People',
  classes: [
    {
      id: 'face', name: 'Face', color: '#4dabf7', kinds: ['rectangle', 'polygon'], minSize: 20,
      attributes: [{ type: 'enum', id: 'expression', name: 'Expression', required: true, options: ['neutral', 'happy'] }, { type: 'number', id: 'age', name: 'Age' }],
    },
    { id: 'hand', name: 'Hand', color: '#ffd43b', kinds: ['rectangle', 'polygon'] },
  ],
}

let folder: string
let app: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-flow-'))
  for (const name of ['sample1', 'sample2'] as const) await copyFile(PHOTOGRAPHS[name], join(folder, `${name}.jpg`))
  await writeFile(join(folder, 'labels.json'), JSON.stringify(schema))
  app = await FieldmarkApp.launch({ folder })
  await app.queue.open('sample1.jpg')
  await app.annotate.waitUntilOpen('sample1.jpg')
})
test.afterEach(async () => {
  await app.quit()
  await rm(folder, { recursive: true, force: true })
})

test('the palette finds a tool, a class and a task, by keys alone', async () => {
  const { keyboard } = app.window
  const choose = async (text: string) => {
    await keyboard.press('Control+k')
    await app.window.getByRole('textbox', { name: 'Find a command, class or task' }).fill(text)
    await expect(app.window.getByRole('dialog').getByRole('button', { name: new RegExp(`^${text}`, 'i') }).first()).toBeVisible()
    await keyboard.press('Enter')
  }
  await choose('polygon')
  await expect(app.window.getByRole('button', { name: 'Polygon', pressed: true })).toBeVisible()
  await choose('hand')
  await expect(app.window.getByRole('button', { name: 'Hand', pressed: true })).toBeVisible()
  await keyboard.press('Control+k')
  await app.window.getByRole('textbox', { name: 'Find a command, class or task' }).fill('e')
  await app.screenshot(test.info().outputPath('palette.png'))
  await keyboard.press('Escape')
  await choose('sample2.jpg')
  await app.annotate.waitUntilOpen('sample2.jpg')
  await expect(app.window.getByRole('button', { name: 'Hand', pressed: true })).toBeVisible()
  expect(app.complaints).toEqual([])
})

test('what is wrong with a shape is seen while it is drawn, led to by a key, and mended by another', async () => {
  const { keyboard } = app.window
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.5, 0.5] })
  await app.annotate.draw({ kind: 'polygon', classKey: '2', corners: [[0.55, 0.5], [0.75, 0.5], [0.55, 0.75], [0.8, 0.75]] })
  await expect(app.window.getByRole('button', { name: /^2 problems/ })).toBeVisible()
  await keyboard.press('v')
  await keyboard.press('F8')
  await expect(app.window.getByRole('list', { name: 'Problems of this shape' })).toBeVisible()
  await app.screenshot(test.info().outputPath('problems.png'))
  await keyboard.press('F2')
  await expect(app.window.getByRole('button', { name: /^1 problem\./ })).toBeVisible()
  await expect(app.window.getByRole('button', { name: 'Undo: set attribute' })).toBeVisible()
  await keyboard.press('F8')
  await expect(app.window.getByRole('list', { name: 'Problems of this shape' })).toHaveText(/crosses itself/)
  await keyboard.press('Control+Enter')
  await app.annotate.waitUntilSubmitted('sample1.jpg')
  expect(app.complaints).toEqual([])
})

test('keys of another program can be chosen, changed one by one, and tell when two commands want the same', async () => {
  const { keyboard } = app.window
  await keyboard.press('Control+,')
  const settings = app.window.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Keyboard' }).click()
  await settings.getByRole('combobox', { name: 'Keys as in' }).click()
  await app.window.getByRole('option', { name: 'CVAT' }).click()
  await settings.getByRole('textbox', { name: 'Search commands' }).fill('rectangle')
  await settings.getByRole('button', { name: 'Change the key of Rectangle', exact: true }).click()
  await keyboard.press('f')
  await expect(settings.getByText('also: Next task')).toBeVisible()
  await app.screenshot(test.info().outputPath('hotkeys.png'))
  await settings.getByRole('button', { name: 'Reset the key of Rectangle', exact: true }).click()
  await settings.getByRole('button', { name: 'Close' }).click()
  await keyboard.press('f')
  await app.annotate.waitUntilOpen('sample2.jpg')
  await keyboard.press('d')
  await app.annotate.waitUntilOpen('sample1.jpg')
  expect(app.complaints).toEqual([])
})

test('a box is drawn without a mouse', async () => {
  const { keyboard } = app.window
  await keyboard.press('r')
  for (const key of ['Alt+ArrowLeft', 'Enter', 'Alt+ArrowRight', 'Alt+ArrowDown', 'ArrowRight', 'Enter']) await keyboard.press(key)
  await expect(app.annotate.objects()).toHaveCount(1)
  await app.annotate.waitUntilSaved()
})
