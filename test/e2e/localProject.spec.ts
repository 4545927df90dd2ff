import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-photos-'))
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'sample1.jpg'))
  await writeFile(join(folder, 'classes.txt'), 'face\nperson\n')
})
test.afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

test('a folder of pictures is a project: new files appear, links are not followed, labels are kept and exported', async () => {
  const app = await FieldmarkApp.launch({ folder })
  await expect(app.queue.row('sample1.jpg')).toBeVisible()
  await copyFile(PHOTOGRAPHS.sample2, join(folder, 'sample2.jpg'))
  await symlink(PHOTOGRAPHS.sample3, join(folder, 'link.jpg'))
  await expect(app.queue.row('sample2.jpg')).toBeVisible({ timeout: 20_000 })
  await expect(app.queue.row('link.jpg')).toHaveCount(0)

  await labelAndSubmit(app)
  await app.sync.waitForPhase('Local project')
  expect(app.complaints).toEqual([])
  await app.quit()

  const again = await FieldmarkApp.launch({ folder })
  await expect(again.queue.row('sample1.jpg')).toContainText('Submitted')
  await again.quit()
})

test('labels of a local project are exported to COCO and YOLO from the window', async () => {
  const out = join(folder, 'export')
  const app = await FieldmarkApp.launch({ folder })
  await labelAndSubmit(app)
  for (const format of ['COCO', 'YOLO'] as const) await app.exportLabels(format, out)
  const coco: unknown = JSON.parse(await readFile(join(out, 'annotations.json'), 'utf8'))
  expect(coco).toMatchObject({ images: [{ file_name: 'sample1.jpg' }], annotations: [{ iscrowd: 0 }], categories: [{ name: 'face' }, { name: 'person' }] })
  expect(await readFile(join(out, 'labels', 'sample1.txt'), 'utf8')).toMatch(/^0 0\.\d+ 0\.\d+ 0\.\d+ 0\.\d+\n$/)
  await app.quit()
})

async function labelAndSubmit(app: FieldmarkApp): Promise<void> {
  await app.queue.open('sample1.jpg')
  await app.annotate.waitUntilOpen('sample1.jpg')
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.5, 0.5] })
  await app.annotate.waitUntilSaved()
  await app.annotate.submit()
  await app.annotate.waitUntilSubmitted('sample1.jpg')
}
