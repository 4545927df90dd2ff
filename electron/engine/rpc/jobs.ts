import { RpcError } from '../../../shared/rpc/errors.ts'
import type { Notify } from '../work/context.ts'

export type JobWork<T> = (signal: AbortSignal, onProgress: (done: number, total: number) => void) => Promise<T>

/** Long work that shows its progress as events and can be cancelled by its id. */
export interface Jobs {
  /** @throws RpcError conflict when a job of that id runs already. */
  run<T>(jobId: string, work: JobWork<T>): Promise<T>
  /** Asks a job to stop; one that has ended already is no error. */
  cancel(jobId: string): void
}

export function createJobs(notify: Notify): Jobs {
  const running = new Map<string, AbortController>()
  return {
    run: async (jobId, work) => {
      if (running.has(jobId)) throw new RpcError('conflict', `The job ${jobId} is running already`)
      const controller = new AbortController()
      running.set(jobId, controller)
      try {
        return await work(controller.signal, (done, total) => { notify('job.progress', { jobId, done, total }) })
      } finally {
        running.delete(jobId)
      }
    },
    cancel: (jobId) => { running.get(jobId)?.abort() },
  }
}
