import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { tinyDecoder, tinyEncoder } from '../builders/onnx.ts'
import { AssistTools } from '../driver/assistTools.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { likeness, OBJECT, objectPicture, onObject, SIZE } from '../unit/engine/assist/pictures.ts'

const CocoSchema = z.object({ annotations: z.array(z.object({ segmentation: z.array(z.array(z.number())), provenance: z.unknown() })) })

/** What may be looked at afterwards. */
const SHOTS = join(tmpdir(), 'fieldmark-assist')
mkdirSync(SHOTS, { recursive: true })

test.describe('assisted labeling', () => {
  let app: FieldmarkApp
  let tools: AssistTools

  test.beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fieldmark-object-'))
    writeFileSync(join(folder, 'object.png'), await objectPicture())
    writeFileSync(join(folder, 'classes.txt'), 'plate\n')
    app = await FieldmarkApp.launch({ folder })
    await app.queue.open('object.png')
    await app.annotate.waitUntilOpen('object.png')
    tools = new AssistTools(app, SIZE)
  })

  /** Submits, exports, and looks at the one shape that is in the file. */
  async function exported() {
    const out = mkdtempSync(join(tmpdir(), 'fieldmark-export-'))
    await app.annotate.waitUntilSaved()
    await app.annotate.submit()
    await app.annotate.waitUntilSubmitted('object.png')
    await app.exportLabels('COCO', out)
    const { annotations } = CocoSchema.parse(JSON.parse(readFileSync(join(out, 'annotations.json'), 'utf8')))
    const [first] = annotations
    const rings = (first?.segmentation ?? []).map((flat) => Array.from({ length: flat.length / 2 }, (_, at): [number, number] => [flat[2 * at] ?? 0, flat[2 * at + 1] ?? 0]))
    return { count: annotations.length, provenance: first?.provenance, likeness: likeness(rings) }
  }

  test.afterEach(async () => {
    const { complaints } = app
    await app.quit()
    expect(complaints).toEqual([])
  })

  test('the magic wand finds a colour, more or less of it, and keeps what was accepted', async () => {
    await tools.take('w', 'Magic wand')
    await tools.clickAt([OBJECT.cx, OBJECT.cy])
    await tools.waitForProposal()
    await app.screenshot(join(SHOTS, 'wand.png'))
    await tools.accept()
    await expect(app.window.getByText('Origin', { exact: true })).toBeVisible()
    await app.screenshot(join(SHOTS, 'wand-accepted.png'))
    await app.window.keyboard.press('Control+z')
    await expect(app.annotate.objects()).toHaveCount(0)
    await app.window.keyboard.press('Control+y')
    const { likeness: found, ...rest } = await exported()
    expect(rest).toEqual({ count: 1, provenance: { source: 'assisted', assistant: { tool: 'magicWand' } } })
    expect(found).toBeGreaterThan(0.9)
  })

  test('GrabCut cuts the object out of a box', async () => {
    await tools.take('c', 'GrabCut')
    await tools.drag([OBJECT.cx - OBJECT.rx - 20, OBJECT.cy - OBJECT.ry - 20], [OBJECT.cx + OBJECT.rx + 20, OBJECT.cy + OBJECT.ry + 20])
    await tools.waitForProposal()
    await app.screenshot(join(SHOTS, 'grabcut.png'))
    await tools.accept()
    const { likeness: found, ...rest } = await exported()
    expect(rest).toEqual({ count: 1, provenance: { source: 'assisted', assistant: { tool: 'grabCut' } } })
    expect(found).toBeGreaterThan(0.9)
  })

  test('intelligent scissors follow the edge between a few clicks', async () => {
    await tools.take('i', 'Intelligent scissors')
    for (const [index, angle] of [0, 90, 180, 270].entries()) {
      await tools.clickAt(onObject(angle))
      if (index > 0) await tools.waitUntilIdle()
    }
    await app.screenshot(join(SHOTS, 'scissors.png'))
    await app.window.keyboard.press('Enter')
    await tools.waitForObject()
    const { likeness: found, ...rest } = await exported()
    expect(rest).toEqual({ count: 1, provenance: { source: 'assisted', assistant: { tool: 'scissors' } } })
    expect(found).toBeGreaterThan(0.9)
  })

  test('an own model is asked for, chosen in the settings, and segments what is clicked at', async () => {
    await app.window.keyboard.press('q')
    await expect(tools.message()).toContainText('No model is installed')
    await app.screenshot(join(SHOTS, 'no-model.png'))
    const folder = mkdtempSync(join(tmpdir(), 'fieldmark-model-'))
    const [encoder, decoder] = [join(folder, 'tiny.encoder.onnx'), join(folder, 'tiny.decoder.onnx')]
    writeFileSync(encoder, tinyEncoder())
    writeFileSync(decoder, tinyDecoder())

    await app.window.getByRole('button', { name: 'Settings' }).click()
    const settings = app.window.getByRole('dialog', { name: 'Settings' })
    await settings.getByRole('tab', { name: 'Model' }).click()
    const choose = (file: string, path: string) => app.chooseFolderWith(path, () => settings.getByRole('button', { name: `Choose the file: ${file}` }).click())
    await choose('Image encoder', encoder)
    await choose('Mask decoder', encoder)
    await expect(settings.getByRole('alert')).toContainText('Mask decoder does not fit: without image_embeddings', { timeout: 20_000 })
    await choose('Mask decoder', decoder)
    await expect(settings.getByText('The model fits and is in use.')).toBeVisible({ timeout: 20_000 })
    await app.screenshot(join(SHOTS, 'model-settings.png'))
    await settings.getByRole('button', { name: 'Close' }).click()

    await app.window.getByRole('button', { name: 'Try again' }).click()
    await tools.take('q', 'Segment by model')
    await tools.clickAt([OBJECT.cx, OBJECT.cy])
    await tools.waitForProposal()
    await app.screenshot(join(SHOTS, 'model.png'))
    await tools.accept()
    const { likeness: found, ...rest } = await exported()
    expect(rest).toMatchObject({ count: 1, provenance: { source: 'assisted', assistant: { tool: 'segmentAnything', model: 'tiny.encoder' } } })
    expect(found).toBeGreaterThan(0.9)
  })
})
