import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Sha256Schema } from '../../../../shared/domain/ids.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { DemoAsset } from '../../../orchestrator/seed/demoAssets.ts'
import { demoPictures, REGION_QUALITY } from '../../../orchestrator/seed/demoPlan.ts'
import { loadFaceModels } from '../../../orchestrator/seed/faceModels.ts'
import type { FaceModels } from '../../../orchestrator/seed/faceModels.ts'
import { demoLabelSchemas } from '../../../orchestrator/seed/labelSchema.ts'
import { crossesItself } from '../../../orchestrator/seed/outline.ts'
import { cut, encodeJpeg, readPhotograph } from '../../../orchestrator/seed/photographs.ts'
import { predict } from '../../../orchestrator/seed/predictDemo.ts'
import { readDemoPredictions } from '../../../orchestrator/seed/predictions.ts'
import type { DemoPrediction } from '../../../orchestrator/seed/predictions.ts'

// Real networks on the CPU: 1 to 6 s for a picture on an idle machine.
const INFERENCE = 90_000

let folder: string
let predictions: DemoPrediction[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-predictions-'))
  predictions = await readDemoPredictions()
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

function pictureOf(name: string) {
  const picture = demoPictures.find((candidate) => candidate.name === name)
  if (!picture) throw new Error(`no picture is called ${name}`)
  return picture
}

function predictionOf(name: string): DemoPrediction {
  const prediction = predictions.find((candidate) => candidate.asset === name)
  if (!prediction) throw new Error(`no prediction for ${name}`)
  return prediction
}

function cornersOf({ geometry }: DemoPrediction['shapes'][number]): readonly Point[] {
  if (geometry.kind === 'rectangle') return [[geometry.x, geometry.y], [geometry.x + geometry.width, geometry.y + geometry.height]]
  if (geometry.kind === 'polygon') return geometry.rings.flat()
  throw new Error(`no demo model proposes a ${geometry.kind}`)
}

describe('the predictions of the demo', () => {
  test('exist for every picture of people, clouds and lights, once', () => {
    const expected = demoPictures.filter((picture) => !picture.name.endsWith('-coast.jpg')).map((picture) => picture.name)
    expect(predictions.map((prediction) => prediction.asset).sort()).toEqual(expected.sort())
    for (const { asset, shapes } of predictions) expect(shapes.length, asset).toBeGreaterThan(0)
  })

  test('lie inside their picture', async () => {
    const photographs = new Map<string, { width: number; height: number }>()
    for (const { from, region } of demoPictures) if (!region) photographs.set(from, await readPhotograph(from))
    for (const { asset, shapes } of predictions) {
      const { from, region } = pictureOf(asset)
      const size = region ?? photographs.get(from)
      if (!size) throw new Error(`no size for ${asset}`)
      for (const [x, y] of shapes.flatMap(cornersOf)) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(size.width)
        expect(y).toBeLessThanOrEqual(size.height)
      }
    }
  })

  test('have outlines that do not cross themselves', () => {
    for (const { asset, shapes } of predictions) {
      for (const { geometry } of shapes) if (geometry.kind === 'polygon') expect(geometry.rings.some(crossesItself), asset).toBe(false)
    }
  })

  test('use classes, kinds of shape and attributes that the label schema allows', () => {
    for (const { asset, shapes } of predictions) {
      const { classes } = demoLabelSchemas[pictureOf(asset).project]
      for (const { classId, geometry, attributes } of shapes) {
        const labelClass = classes.find((candidate) => candidate.id === classId)
        expect(labelClass?.kinds).toContain(geometry.kind)
        for (const [id, value] of Object.entries(attributes)) {
          const definition = labelClass?.attributes.find((candidate) => candidate.id === id)
          expect(definition?.type === 'enum' && definition.options.includes(String(value)), `${id} ${String(value)}`).toBe(true)
        }
      }
    }
  })

  test('reach from sure to doubtful, so that a threshold tells them apart', () => {
    for (const classId of ['face', 'cloud', 'city_lights']) {
      const confidences = predictions.flatMap(({ shapes }) => shapes.filter((shape) => shape.classId === classId)).map((shape) => shape.confidence)
      expect(Math.min(...confidences), classId).toBeLessThan(0.3)
      expect(Math.max(...confidences), classId).toBeGreaterThan(0.7)
    }
  })
})

describe('running the models again', () => {
  let faces: FaceModels
  beforeAll(async () => {
    faces = await loadFaceModels()
  })

  test.each(['window-left.jpg', 'lounge-bar-left.jpg', 'nile-and-gulf-night.jpg', 'australia-clouds.jpg'])(
    '%s gives the committed prediction',
    async (name) => {
      const again = await predict(folder, await save(name), faces)
      const committed = predictionOf(name)
      expect(again?.model).toBe(committed.model)
      expect(again?.modelVersion).toBe(committed.modelVersion)
      expect(again?.shapes.length).toBe(committed.shapes.length)
      again?.shapes.forEach((shape, index) => {
        const expected = committed.shapes[index]
        if (!expected) throw new Error('lengths differ')
        expect(shape.confidence).toBeCloseTo(expected.confidence, 2)
        expect(shape.attributes).toEqual(expected.attributes)
        const corners = cornersOf(expected)
        cornersOf(shape).forEach(([x, y], corner) => {
          const [expectedX, expectedY] = corners[corner] ?? [Number.NaN, Number.NaN]
          expect(Math.hypot(x - expectedX, y - expectedY)).toBeLessThan(1)
        })
      })
    },
    INFERENCE,
  )
})

/** Writes one picture of the plan as the demo's preparation does. */
async function save(name: string): Promise<DemoAsset> {
  const { project, from, region, tags, priority } = pictureOf(name)
  if (!region) throw new Error(`${name} is a whole photograph`)
  const bytes = await encodeJpeg(cut(await readPhotograph(from), region.x, region.y, region.width, region.height), REGION_QUALITY)
  await writeFile(join(folder, name), bytes)
  const sha256 = Sha256Schema.parse('0'.repeat(64))
  return { name, project, file: name, sha256, size: bytes.length, width: region.width, height: region.height, mediaType: 'image/jpeg', tags: { ...tags }, priority }
}
