import type { TaskId } from '../../../../shared/domain/ids.ts'
import type { WorkContext } from '../../work/context.ts'
import { settleVersion } from '../../work/settleVersion.ts'
import { versionPair, versionRows } from '../../work/versions.ts'
import type { Handlers } from '../server.ts'

export interface VersionPorts {
  context: WorkContext
  /** Fetches versions that were made elsewhere. @throws RemoteError. */
  fetchVersions: (taskId: TaskId) => Promise<void>
  /** Wakes sync after something went into the outbox. */
  onSubmitted: () => void
}

type VersionChannel = 'versions.list' | 'versions.compare' | 'versions.settle'

/** Versions of tasks that were made elsewhere, and what a person decides about them. */
export function versionHandlers({ context, fetchVersions, onSubmitted }: VersionPorts): Pick<Handlers, VersionChannel> {
  const { db } = context
  return {
    'versions.list': () => versionRows(db),
    'versions.compare': async ({ taskId }) => {
      // What is here can be compared without a network.
      if (versionPair(db, taskId) === undefined) await fetchVersions(taskId)
      const pair = versionPair(db, taskId)
      return pair === undefined ? {} : { pair }
    },
    'versions.settle': (choice) => {
      const settled = settleVersion(context, choice)
      if (settled.next === 'submitted') onSubmitted()
      return settled
    },
  }
}
