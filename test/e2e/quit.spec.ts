import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type ElectronApplication } from '@playwright/test'
import { launchElectron } from '../driver/fieldmarkApp.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

const photograph = PHOTOGRAPHS.sample1

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-quit-'))
  await copyFile(photograph, join(folder, 'sample1.jpg'))
})
test.afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

function enginesOf(electron: ElectronApplication): Promise<number[]> {
  return electron.evaluate(({ app }) => app.getAppMetrics().filter(({ name }) => name === 'Fieldmark engine').map(({ pid }) => pid))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('quitting while a lost engine is started again ends the application and the new engine', async () => {
  test.setTimeout(60_000)
  const electron = await launchElectron({ folder })
  const window = await electron.firstWindow()
  await expect(window.getByRole('grid', { name: 'Tasks' })).toBeVisible()
  const [lost = 0] = await enginesOf(electron)
  process.kill(lost, 'SIGKILL')
  await expect.poll(async () => (await enginesOf(electron)).filter((pid) => pid !== lost), { intervals: [20] }).toHaveLength(1)
  const [engine = 0] = (await enginesOf(electron)).filter((pid) => pid !== lost)
  await electron.close()
  await expect.poll(() => isRunning(engine)).toBe(false)
})

test('a workspace that cannot be opened leaves no engine behind, and quitting works', async () => {
  test.setTimeout(60_000)
  await writeFile(join(folder, 'labels.json'), '{ "classes": ')
  const electron = await launchElectron({ folder })
  const window = await electron.firstWindow()
  await expect(window.getByText(/labels\.json/)).toBeVisible()
  await expect.poll(() => enginesOf(electron)).toEqual([])
  await electron.close()
})

test('the application quits when nothing is open', async () => {
  test.setTimeout(60_000)
  const electron = await launchElectron({})
  const window = await electron.firstWindow()
  await expect(window.getByText('Open a workspace')).toBeVisible()
  await electron.close()
})
