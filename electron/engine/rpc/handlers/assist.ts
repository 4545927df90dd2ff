import type { AssistAnswer, AssistFailure, AssistQuestion, AssistTool } from '../../../../shared/domain/assist.ts'
import type { Asset } from '../../../../shared/domain/asset.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import type { ModelFiles, ModelInspection } from '../../../../shared/domain/segmentModel.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import { getAsset } from '../../db/repositories/assets.ts'
import type { WorkDatabase } from '../../db/sqlite.ts'
import { requireTask } from '../../work/requireTask.ts'
import type { Jobs } from '../jobs.ts'
import type { Handlers } from '../server.ts'

export interface AssistPorts {
  db: WorkDatabase
  jobs: Jobs
  assistance: {
    inspectModel(files: ModelFiles, signal: AbortSignal): Promise<ModelInspection>
    prepare(asset: Asset, tool: AssistTool, signal: AbortSignal): Promise<AssistFailure | undefined>
    ask(asset: Asset, question: AssistQuestion, signal: AbortSignal): Promise<AssistAnswer>
  }
}

/** Proposals of shapes on the image of a task. */
export function assistHandlers({ db, jobs, assistance }: AssistPorts): Pick<Handlers, 'assist.inspectModel' | 'assist.prepare' | 'assist.ask'> {
  const assetOf = (taskId: TaskId): Asset => {
    const asset = getAsset(db, requireTask(db, taskId).assetId)
    if (asset === undefined) throw new RpcError('notFound', `The image of task ${taskId} has not been announced yet`)
    return asset
  }
  return {
    'assist.inspectModel': ({ jobId, files }) => jobs.run(jobId, (signal) => assistance.inspectModel(files, signal)),
    'assist.prepare': ({ jobId, taskId, tool }) => jobs.run(jobId, async (signal) => {
      const failure = await assistance.prepare(assetOf(taskId), tool, signal)
      return failure === undefined ? {} : { failure }
    }),
    'assist.ask': ({ jobId, taskId, question }) => jobs.run(jobId, (signal) => assistance.ask(assetOf(taskId), question, signal)),
  }
}
