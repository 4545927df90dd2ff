import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import sharp from 'sharp'
import { z } from 'zod'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'

const CocoSchema = z.object({ annotations: z.array(z.object({ bbox: z.array(z.number()) })) })
const WIDTH = 640
const HEIGHT = 480
const screenshots = process.env['FIELDMARK_VIEW_SCREENSHOTS']

let folder: string
let app: FieldmarkApp

/** Red grows to the right, green downwards: a colour says where it comes from. */
async function gradient(file: string): Promise<void> {
  const bytes = Buffer.alloc(WIDTH * HEIGHT * 3)
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) bytes.set([Math.round((x / (WIDTH - 1)) * 255), Math.round((y / (HEIGHT - 1)) * 255), 64], 3 * (y * WIDTH + x))
  }
  await sharp(bytes, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).withMetadata({ density: 254 }).png().toFile(file)
}

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-view-'))
  await gradient(join(folder, 'gradient.png'))
  await writeFile(join(folder, 'classes.txt'), 'face\nperson\n')
  app = await FieldmarkApp.launch({ folder })
  await app.queue.open('gradient.png')
  await app.annotate.waitUntilOpen('gradient.png')
})
test.afterEach(async () => {
  expect(app.complaints).toEqual([])
  await app.quit()
  await rm(folder, { recursive: true, force: true })
})

const shoot = async (name: string) => { if (screenshots !== undefined) await app.screenshot(join(screenshots, `${name}.png`)) }
const farthest = (a: number[], b: number[]) => Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? NaN))))
const button = (name: string): Locator => app.window.getByRole('button', { name, exact: true })

test('a box drawn in a turned and mirrored view lands where it was seen', async () => {
  await app.view.key('Control+Shift+ArrowRight')
  await app.view.key('Control+Shift+ArrowDown')
  await expect(app.window.getByText('Turned 270°')).toBeVisible()
  await expect(app.window.getByText('Mirrored')).toBeVisible()
  const [from, to] = [await app.view.pixelAt([0.4, 0.4]), await app.view.pixelAt([0.6, 0.5])]
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.4], to: [0.6, 0.5] })
  await app.annotate.waitUntilSaved()
  await shoot('turned')
  await app.annotate.submit()
  await app.annotate.waitUntilSubmitted('gradient.png')
  const out = join(folder, 'export')
  await app.exportLabels('COCO', out)
  const { annotations: [annotation] } = CocoSchema.parse(JSON.parse(await readFile(join(out, 'annotations.json'), 'utf8')))
  const expected = [Math.min(from.column, to.column), Math.min(from.row, to.row), Math.abs(to.column - from.column), Math.abs(to.row - from.row)]
  expect(Math.max(...expected.map((value, at) => Math.abs(value - (annotation?.bbox[at] ?? NaN))))).toBeLessThan(1.5)
})

test('a freely turned view keeps its shapes and handles on the image, and upright is one click away', async () => {
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.4], to: [0.6, 0.5] })
  await app.view.key('v')
  const before = await app.view.colorAt([0.3, 0.3])
  await app.view.within('Image view', async (popover) => {
    await popover.getByRole('textbox', { name: 'Angle of the view' }).fill('30')
    await popover.getByRole('textbox', { name: 'Angle of the view' }).press('Enter')
  })
  await shoot('turned-freely')
  expect(await app.view.colorAt([0.3, 0.3])).not.toEqual(before)
  await button('Turned 30°').click()
  await expect.poll(() => app.view.colorAt([0.3, 0.3])).toEqual(before)
})

test('adjusted colours are seen on the image alone, and reset brings the original back', async () => {
  const original = await app.view.colorAt([0.5, 0.5])
  await app.view.within('Image view', async (popover) => {
    await popover.getByRole('switch', { name: 'Invert' }).click({ force: true })
    await shoot('image-popover')
  })
  await expect(app.window.getByText('Adjusted colours')).toBeVisible()
  const inverted = original.map((value) => 255 - value)
  await expect.poll(async () => farthest(await app.view.colorAt([0.5, 0.5]), inverted)).toBeLessThanOrEqual(1)
  expect(farthest((await app.view.pixelAt([0.5, 0.5])).rgb, original)).toBeLessThanOrEqual(1)
  await app.view.key('0')
  await expect(app.window.getByText('Original colours')).toBeVisible()
  await expect.poll(() => app.view.colorAt([0.5, 0.5])).toEqual(original)
  await app.view.key('0')
  await app.view.within('Image view', async (popover) => {
    await popover.getByRole('combobox', { name: 'False colour' }).click()
    await app.window.getByRole('option', { name: 'Viridis' }).click()
    await popover.getByRole('button', { name: 'Auto contrast' }).click()
  })
  await shoot('viridis')
  expect(farthest(await app.view.colorAt([0.5, 0.5]), inverted)).toBeGreaterThan(20)
  await app.view.key('Alt+0')
  await expect(app.window.getByText('Adjusted colours')).toBeHidden()
  await expect.poll(() => app.view.colorAt([0.5, 0.5])).toEqual(original)
})

test('the minimap shows up when the image is larger than the view, and leads to a place', async () => {
  await expect(app.view.minimap).toBeHidden()
  await app.view.key('Control+0')
  for (let step = 0; step < 10; step += 1) await app.view.key('=')
  await expect(app.view.minimap).toBeVisible()
  const map = await app.view.minimap.boundingBox()
  if (map === null) throw new Error('The minimap is not shown')
  await app.window.mouse.move(map.x + 0.3 * map.width, map.y + 0.3 * map.height)
  await app.window.mouse.down()
  await app.window.mouse.move(map.x + 0.75 * map.width, map.y + 0.5 * map.height, { steps: 4 })
  await app.window.mouse.up()
  const middle = await app.view.pixelAt([0.5, 0.5])
  expect(Math.abs(middle.column - 0.75 * WIDTH)).toBeLessThan(6)
  expect(Math.abs(middle.row - 0.5 * HEIGHT)).toBeLessThan(6)
  await shoot('minimap')
  await app.view.key('Alt+m')
  await expect(app.view.minimap).toBeHidden()
})

test('loupe, pixel grid and pixel values help to see single pixels', async () => {
  const pixel = await app.view.pixelAt([0.5, 0.5])
  expect(farthest(pixel.rgb, [Math.round((pixel.column / (WIDTH - 1)) * 255), Math.round((pixel.row / (HEIGHT - 1)) * 255), 64])).toBeLessThanOrEqual(1)
  await expect(app.view.loupe).toBeHidden()
  await app.view.key('z')
  await app.view.pixelAt([0.45, 0.5])
  await expect(app.view.loupe).toBeVisible()
  await shoot('loupe')
  await app.view.key('z')
  await expect(app.view.loupe).toBeHidden()
  await expect(app.view.pixelGrid).toBeHidden()
  for (let step = 0; step < 12; step += 1) await app.view.key('=')
  await expect(app.view.pixelGrid).toBeVisible()
  await shoot('pixel-grid')
  await app.view.key('Alt+g')
  await expect(app.view.pixelGrid).toBeHidden()
})

test('the ruler measures in pixels and in the world', async () => {
  await app.view.key('m')
  const [from, to] = [await app.view.pixelAt([0.4, 0.5]), await app.view.pixelAt([0.6, 0.5])]
  const [start, end] = [await app.annotate.place([0.4, 0.5]), await app.annotate.place([0.6, 0.5])]
  await app.window.mouse.move(...start)
  await app.window.mouse.down()
  await app.window.mouse.move(...end, { steps: 4 })
  await app.window.mouse.up()
  const told = app.window.getByRole('status').filter({ hasText: 'Measured' })
  await expect(told).toHaveText(/Measured: [\d.,]+ px · [\d.]+ cm · 0°/)
  const length = Number(/([\d.]+) px/.exec((await told.textContent()) ?? '')?.[1])
  expect(Math.abs(length - (to.column - from.column))).toBeLessThan(1.5)
  await expect(app.window.getByRole('img', { name: 'Scale' })).toBeVisible()
  await shoot('ruler')
  await app.view.key('Escape')
  await expect(told).toHaveCount(0)
  await expect(app.annotate.objects()).toHaveCount(0)
})

test('shapes are shown as the person chooses, also in the next session', async () => {
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.4], to: [0.6, 0.6] })
  const before = await app.view.colorAt([0.5, 0.5])
  await app.view.within('Display', async (popover) => {
    await popover.getByText('Source', { exact: true }).click()
    await popover.getByRole('slider', { name: 'Fill' }).press('End')
    await shoot('display-popover')
  })
  const filled = await app.view.colorAt([0.5, 0.5])
  expect(farthest(filled, before)).toBeGreaterThan(40)
  await app.quit()
  app = await FieldmarkApp.launch({ folder })
  await app.queue.open('gradient.png')
  await app.annotate.waitUntilOpen('gradient.png')
  await expect.poll(() => app.view.colorAt([0.5, 0.5])).toEqual(filled)
})
