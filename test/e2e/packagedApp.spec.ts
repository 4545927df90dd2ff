import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { AnnotateView } from '../driver/annotateView.ts'
import { PackagedApp } from '../driver/packagedApp.ts'
import { QueueView } from '../driver/queueView.ts'
import { SyncView } from '../driver/syncView.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

const photograph = PHOTOGRAPHS.sample1
const executable = process.env['FIELDMARK_PACKAGED'] ?? ''

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-packaged-'))
  await copyFile(photograph, join(folder, 'sample1.jpg'))
  await writeFile(join(folder, 'classes.txt'), 'face\nperson\n')
})
test.afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

test('in the packaged application a picture of a folder is labelled and submitted, and is so at the next start', async () => {
  const app = await PackagedApp.launch(executable, { folder })
  const [queue, annotate, sync] = [new QueueView(app.window), new AnnotateView(app.window), new SyncView(app.window)]
  await queue.open('sample1.jpg')
  await annotate.waitUntilOpen('sample1.jpg')
  await annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.5, 0.5] })
  await annotate.waitUntilSaved()
  await annotate.submit()
  await annotate.waitUntilSubmitted('sample1.jpg')
  await sync.waitForPhase('Local project')
  expect(app.complaints).toEqual([])
  expect(await app.quit()).toBe(0)

  const again = await PackagedApp.launch(executable, { folder })
  await expect(new QueueView(again.window).row('sample1.jpg')).toContainText('Submitted')
  expect(again.complaints).toEqual([])
  await again.quit()
})

test('the fuses of the packaged application close what only developers need', async () => {
  const wire = await getCurrentFuseWire(executable)
  // The wire holds the characters 0 and 1, by their codes.
  const state = (fuse: FuseV1Options) => Number(wire[fuse]) === '1'.charCodeAt(0)
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    nodeCliInspect: state(FuseV1Options.EnableNodeCliInspectArguments),
    fileProtocolPrivileges: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
    asarIntegrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyFromAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
  }).toEqual({ runAsNode: false, nodeOptions: false, nodeCliInspect: false, fileProtocolPrivileges: false, cookieEncryption: true, asarIntegrity: true, onlyFromAsar: true })
})
