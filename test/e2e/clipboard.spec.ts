import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

const photograph = PHOTOGRAPHS.sample1

const folders: string[] = []
test.afterEach(async () => { for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true }) })

/** A window on a project of its own whose one class is the same by name. */
async function open(): Promise<FieldmarkApp> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldmark-clipboard-'))
  folders.push(folder)
  await copyFile(photograph, join(folder, 'sample1.jpg'))
  await writeFile(join(folder, 'classes.txt'), 'leaf\n')
  const app = await FieldmarkApp.launch({ folder })
  await app.queue.open('sample1.jpg')
  await app.annotate.waitUntilOpen('sample1.jpg')
  return app
}

test('shapes are copied into the window of another project; what is not ours is refused with a message', async () => {
  const [one, other] = [await open(), await open()]
  await one.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.5, 0.5] })
  await one.window.keyboard.press('Control+c')
  await expect(one.window.getByText('Copied: 1')).toBeVisible()
  await other.annotate.canvas.focus()
  await other.window.keyboard.press('Control+v')
  await expect(other.annotate.objects()).toHaveText([/leaf 1/])

  await other.copyText('A shopping list')
  await one.window.keyboard.press('Control+v')
  await expect(one.window.getByText(/^The clipboard holds no shapes/)).toBeVisible()
  await expect(one.annotate.objects()).toHaveCount(1)
  for (const app of [one, other]) {
    expect(app.complaints).toEqual([])
    await app.quit()
  }
})
