import { mkdirSync } from 'node:fs'
import { openContext } from '../../electron/engine/openContext.ts'
import type { WorkContext } from '../../electron/engine/work/context.ts'
import { applyPull } from '../../electron/engine/work/applyPull.ts'
import { firstChanges } from '../builders/records.ts'

export const MANY_TASKS = 100_000

/** What the orchestrator sends at once. */
const PAGE = 500

/** Makes a workspace of 100,000 tasks with tags, priorities and states, as a pull would bring them. */
export function fillWorkspace(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const { context } = openContext(folder)
  const changes = firstChanges(MANY_TASKS, (number) => ({
    priority: number % 7,
    state: number % 3 === 0 ? 'submitted' : 'assigned',
    tags: { source: ['drone', 'car', 'phone'][number % 3], environment: ['day', 'dusk', 'night', 'rain', 'snow'][number % 5] },
  }))
  for (let start = 0; start < changes.length; start += PAGE) {
    applyPull(context, { epoch: 'one', cursor: `cursor-${start}`, more: true, changes: changes.slice(start, start + PAGE) })
  }
  context.db.close()
}

/** Works on the workspace and closes it. */
export async function withWorkspace<T>(folder: string, work: (context: WorkContext) => Promise<T>): Promise<T> {
  const { context } = openContext(folder)
  try {
    return await work(context)
  } finally {
    context.db.close()
  }
}
