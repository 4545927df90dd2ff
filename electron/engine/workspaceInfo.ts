import { createRequire } from 'node:module'
import { z } from 'zod'
import type { EngineConfig } from '../../shared/rpc/engineControl.ts'
import type { WorkspaceInfo } from '../../shared/rpc/workspace.ts'
import { sqliteVersion } from './db/pragmas.ts'
import { readMeta } from './db/repositories/meta.ts'
import type { WorkContext } from './work/context.ts'

const PackageSchema = z.object({ version: z.string() })

/** What the window shows of a workspace. */
export function workspaceInfo(config: EngineConfig, context: WorkContext, readOnly: WorkspaceInfo['readOnly'] = false): WorkspaceInfo {
  const { source } = config
  return {
    kind: source.kind,
    source: source.kind === 'folder' ? source.path : source.url,
    location: config.workspaceDir,
    user: readMeta(context.db, 'user') ?? { id: context.userId, name: context.userId, roles: ['annotator'] },
    deviceId: context.deviceId,
    readOnly,
    versions: { app: config.appVersion, sqlite: sqliteVersion(context.db), betterSqlite3: betterSqlite3Version() },
  }
}

function betterSqlite3Version(): string {
  const { version } = PackageSchema.parse(createRequire(import.meta.url)('better-sqlite3/package.json'))
  return version
}
