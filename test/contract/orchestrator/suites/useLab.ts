import { afterAll, beforeAll } from 'vitest'
import type { OrchestratorOptions } from '../../../orchestrator/orchestrator.ts'
import type { Lab, OpenLab } from '../lab.ts'

/** One orchestrator for the tests of a suite; each test makes tasks and devices of its own. */
export function useLab(open: OpenLab, options: Partial<OrchestratorOptions> = {}): () => Lab {
  let lab: Lab | undefined
  beforeAll(async () => {
    lab = await open(options)
  })
  afterAll(() => lab?.close())
  return () => {
    if (!lab) throw new Error('the orchestrator did not start')
    return lab
  }
}
