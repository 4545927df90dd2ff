import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { boxAround, boxCentre } from '../../shared/geometry/box.ts'
import type { Point } from '../../shared/geometry/point.ts'
import { AssistTools } from '../driver/assistTools.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { ImagePointer } from '../driver/imagePointer.ts'
import { EXPERT_LABELS, EXPERT_PHOTOGRAPH, EXPERT_SCHEMA } from './expertLabels.ts'
import type { ExpertLabel } from './expertLabels.ts'

const NARROWER = 4

/** Starts the application on the expert's photograph in a folder of its own, with the classes that belong to it, and opens it. */
export async function openForExpert(folder: string): Promise<FieldmarkApp> {
  copyFileSync(EXPERT_PHOTOGRAPH.file, join(folder, EXPERT_PHOTOGRAPH.name))
  writeFileSync(join(folder, 'labels.json'), JSON.stringify(EXPERT_SCHEMA))
  const app = await FieldmarkApp.launch({ folder })
  await app.queue.open(EXPERT_PHOTOGRAPH.name)
  await app.annotate.waitUntilOpen(EXPERT_PHOTOGRAPH.name)
  return app
}

/** Labels the open photograph by mouse and keys alone, and shows the whole of it in the end. */
export async function labelAsExpert(app: FieldmarkApp): Promise<void> {
  const pointer = new ImagePointer(app.window, EXPERT_PHOTOGRAPH)
  for (const [index, label] of EXPERT_LABELS.entries()) {
    await pointer.fit()
    await app.window.keyboard.press(label.classKey)
    await labelOne(app, pointer, label)
    await expect(app.annotate.objects()).toHaveCount(index + 1, { timeout: 30_000 })
    await app.window.keyboard.press('v')
    await app.window.keyboard.press('Escape')
  }
  await pointer.fit()
}

async function labelOne(app: FieldmarkApp, pointer: ImagePointer, label: ExpertLabel): Promise<void> {
  const press = (key: string) => app.window.keyboard.press(key)
  switch (label.by) {
    case 'box':
      await press(label.tool)
      return pointer.drag(label.from, label.to)
    case 'corners':
      if (label.zoom !== undefined) await pointer.zoomTo(label.zoom, boxCentre(boxAround(label.corners)))
      await press('p')
      await clickAll(pointer, label.corners)
      return press('Enter')
    case 'keypoints':
      await press('Shift+K')
      return clickAll(pointer, label.places)
    case 'scissors': {
      const scissors = new AssistTools(app, EXPERT_PHOTOGRAPH)
      await scissors.take('i', 'Intelligent scissors')
      await clickAll(pointer, label.places)
      await scissors.waitUntilIdle()
      return press('Enter')
    }
    case 'mask':
      for (let step = 0; step < NARROWER; step += 1) await press('[')
      for (const { border, inside } of label.parts) {
        await press('b')
        await pointer.drag(...border)
        await press('g')
        await pointer.click(inside)
      }
  }
}

async function clickAll(pointer: ImagePointer, places: readonly Point[]): Promise<void> {
  for (const place of places) await pointer.click(place)
}
