import { DEFAULT_SETTINGS } from '../../../../shared/rpc/workspace.ts'
import type { Settings, WorkspaceInfo } from '../../../../shared/rpc/workspace.ts'
import { readMeta, writeMeta } from '../../db/repositories/meta.ts'
import { listProjects } from '../../db/repositories/projects.ts'
import type { WorkDatabase } from '../../db/sqlite.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Handlers } from '../server.ts'

export interface WorkspacePorts {
  db: WorkDatabase
  info: () => WorkspaceInfo
  /** Hears of new settings after they are stored: the image cache has a new budget, say. */
  onSettings: (settings: Settings) => void
}

/** The workspace as a whole: what it is, the person's choices, its projects. */
export function workspaceHandlers({ db, info, onSettings }: WorkspacePorts): Pick<Handlers, 'workspace.info' | 'settings.get' | 'settings.set' | 'projects.list'> {
  const settings = (): Settings => ({ ...DEFAULT_SETTINGS, ...readMeta(db, 'settings') })
  return {
    'workspace.info': () => info(),
    'settings.get': settings,
    'settings.set': (changed) => {
      const next: Settings = { ...settings(), ...changed }
      inTransaction(db, () => { writeMeta(db, 'settings', { ...readMeta(db, 'settings'), ...changed }) })
      onSettings(next)
      return next
    },
    'projects.list': () => listProjects(db),
  }
}
