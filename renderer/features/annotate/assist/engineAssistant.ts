import { v7 as uuidv7 } from 'uuid'
import type { EngineClient } from '../../../bridge/engineClient.ts'
import type { Assistant } from '../../../editor/store/assistance.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'

/** Lets the engine propose shapes on the image of a task. */
export function createEngineAssistant(engine: EngineClient, taskId: TaskId): Assistant {
  const pending = <T>(start: (jobId: string) => Promise<T>) => {
    const jobId = `assist-${uuidv7()}`
    // Nobody waits for what was given up, also when the engine is gone.
    return { done: start(jobId), cancel: () => void engine.request('jobs.cancel', { jobId }).catch(() => undefined) }
  }
  return {
    prepare: (tool) => pending(async (jobId) => (await engine.request('assist.prepare', { jobId, taskId, tool })).failure),
    ask: (question) => pending((jobId) => engine.request('assist.ask', { jobId, taskId, question })),
  }
}
