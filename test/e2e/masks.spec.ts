import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { maskArea } from '../../shared/geometry/mask.ts'
import { fillHoles } from '../../shared/geometry/maskFill.ts'
import { readCoco } from '../../shared/formats/coco/readCoco.ts'
import type { Place } from '../driver/annotateView.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

/** A ring around the middle of the canvas. */
const RING: [Place, ...Place[]] = [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6], [0.4, 0.6], [0.4, 0.4]]

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-masks-'))
  await writeFile(join(folder, 'classes.txt'), 'face\nperson\n')
})
test.afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

test('a mask is painted, filled, erased and undone, and exported as it is', async () => {
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'sample1.jpg'))
  const app = await FieldmarkApp.launch({ folder })
  const { annotate, window } = app
  await app.queue.open('sample1.jpg')
  await annotate.waitUntilOpen('sample1.jpg')
  await annotate.stroke('b', RING)
  await expect(annotate.objects()).toHaveCount(1)
  await expect(window.getByLabel('Brush size')).toHaveText('24 px')
  await window.keyboard.press(']')
  await expect(window.getByLabel('Brush size')).toHaveText('30 px')

  await annotate.click('g', [0.5, 0.5])
  await annotate.stroke('e', [[0.4, 0.5], [0.6, 0.5]])
  await window.getByRole('button', { name: /^Undo.*erase mask/ }).click()
  await annotate.waitUntilSaved()
  await annotate.submit()
  await annotate.waitUntilSubmitted('sample1.jpg')
  const [filled] = await exportedMasks(app)
  expect(filled?.area).toBeGreaterThan(0)
  expect(filled?.area).toBe(filled?.withoutHoles)
  expect(app.complaints).toEqual([])
  await app.quit()
})

test('a long stroke over an image of fifty megapixels is painted and saved', async () => {
  test.setTimeout(240_000)
  const size = { width: 8660, height: 5774 }
  await sharp({ create: { ...size, channels: 3, background: '#5a7a4a' } }).jpeg({ quality: 60 }).toFile(join(folder, 'field.jpg'))
  const app = await FieldmarkApp.launch({ folder })
  const { annotate, window } = app
  await app.queue.open('field.jpg')
  await annotate.waitUntilOpen('field.jpg')
  await window.keyboard.press('b')
  for (let press = 0; press < 12; press += 1) await window.keyboard.press(']')
  await annotate.stroke('b', [[0.2, 0.3], [0.8, 0.3], [0.2, 0.5], [0.8, 0.5], [0.2, 0.7], [0.8, 0.7]])
  await expect(annotate.objects()).toHaveCount(1)
  await annotate.waitUntilSaved()
  await annotate.submit()
  await annotate.waitUntilSubmitted('field.jpg')
  const [mask] = await exportedMasks(app)
  expect(mask).toMatchObject({ size: [size.height, size.width] })
  expect(mask?.area).toBeGreaterThan(4_000_000)
  await app.quit()
})

/** The masks of the project as a COCO file has them, with their pixels, and what these would be without holes. */
async function exportedMasks(app: FieldmarkApp) {
  const out = join(folder, 'export')
  await app.exportLabels('COCO', out)
  const { images } = readCoco(await readFile(join(out, 'annotations.json'), 'utf8'))
  return images.flatMap(({ shapes }) => shapes).flatMap(({ geometry }) => (geometry.kind === 'mask' ? [{
    size: geometry.rle.size, area: maskArea(geometry.rle), withoutHoles: maskArea(fillHoles(geometry.rle)),
  }] : []))
}
