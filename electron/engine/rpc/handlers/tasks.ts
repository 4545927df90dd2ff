import type { Asset } from '../../../../shared/domain/asset.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import type { ImageSource } from '../../../../shared/rpc/openTask.ts'
import { getAsset } from '../../db/repositories/assets.ts'
import { taskFacets } from '../../db/repositories/taskFacets.ts'
import { neighboursOf, queryTasks } from '../../db/repositories/taskQuery.ts'
import { commitEdits } from '../../work/commitEdits.ts'
import type { WorkContext } from '../../work/context.ts'
import { openTask } from '../../work/openTask.ts'
import { requireTask } from '../../work/requireTask.ts'
import { skipTask } from '../../work/skipTask.ts'
import { nextContent } from '../../work/taskContent.ts'
import { taskFacts, taskNotices } from '../../work/taskNotices.ts'
import { submitTask } from '../../work/submitTask.ts'
import type { Handlers } from '../server.ts'

export interface TaskPorts {
  context: WorkContext
  /** Where the window finds the pixels of a cached image; undefined while it is not cached. */
  imageOf: (asset: Asset) => ImageSource | undefined
}

type TaskChannel = 'tasks.query' | 'tasks.facets' | 'tasks.neighbours' | 'tasks.open' | 'tasks.more' | 'tasks.watch' | 'tasks.image' | 'tasks.commit' | 'tasks.submit' | 'tasks.skip'

/** The queue and the work on one task. */
export function taskHandlers({ context, imageOf }: TaskPorts): Pick<Handlers, TaskChannel> {
  const { db } = context
  return {
    'tasks.query': ({ query, offset, limit }) => queryTasks(db, query, offset, limit),
    'tasks.facets': () => taskFacets(db),
    'tasks.neighbours': ({ taskId, query }) => {
      const neighbours = neighboursOf(db, taskId, query)
      if (neighbours === undefined) throw new RpcError('notFound', `There is no task ${taskId} here`)
      return neighbours
    },
    'tasks.open': ({ taskId }) => {
      const opened = openTask(db, taskId)
      const image = imageOf(opened.asset)
      // What is wrong with an image goes before a part of it.
      const isHidden = opened.problem !== undefined && image?.kind === 'pyramid' && image.present !== undefined
      return image === undefined || isHidden ? opened : { ...opened, image }
    },
    'tasks.more': ({ reading }) => nextContent(db, reading),
    'tasks.watch': ({ taskId }) => ({ notices: taskNotices(context, taskId), facts: taskFacts(db, taskId) }),
    'tasks.image': ({ taskId }) => {
      const asset = getAsset(db, requireTask(db, taskId).assetId)
      const image = asset && imageOf(asset)
      return image === undefined ? {} : { image }
    },
    'tasks.commit': (batch) => commitEdits(context, batch),
    'tasks.submit': ({ taskId, timeOnTaskMs }) => submitTask(context, taskId, timeOnTaskMs),
    'tasks.skip': ({ taskId, timeOnTaskMs, reason }) => skipTask(context, taskId, timeOnTaskMs, reason),
  }
}
