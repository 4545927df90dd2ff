import type { TaskId } from '../../../../shared/domain/ids.ts'
import { dismissNotices, openNotices } from '../../db/repositories/notices.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Comparisons } from '../../quality/comparisons.ts'
import { instantNow } from '../../work/context.ts'
import type { WorkContext } from '../../work/context.ts'
import { comparables } from '../../work/comparables.ts'
import { settleVersion } from '../../work/settleVersion.ts'
import { versionPair, versionRows } from '../../work/versions.ts'
import type { Jobs } from '../jobs.ts'
import type { Handlers } from '../server.ts'

export interface VersionPorts {
  context: WorkContext
  /** Fetches versions that were made elsewhere. @throws RemoteError. */
  fetchVersions: (taskId: TaskId) => Promise<void>
  comparisons: Pick<Comparisons, 'between' | 'differences'>
  jobs: Jobs
}

type VersionChannel = 'notices.list' | 'notices.dismiss' | 'versions.list' | 'versions.compare' | 'versions.comparable' | 'versions.between' | 'versions.settle'

/** What others did to one's tasks: what happened, versions that were made elsewhere, and what a person decides about them. */
export function versionHandlers({ context, fetchVersions, comparisons, jobs }: VersionPorts): Pick<Handlers, VersionChannel> {
  const { db } = context
  return {
    'notices.list': () => openNotices(db),
    'notices.dismiss': ({ number }) => {
      inTransaction(db, () => { dismissNotices(db, instantNow(context.clock), number) })
      return openNotices(db)
    },
    'versions.list': () => versionRows(db),
    'versions.compare': async ({ taskId }) => {
      // What is here can be compared without a network.
      if (versionPair(db, taskId) === undefined) await fetchVersions(taskId)
      const pair = versionPair(db, taskId)
      return pair === undefined ? {} : { pair: { ...pair, differences: await comparisons.differences(pair.mine, pair.theirs) } }
    },
    'versions.comparable': ({ taskId }) => comparables(db, taskId),
    'versions.between': ({ jobId, taskId, from, to }) => jobs.run(jobId, (signal) => comparisons.between(taskId, from, to, signal)),
    'versions.settle': (choice) => settleVersion(context, choice),
  }
}
