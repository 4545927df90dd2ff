import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Shape } from '../../shared/domain/shape.ts'
import { geometryArea } from '../../shared/geometry/measure.ts'
import type { Point } from '../../shared/geometry/point.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { ImagePointer } from '../driver/imagePointer.ts'
import { keptShapes } from '../driver/keptShapes.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

const photograph = PHOTOGRAPHS.sample1
const SIZE = { width: 1920, height: 1280 }
const SQUARE: Point[] = [[500, 300], [900, 300], [900, 700], [500, 700]]

let folder: string
let app: FieldmarkApp
let pointer: ImagePointer
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-polygons-'))
  await copyFile(photograph, join(folder, 'sample1.jpg'))
  await writeFile(join(folder, 'classes.txt'), 'person\nwall\n')
  app = await FieldmarkApp.launch({ folder })
  await app.queue.open('sample1.jpg')
  await app.annotate.waitUntilOpen('sample1.jpg')
  pointer = new ImagePointer(app.window, SIZE)
  await pointer.fit()
})
test.afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

test('a region drawn along its neighbour shares the border exactly, and freehand follows the hand', async () => {
  await draw('1', SQUARE)
  await app.window.keyboard.press('2')
  await press('Shift+M')
  await expect(app.window.getByRole('button', { name: 'Snap to borders', pressed: true })).toBeVisible()
  await press('p')
  await pointer.click([904, 500])
  await pointer.move([704, 703])
  await shoot('along-border.png')
  await pointer.click([704, 703])
  for (const place of [[704, 900], [1200, 900], [1200, 500]] as const) await pointer.click(place)
  await press('Enter')
  await press('Shift+M')

  await press('p')
  await pointer.drag([1500, 400], ...around([1400, 400], 100, 40))
  await expect(app.annotate.objects()).toHaveCount(3)
  await shoot('freehand.png')

  const [square, neighbour, freehand] = await quitAndRead()
  expect(ringsOf(neighbour)[0]).toContainEqual(ringsOf(square)[0]?.[2])
  expect(ringsOf(freehand)[0]?.length).toBeLessThan(40)
  expect(areaOf(freehand) / (Math.PI * 100 * 100)).toBeCloseTo(1, 1)
})

test('shapes are cut, split, joined and subtracted', async () => {
  await draw('1', SQUARE)
  await press('Shift+P')
  for (const place of [[600, 400], [700, 400], [700, 500]] as const) await pointer.click(place)
  await press('Enter')
  await shoot('hole.png')
  await press('x')
  await pointer.click([650, 250])
  await pointer.click([680, 750])
  await shoot('knife.png')
  await press('Enter')
  await expect(app.annotate.objects()).toHaveCount(2)
  await shoot('split.png')
  await press('j')
  await expect(app.annotate.objects()).toHaveCount(1)
  await expect(app.window.getByRole('button', { name: /^Undo/ })).toBeVisible()

  await draw('1', [[800, 600], [1000, 600], [1000, 800], [800, 800]])
  await press('v')
  await press('Control+a')
  await press('Control+j')
  await expect(app.annotate.objects()).toHaveCount(1)
  await shoot('subtracted.png')

  await press('x')
  await pointer.click([100, 100])
  await pointer.click([100, 200])
  await press('Enter')
  await expect(app.window.getByText('The line does not cross a polygon from side to side')).toBeVisible()

  const [rest, ...others] = await quitAndRead()
  expect(others).toEqual([])
  expect(ringsOf(rest)).toHaveLength(2)
  expect(Math.abs(areaOf(rest) - (160_000 - 5000 - 10_000))).toBeLessThan(1500)
})

test('vertices slide, edges are dragged, and a part of the outline is drawn anew', async () => {
  await draw('1', SQUARE)
  await press('v')
  await pointer.move([700, 302])
  await shoot('midpoint.png')
  await pointer.drag([700, 300], [700, 200])
  await app.window.keyboard.down('Control')
  await pointer.drag([500, 700], [600, 720])
  await pointer.drag([900, 600], [1000, 600])
  await app.window.keyboard.up('Control')
  await shoot('edited.png')
  await press('Shift+X')
  await pointer.click([700, 700])
  await pointer.click([750, 800])
  await pointer.move([800, 701])
  await shoot('redrawing.png')
  await pointer.click([800, 701])

  const [shape] = await quitAndRead()
  const expected: Point[] = [[500, 300], [700, 200], [1000, 300], [1000, 700], [800, 700], [750, 800], [700, 700], [600, 700]]
  const ring = ringsOf(shape)[0] ?? []
  expect(ring).toHaveLength(expected.length)
  for (const place of expected) expect(Math.min(...ring.map(([x, y]) => Math.hypot(x - place[0], y - place[1]))), String(place)).toBeLessThan(4)
})

async function draw(classKey: string, corners: readonly Point[]): Promise<void> {
  await press(classKey)
  await press('p')
  for (const corner of corners) await pointer.click(corner)
  await press('Enter')
}

function press(key: string): Promise<void> {
  return app.window.keyboard.press(key)
}

function shoot(name: string): Promise<Buffer> {
  return app.screenshot(test.info().outputPath(name))
}

function around([x, y]: Point, radius: number, count: number): Point[] {
  return Array.from({ length: count }, (_, index): Point => {
    const angle = (2 * Math.PI * (index + 1)) / count
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
}

function ringsOf(shape: Shape | undefined): readonly (readonly Point[])[] {
  return shape?.geometry.kind === 'polygon' ? shape.geometry.rings : []
}

function areaOf(shape: Shape | undefined): number {
  return shape === undefined ? 0 : geometryArea(shape.geometry)
}

async function quitAndRead(): Promise<Shape[]> {
  await app.annotate.waitUntilSaved()
  expect(app.complaints).toEqual([])
  await app.quit()
  return keptShapes(folder)
}
