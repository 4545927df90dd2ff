import { join, resolve } from 'node:path'
import { _electron } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { inTurns } from './comparison.ts'
import type { Comparison } from './comparison.ts'
import { electronStart } from '../driver/electronStart.ts'

const ROUNDS = 5
const EMPTY_WINDOW = resolve(import.meta.dirname, 'emptyWindow')
/** Nobody listens there: the workstation is offline. */
const NOWHERE = { url: 'http://127.0.0.1:9', token: 'none' }

/** From the start of the processes to a queue that can be worked with, offline, with processes and profile as a day's work leaves them. */
export async function coldStart(workspace: string, folder: string): Promise<Comparison> {
  const start = () => startFieldmark(workspace, join(folder, 'profile'))
  const empty = () => startEmpty(join(folder, 'empty-profile'))
  // The first start makes the profiles.
  await start()
  await empty()
  const times = await inTurns(ROUNDS, start, empty)
  return { name: 'cold start to a queue of 100,000', fieldmark: times.fieldmark, floor: { name: 'an empty window with one element', times: times.floor } }
}

async function startFieldmark(workspace: string, userData: string): Promise<number> {
  const begin = performance.now()
  const app = await FieldmarkApp.launch({ workspace, userData, orchestrator: NOWHERE })
  await app.queue.row('street-').first().waitFor()
  const time = performance.now() - begin
  await app.quit()
  return time
}

async function startEmpty(userData: string): Promise<number> {
  const { executable, args } = electronStart()
  const begin = performance.now()
  const electron = await _electron.launch({ executablePath: executable, args: [`--user-data-dir=${userData}`, '--lang=en', ...args.slice(0, -1), EMPTY_WINDOW] })
  await (await electron.firstWindow()).getByRole('grid').waitFor()
  const time = performance.now() - begin
  await electron.close()
  return time
}
