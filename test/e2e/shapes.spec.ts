import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import type { Place } from '../driver/annotateView.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

const SCHEMA = {
  format: 'fieldmark.label-schema/1',
  name: 'People',
  classes: [
    { id: 'person', name: 'Person', color: '#51cf66', hotkey: '1', kinds: ['rectangle', 'rotatedRectangle', 'polygon', 'ellipse', 'mask'] },
    { id: 'outline', name: 'Outline', color: '#ffa94d', hotkey: '3', kinds: ['polyline', 'point'] },
    {
      id: 'face', name: 'Face landmarks', color: '#20c997', hotkey: '2', kinds: ['skeleton'],
      skeleton: {
        keypoints: [
          { name: 'Right eye', color: '#ff8787', at: [0.15, 0] }, { name: 'Left eye', color: '#4dabf7', at: [0.85, 0] }, { name: 'Nose', at: [0.5, 0.5] },
          { name: 'Right mouth corner', color: '#ff8787', at: [0.22, 1] }, { name: 'Left mouth corner', color: '#4dabf7', at: [0.78, 1] },
        ],
        edges: [[0, 1], [0, 2], [1, 2], [2, 3], [2, 4], [3, 4]],
      },
    },
  ],
}

let folder: string
let app: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-shapes-'))
  for (const number of [1, 2] as const) await copyFile(PHOTOGRAPHS[`sample${number}`], join(folder, `photo-${number}.jpg`))
  await writeFile(join(folder, 'labels.json'), JSON.stringify(SCHEMA))
  app = await FieldmarkApp.launch({ folder })
  await app.queue.open('photo-1.jpg')
  await app.annotate.waitUntilOpen('photo-1.jpg')
})
test.afterEach(async () => {
  await app.quit()
  await rm(folder, { recursive: true, force: true })
})

test('skeletons are placed by a box or keypoint by keypoint, and each keypoint says whether it is seen', async () => {
  await press('Shift+k')
  await drag([0.45, 0.3], [0.55, 0.5])
  await expect(app.annotate.objects()).toHaveText([/Face landmarks 1/])
  const keypoints = app.window.getByRole('list', { name: 'Keypoints' })
  await expect(keypoints.getByRole('listitem')).toHaveCount(5)
  await keypoints.getByRole('button', { name: 'Nose: occluded' }).click()
  await expect(keypoints.getByRole('button', { name: 'Nose: occluded', pressed: true })).toBeVisible()
  await keypoints.getByRole('button', { name: 'Left eye: not labelled' }).click()
  await picture('skeleton-box')

  await press('Shift+k')
  await click([0.2, 0.2])
  await expect(app.window.getByText(/^Left eye \(2 of 5\)/)).toBeVisible()
  await click([0.26, 0.21])
  await press('x')
  await moveTo([0.21, 0.3])
  await press('o')
  await picture('skeleton-clicks')
  await click([0.25, 0.31])
  await expect(app.annotate.objects()).toHaveCount(2)
  await app.annotate.waitUntilSaved()
  expect(app.complaints).toEqual([])
})

test('rectangles are drawn by their outermost places, turned ones by a side and a width', async () => {
  await press('r')
  for (const place of [[0.3, 0.2], [0.2, 0.4]] as Place[]) await click(place)
  await moveTo([0.35, 0.55])
  await picture('extremes')
  for (const place of [[0.3, 0.6], [0.38, 0.45]] as Place[]) await click(place)
  await expect(app.annotate.objects()).toHaveText([/Person 1Rectangle/])
  await press('Shift+r')
  await click([0.5, 0.6])
  await click([0.7, 0.5])
  await moveTo([0.73, 0.62])
  await picture('side')
  await click([0.73, 0.62])
  await expect(app.annotate.objects()).toHaveText([/Person 2Rotated rectangle/, /Person 1Rectangle/])
  await app.annotate.waitUntilSaved()
  expect(app.complaints).toEqual([])
})

test('lines are drawn corner by corner, and points set by a click', async () => {
  await press('3')
  await press('l')
  for (const place of [[0.25, 0.3], [0.4, 0.2], [0.55, 0.35]] as Place[]) await click(place)
  await moveTo([0.7, 0.25])
  await picture('line')
  await press('Enter')
  await expect(app.annotate.objects()).toHaveText([/Outline 1Polyline/])
  await press('k')
  for (const place of [[0.3, 0.6], [0.6, 0.6]] as Place[]) await click(place)
  await picture('points')
  await expect(app.annotate.objects()).toHaveText([/Outline 3Point/, /Outline 2Point/, /Outline 1Polyline/])
  await app.annotate.waitUntilSaved()
  expect(app.complaints).toEqual([])
})

test('shapes are picked out of a stack, lassoed, lined up, grouped and isolated', async () => {
  await threeBoxes()
  await press('v')
  await drawOver()
  await press('v')
  await click([0.25, 0.35])
  await expect(selected()).toHaveText([/Person 1/])
  await click([0.25, 0.35])
  await expect(selected()).toHaveText([/Person 4/])
  await click([0.25, 0.35])
  await expect(selected()).toHaveText([/Person 1/])

  await app.window.keyboard.down('Control')
  await moveTo([0.42, 0.2])
  await app.window.mouse.down()
  for (const to of [[0.9, 0.2], [0.9, 0.75], [0.42, 0.75]] as Place[]) await moveTo(to)
  await picture('lasso')
  await app.window.mouse.up()
  await app.window.keyboard.up('Control')
  await expect(selected()).toHaveText([/Person 3/, /Person 2/])

  await app.window.getByRole('button', { name: 'Align top' }).click()
  await picture('aligned')
  await press('Control+g')
  await press('Escape')
  await click([0.5, 0.35])
  await expect(selected()).toHaveText([/Person 3/, /Person 2/])
  await press('Shift+h')
  await expect(app.window.getByText('Only the isolated shapes are shown')).toBeVisible()
  await picture('isolated')
  await app.window.getByRole('button', { name: 'Show all', exact: true }).click()
  await expect(app.window.getByText('Only the isolated shapes are shown')).toBeHidden()
  await app.annotate.waitUntilSaved()
  expect(app.complaints).toEqual([])
})

test('a right click on a shape offers what can be done with it, such as converting it', async () => {
  await threeBoxes()
  await press('v')
  await click([0.25, 0.35], 'right')
  const menu = app.window.getByRole('menu', { name: 'Shape' })
  await expect(menu.getByRole('menuitem', { name: 'Convert to polygon' })).toBeVisible()
  await picture('menu')
  await menu.getByRole('menuitem', { name: 'Convert to polygon' }).click()
  await expect(selected()).toHaveText([/Person 1Polygon/])
  await click([0.25, 0.35], 'right')
  await menu.getByRole('menuitem', { name: 'Convert to mask' }).click()
  await expect(selected()).toHaveText([/Person 1Mask/])
  await picture('mask')
  await app.annotate.waitUntilSaved()
  expect(app.complaints).toEqual([])
})

test('shapes go from task to task by copy and paste, or all at once from the previous task', async () => {
  await threeBoxes()
  await press('v')
  await click([0.25, 0.35])
  await press('Control+c')
  await expect(app.window.getByText('Copied: 1')).toBeVisible()
  await app.annotate.waitUntilSaved()
  await press('d')
  await app.annotate.waitUntilOpen('photo-2.jpg')
  await expect(app.annotate.objects()).toHaveCount(0)
  await press('Control+v')
  await expect(app.annotate.objects()).toHaveCount(1)
  await press('Control+p')
  await expect(app.annotate.objects()).toHaveCount(3)
  await picture('pasted')
  await press('Control+z')
  await expect(app.annotate.objects()).toHaveCount(1)
  await app.annotate.waitUntilSaved()
  expect(app.complaints).toEqual([])
})

const selected = () => app.annotate.objects().and(app.window.getByRole('option', { selected: true }))

async function threeBoxes(): Promise<void> {
  await press('1')
  await press('r')
  for (const [from, to] of [[[0.2, 0.3], [0.3, 0.4]], [[0.45, 0.3], [0.6, 0.45]], [[0.65, 0.5], [0.8, 0.7]]] as [Place, Place][]) await drag(from, to)
  await expect(app.annotate.objects()).toHaveCount(3)
}

/** A larger box over the first one. */
async function drawOver(): Promise<void> {
  await press('r')
  await drag([0.12, 0.15], [0.4, 0.7])
  await expect(app.annotate.objects()).toHaveCount(4)
}

const press = (key: string) => app.window.keyboard.press(key)

async function place([x, y]: Place): Promise<Place> {
  const box = await app.annotate.canvas.boundingBox()
  if (!box) throw new Error('The canvas is not shown')
  return [box.x + x * box.width, box.y + y * box.height]
}

async function moveTo(to: Place): Promise<void> {
  await app.window.mouse.move(...(await place(to)), { steps: 3 })
}

async function click(at: Place, button: 'left' | 'right' = 'left'): Promise<void> {
  await moveTo(at)
  await app.window.mouse.down({ button })
  await app.window.mouse.up({ button })
}

async function drag(from: Place, to: Place): Promise<void> {
  await moveTo(from)
  await app.window.mouse.down()
  await moveTo(to)
  await app.window.mouse.up()
}

const picture = (name: string) => app.screenshot(join(tmpdir(), 'fieldmark-shapes', `${name}.png`))
