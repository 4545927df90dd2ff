import { assistHandlers } from './handlers/assist.ts'
import type { AssistPorts } from './handlers/assist.ts'
import { auditHandlers } from './handlers/audit.ts'
import { dashboardHandlers } from './handlers/dashboard.ts'
import { diagnosticsHandlers } from './handlers/diagnostics.ts'
import type { DiagnosticsPorts } from './handlers/diagnostics.ts'
import { historyHandlers } from './handlers/history.ts'
import { jobHandlers } from './handlers/jobs.ts'
import type { JobPorts } from './handlers/jobs.ts'
import { reviewingHandlers } from './handlers/reviewing.ts'
import type { ReviewingPorts } from './handlers/reviewing.ts'
import { syncHandlers } from './handlers/sync.ts'
import type { SyncControl } from './handlers/sync.ts'
import { taskHandlers } from './handlers/tasks.ts'
import type { TaskPorts } from './handlers/tasks.ts'
import { timelineHandlers } from './handlers/timeline.ts'
import { versionHandlers } from './handlers/versions.ts'
import type { VersionPorts } from './handlers/versions.ts'
import { workspaceHandlers } from './handlers/workspace.ts'
import type { WorkspacePorts } from './handlers/workspace.ts'
import type { Handlers } from './server.ts'

export type HandlerPorts = TaskPorts & Omit<WorkspacePorts, 'db'> & JobPorts & DiagnosticsPorts & Pick<AssistPorts, 'assistance'> & Pick<ReviewingPorts, 'agreements'> & Pick<VersionPorts, 'comparisons'> & { control: SyncControl }

/** The handlers of every channel, from what the composition root puts together. */
export function createHandlers(ports: HandlerPorts): Handlers {
  const { db } = ports.context
  return {
    ...workspaceHandlers({ ...ports, db }),
    ...taskHandlers(ports),
    ...historyHandlers({ db }),
    ...reviewingHandlers(ports),
    ...timelineHandlers(ports),
    ...auditHandlers(ports),
    ...syncHandlers(ports),
    ...versionHandlers({ ...ports, fetchVersions: (taskId) => ports.control.fetchVersions(taskId) }),
    ...jobHandlers(ports),
    ...dashboardHandlers(ports),
    ...diagnosticsHandlers(ports),
    ...assistHandlers({ ...ports, db }),
  }
}
