import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import type { Shape } from '../../shared/domain/shape.ts'
import { intersect, ringsOf, totalArea, unite } from '../../shared/geometry/booleans.ts'
import type { Rings } from '../../shared/geometry/booleans.ts'
import { boxAround, boxCentre } from '../../shared/geometry/box.ts'
import { PointSchema } from '../../shared/geometry/point.ts'
import type { Point } from '../../shared/geometry/point.ts'
import { eachEdge, ringArea } from '../../shared/geometry/polygon.ts'
import { distance } from '../../shared/geometry/vector.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { ImagePointer } from '../driver/imagePointer.ts'
import { keptShapes } from '../driver/keptShapes.ts'
import { EXPERT_LABELS, EXPERT_PHOTOGRAPH } from '../demo/expertLabels.ts'
import { labelAsExpert, openForExpert } from '../demo/labelAsExpert.ts'

const PHOTOGRAPHS = ['2011_000003', '2011_000006', '2011_000025']
const PUBLISHED = 'shared/data/labelme-voc/examples/instance_segmentation/data_annotated'

const LabelmeSchema = z.object({
  imageWidth: z.number(), imageHeight: z.number(), shapes: z.array(z.object({ label: z.string(), shape_type: z.literal('polygon'), points: z.array(PointSchema) })),
})
const CocoSchema = z.object({
  images: z.array(z.object({ id: z.number(), file_name: z.string() })),
  annotations: z.array(z.object({ image_id: z.number(), segmentation: z.array(z.array(z.number())) })),
})
type Published = z.infer<typeof LabelmeSchema>

const published = findUpwards(PUBLISHED)
let folder = ''
test.beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'fieldmark-expert-')) })
test.afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

test('an expert labels three photographs by mouse and keys as well as their published polygons', async () => {
  test.skip(published === undefined, `needs ${PUBLISHED} beside the checkout or above it`)
  test.setTimeout(600_000)
  const truth = new Map(PHOTOGRAPHS.map((name) => [name, readPublished(join(published ?? '', `${name}.json`))]))
  const classes = [...new Set([...truth.values()].flatMap(({ shapes }) => shapes.map(({ label }) => label)))]
  for (const name of PHOTOGRAPHS) copyFileSync(join(published ?? '', `${name}.jpg`), join(folder, `${name}.jpg`))
  writeFileSync(join(folder, 'classes.txt'), `${classes.join('\n')}\n`)

  const app = await FieldmarkApp.launch({ folder })
  for (const [name, task] of truth) {
    await app.goTo('Queue')
    await app.queue.open(`${name}.jpg`)
    await app.annotate.waitUntilOpen(`${name}.jpg`)
    await labelAll(app, task, classes)
    await app.window.keyboard.press('Shift+Digit1')
    await app.screenshot(test.info().outputPath(`${name}.png`))
    await app.annotate.waitUntilSaved()
    await app.annotate.submit()
    await app.annotate.waitUntilSubmitted(`${name}.jpg`)
  }
  const out = join(folder, 'export')
  await app.exportLabels('COCO', out)
  await app.quit()

  const drawn = readCoco(join(out, 'annotations.json'))
  let compared = 0
  for (const [name, { shapes }] of truth) {
    for (const [index, { label, points }] of shapes.entries()) {
      const best = Math.max(...(drawn.get(`${name}.jpg`) ?? []).map((polygon) => overlap(polygon, [points])))
      expect(best, `${name}, ${label} number ${index}`).toBeGreaterThanOrEqual(0.99)
      compared += 1
    }
  }
  expect(compared).toBe(18)
})

test('an expert labels a photograph of the demo with the tool that fits each object', async () => {
  test.setTimeout(180_000)
  const app = await openForExpert(folder)
  await labelAsExpert(app)
  await expect(app.window.getByText(/\d problem/)).toHaveCount(0)
  await app.screenshot(test.info().outputPath('demo.png'))
  await app.annotate.submit()
  await app.annotate.waitUntilSubmitted(EXPERT_PHOTOGRAPH.name)
  expect(app.complaints).toEqual([])
  await app.quit()

  const shapes = await keptShapes(folder)
  expect(shapes.map(({ geometry }) => geometry.kind)).toEqual(['polygon', 'mask', 'polygon', 'polygon', 'ellipse', 'rectangle', 'rectangle', 'rectangle', 'rectangle', 'skeleton'])
  expect(shapes[0]?.provenance).toEqual({ source: 'assisted', assistant: { tool: 'scissors' } })
  for (const [index, label] of EXPERT_LABELS.entries()) {
    const drawn = areaOf(shapes[index])
    if (label.by === 'corners') expect(overlap(drawn, [label.corners]), String(index)).toBeGreaterThan(0.97)
    if (label.by === 'scissors') expect(overlap(drawn, [label.places]), String(index)).toBeGreaterThan(0.95)
  }
})

function areaOf(shape: Shape | undefined): Rings {
  return (shape && ringsOf(shape.geometry)) ?? []
}

async function labelAll(app: FieldmarkApp, { shapes, imageWidth, imageHeight }: Published, classes: readonly string[]): Promise<void> {
  const pointer = new ImagePointer(app.window, { width: imageWidth, height: imageHeight })
  for (const [index, { label, points }] of shapes.entries()) {
    await app.window.keyboard.press(String(classes.indexOf(label) + 1))
    await app.window.keyboard.press('p')
    await pointer.zoomTo(neededZoom(points), boxCentre(boxAround(points)))
    for (const point of points) await pointer.click(point)
    await app.window.keyboard.press('Enter')
    await expect(app.annotate.objects()).toHaveCount(index + 1)
  }
}

/** The zoom at which placing every vertex to half a screen pixel costs less than a thousandth or so of the area, and at which no two vertices look like one. */
function neededZoom(ring: readonly Point[]): number {
  let outline = 0
  let shortest = Infinity
  eachEdge(ring, true, (a, b) => {
    outline += distance(a, b)
    shortest = Math.min(shortest, distance(a, b))
  })
  return Math.min(40, Math.max((80 * outline) / ringArea(ring), 16 / shortest))
}

function overlap(one: Rings, other: Rings): number {
  return totalArea(intersect([one, other])) / totalArea(unite([one, other]))
}

function readPublished(file: string): Published {
  return LabelmeSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

function readCoco(file: string): Map<string, Rings[]> {
  const { images, annotations } = CocoSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  return new Map(images.map(({ id, file_name }) => [file_name, annotations.filter((each) => each.image_id === id).map(({ segmentation }) => segmentation.map(pairs))]))
}

function pairs(flat: readonly number[]): Point[] {
  return flat.flatMap((x, index): Point[] => (index % 2 === 0 ? [[x, flat[index + 1] ?? 0]] : []))
}

/** A folder by that path in the nearest folder above this file that has one. */
function findUpwards(path: string): string | undefined {
  for (let at = import.meta.dirname; dirname(at) !== at; at = dirname(at)) {
    if (existsSync(resolve(at, path))) return resolve(at, path)
  }
  return undefined
}
