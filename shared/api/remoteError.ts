/**
 * What a remote (orchestrator or object storage) can answer besides success. Sync knows three ends only: retry (offline, transient, throttled,
 * captivePortal, corrupt), refresh credentials (unauthorized, grantExpired), dead-letter (refused, conflict, notFound).
 */
export type RemoteFailure =
  | { kind: 'offline' }
  | { kind: 'transient'; status?: number }
  | { kind: 'throttled'; retryAfterMs?: number }
  | { kind: 'captivePortal' }
  | { kind: 'corrupt' }
  | { kind: 'unauthorized' }
  | { kind: 'grantExpired' }
  | { kind: 'cursorExpired' }
  | { kind: 'notFound' }
  /** `size`: how many audit entries the remote holds, where it says that a segment does not follow them. */
  | { kind: 'conflict'; status: number; code: string; size?: number | undefined }
  | { kind: 'refused'; status: number; code: string }

/**
 * Thrown by every driver for every failure that is not a bug; `message` is for people and holds no secret.
 * A call whose own signal was aborted rejects with that signal's reason instead.
 */
export class RemoteError extends Error {
  readonly failure: RemoteFailure
  constructor(failure: RemoteFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RemoteError'
    this.failure = failure
  }
}
