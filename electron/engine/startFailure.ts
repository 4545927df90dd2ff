import { RpcError } from '../../shared/rpc/errors.ts'
import type { EngineStartFailure } from '../../shared/rpc/engineControl.ts'
import { DatabaseDamagedError, isDiskFull, WorkspaceInUseError } from './db/open.ts'

/** A workspace cannot be opened, for a reason that a person can do something about. */
export class StartError extends Error {
  readonly code: EngineStartFailure['code']
  constructor(code: EngineStartFailure['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
    this.code = code
  }
}

/** What to tell a person of an error at start. */
export function startFailureOf(error: unknown): EngineStartFailure {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof StartError) return { code: error.code, detail }
  if (error instanceof WorkspaceInUseError) return { code: 'workspaceInUse', detail }
  if (error instanceof DatabaseDamagedError) return { code: 'databaseDamaged', detail }
  if (isDiskFull(error)) return { code: 'diskFull', detail }
  if (error instanceof RpcError && error.code === 'readOnly') return { code: 'folderReadOnly', detail }
  return { code: 'internal', detail }
}
