import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import sharp, { type Sharp } from 'sharp'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { writeTileFolder } from '../builders/tileFolders.ts'
import { tiffOf } from '../builders/tiff.ts'

const [WIDTH, HEIGHT] = [640, 480]
type Colour = [red: number, green: number, blue: number]
/** What the four quarters of the picture show: upper left, upper right, lower left, lower right. */
type Quarters = [Colour, Colour, Colour, Colour]
const COLOURS: Quarters = [[220, 40, 40], [40, 180, 60], [40, 60, 220], [230, 200, 40]]
const GREYS: Quarters = [[0, 0, 0], [85, 85, 85], [170, 170, 170], [255, 255, 255]]
/** Screen pixels from the middle of the picture to where a quarter is looked at. */
const AWAY = 60

let folder: string
test.beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'fieldmark-images-')) })
test.afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

function picture(quarters: Quarters = COLOURS): Sharp {
  const data = new Uint8Array(WIDTH * HEIGHT * 3)
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) data.set(quarters[quarterOf(pixel)] ?? [0, 0, 0], pixel * 3)
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
}

function quarterOf(pixel: number): number {
  return (pixel % WIDTH < WIDTH / 2 ? 0 : 1) + (Math.floor(pixel / WIDTH) < HEIGHT / 2 ? 0 : 2)
}

async function writePictures(): Promise<void> {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const) await writeFile(join(folder, `plain.${format}`), await picture().toFormat(format, { quality: 90 }).toBuffer())
  // Stored on its side: to be shown turned a quarter clockwise, which the orientation 6 says.
  const onItsSide = await sharp(await picture().png().toBuffer()).rotate(270).png().toBuffer()
  for (const format of ['jpeg', 'png', 'webp', 'tiff'] as const) {
    await writeFile(join(folder, `turned.${format}`), await sharp(onItsSide).withMetadata({ orientation: 6 }).toFormat(format).toBuffer())
  }
  const deep = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => 1000 + quarterOf(pixel) * 500)
  await writeFile(join(folder, 'deep-grey.tif'), tiffOf({ width: WIDTH, height: HEIGHT, samples: 1, data: deep }))
  const deepColours = Uint16Array.from({ length: WIDTH * HEIGHT * 3 }, (_, index) => 1000 + quarterOf(Math.floor(index / 3)) * 500)
  await writeFile(join(folder, 'deep-colour.tif'), tiffOf({ width: WIDTH, height: HEIGHT, samples: 3, data: deepColours }))
  await writeFile(join(folder, 'deep.png'), await sharp(deepColours, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).toColourspace('rgb16').png().toBuffer())
  await writeTileFolder(folder, 'slide', 'dzi', picture())
  for (const kind of ['iiif2', 'iiif3', 'xyz'] as const) await writeTileFolder(folder, kind, kind, picture())
}

/** Four quarters beyond the size that is shown as one file. */
async function writeLargePicture(): Promise<void> {
  await writeFile(join(folder, 'large.jpg'), await sharp(await picture().png().toBuffer()).resize(12_000, 9000, { kernel: 'nearest' }).jpeg().toBuffer())
}

/** The colours in the middle of the four quarters as they are on the screen. */
async function quartersOnScreen(app: FieldmarkApp): Promise<Colour[]> {
  const box = await app.annotate.canvas.boundingBox()
  if (!box) throw new Error('The canvas is not shown')
  const clip = { x: Math.round(box.x + box.width / 2 - AWAY), y: Math.round(box.y + box.height / 2 - AWAY), width: 2 * AWAY + 1, height: 2 * AWAY + 1 }
  const { data, info } = await sharp(await app.window.screenshot({ clip })).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return [[0, 0], [info.width - 1, 0], [0, info.height - 1], [info.width - 1, info.height - 1]].map(([x = 0, y = 0]) => {
    const at = (y * info.width + x) * 3
    return [data[at] ?? NaN, data[at + 1] ?? NaN, data[at + 2] ?? NaN]
  })
}

async function expectQuarters(app: FieldmarkApp, expected: Quarters): Promise<void> {
  const off = async () => {
    const seen = await quartersOnScreen(app)
    return Math.max(...seen.flatMap((colour, index) => colour.map((value, channel) => Math.abs(value - (expected[index]?.[channel] ?? NaN)))))
  }
  await expect.poll(off, { timeout: 20_000, message: 'the greatest difference between a colour on the screen and in the picture' }).toBeLessThan(14)
}

test('every format and layout of a folder is one picture, upright and in its colours', async () => {
  test.slow()
  await writePictures()
  const app = await FieldmarkApp.launch({ folder })
  const coloured = ['plain.jpeg', 'plain.png', 'plain.webp', 'plain.avif', 'plain.tiff', 'turned.jpeg', 'turned.png', 'turned.webp', 'turned.tiff', 'slide.dzi', 'iiif2', 'iiif3', 'xyz']
  const grey = ['deep-grey.tif', 'deep-colour.tif', 'deep.png']
  await expect(app.queue.table.getByRole('row')).toHaveCount(1 + coloured.length + grey.length, { timeout: 60_000 })
  await app.queue.waitUntilAllAvailableOffline(120_000)
  for (const name of [...coloured, ...grey]) {
    await test.step(name, async () => {
      await app.goTo('Queue')
      await app.queue.open(name)
      await app.annotate.waitUntilOpen(name)
      await expectQuarters(app, grey.includes(name) ? GREYS : COLOURS)
    })
  }
  expect(app.complaints).toEqual([])
  await app.quit()
})

test('a large picture can be labeled while it is cut, and is sharp in the end', async () => {
  test.slow()
  await writeLargePicture()
  const app = await FieldmarkApp.launch({ folder })
  await app.queue.open('large.jpg')
  await app.annotate.waitUntilOpen('large.jpg')
  await expectQuarters(app, COLOURS)
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.2, 0.2], to: [0.3, 0.3] })
  await app.annotate.waitUntilSaved()
  await expect(app.window.getByText(/still being prepared/)).toHaveCount(0, { timeout: 120_000 })
  await app.window.keyboard.press('Control+0')
  await expectQuarters(app, COLOURS)
  await app.quit()
})
