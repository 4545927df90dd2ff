import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { SOFTWARE_GPU } from '../driver/testPage.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

/** Doubling by this many times makes more shapes than the window draws by itself. */
const DOUBLINGS = 12

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-many-'))
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'sample1.jpg'))
  await writeFile(join(folder, 'classes.txt'), 'leaf\n')
})
test.afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

const WAYS = [['on threads', []], ['by a graphics processor', SOFTWARE_GPU]] as const
for (const [way, args] of WAYS) test(`thousands of shapes are drawn ${way}, moved with the view, and edited one by one`, async () => {
  test.setTimeout(180_000)
  const app = await FieldmarkApp.launch({ folder, args: [...args] })
  await app.queue.open('sample1.jpg')
  await app.annotate.waitUntilOpen('sample1.jpg')
  const { canvas } = app.annotate
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('The canvas is not shown')
  const place = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const
  /** What is seen on the canvas, as bytes of red, green and blue. */
  const picture = async () => sharp(await canvas.screenshot()).removeAlpha().raw().toBuffer()
  /** The share of the bytes that differ clearly. */
  const difference = (a: Buffer, b: Buffer) => a.reduce((count, value, index) => count + (Math.abs(value - (b[index] ?? 0)) > 40 ? 1 : 0), 0) / a.length

  /** Off the image, where nothing is told of the pixel under the pointer. */
  const leaveImage = () => app.window.mouse.move(...place(0.95, 0.97))

  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.44, 0.36] })
  await app.window.keyboard.press('v')
  await leaveImage()
  const one = await picture()
  for (let doubling = 0; doubling < DOUBLINGS; doubling += 1) {
    await app.window.keyboard.press('Control+a')
    await app.window.keyboard.press('Control+d')
  }
  await app.window.keyboard.press('Escape')
  await expect(app.window.getByRole('region', { name: 'Objects (4,096)' })).toBeVisible()
  await expect.poll(async () => difference(one, await picture()), { timeout: 20_000 }).toBeGreaterThan(0.003)
  const all = await picture()

  await test.step('the view moves with them and comes back', async () => {
    await app.window.mouse.move(...place(0.5, 0.5))
    await app.window.keyboard.down('Space')
    await app.window.mouse.down()
    await app.window.mouse.move(...place(0.6, 0.55), { steps: 6 })
    await expect.poll(async () => difference(all, await picture())).toBeGreaterThan(0.02)
    await app.window.mouse.move(...place(0.5, 0.5), { steps: 6 })
    await app.window.mouse.up()
    await app.window.keyboard.up('Space')
    await leaveImage()
    await expect.poll(async () => difference(all, await picture()), { timeout: 20_000 }).toBeLessThan(0.0005)
  })

  await test.step('one is selected by the list and moved; undo brings it back', async () => {
    await app.annotate.objects().first().click()
    await expect(app.annotate.objects().first()).toHaveAttribute('aria-selected', 'true')
    await canvas.focus()
    await app.window.keyboard.press('Shift+ArrowLeft')
    await expect(app.window.getByRole('button', { name: 'Undo' })).toBeEnabled()
    await app.annotate.waitUntilSaved(30_000)
    await app.window.keyboard.press('Escape')
    await app.window.keyboard.press('Control+z')
    await app.window.keyboard.press('Escape')
    await leaveImage()
    await expect.poll(async () => difference(all, await picture()), { timeout: 20_000 }).toBeLessThan(0.0005)
  })

  await test.step('hidden, they are gone; shown again, they are as before', async () => {
    await app.window.keyboard.press('Control+h')
    await expect.poll(async () => difference(all, await picture()), { timeout: 20_000 }).toBeGreaterThan(0.003)
    await app.window.keyboard.press('Control+h')
    await expect.poll(async () => difference(all, await picture()), { timeout: 20_000 }).toBeLessThan(0.0005)
  })
  await test.step('joined, which another thread works out, they are one shape; undo brings all back', async () => {
    await canvas.focus()
    await app.window.keyboard.press('Control+a')
    await app.window.keyboard.press('j')
    await expect(app.window.getByRole('region', { name: 'Objects (1)' })).toBeVisible({ timeout: 20_000 })
    await app.window.keyboard.press('Control+z')
    await expect(app.window.getByRole('region', { name: 'Objects (4,096)' })).toBeVisible({ timeout: 20_000 })
  })
  // Threads share the work; a graphics processor needs no help.
  expect(app.window.workers().some((worker) => worker.url().includes('rasterHelper'))).toBe(args.length === 0)
  if (process.env['FIELDMARK_SCREENSHOTS'] !== undefined) await app.screenshot(join(process.env['FIELDMARK_SCREENSHOTS'], 'manyShapes.png'))
  expect(app.complaints).toEqual([])
  await app.quit()
})
