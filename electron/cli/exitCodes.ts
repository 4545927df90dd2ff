import type { RemoteFailure } from '../../shared/api/remoteError.ts'
import type { RpcErrorCode } from '../../shared/rpc/errors.ts'

/** What a command's end says to a script; documented in the README. */
export const EXIT = {
  ok: 0, internal: 1, usage: 2, notSynced: 3, verificationFailed: 4, invalidLabels: 5, unauthorized: 6, notFound: 7, workspaceInUse: 8, different: 9,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** An end on purpose, with a message for the person at the terminal. */
export class CliError extends Error {
  readonly exitCode: ExitCode
  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliError'
    this.exitCode = exitCode
  }
}

/** The exit code of an engine's refusal. */
export function exitCodeOf(code: RpcErrorCode): ExitCode {
  switch (code) {
    case 'notFound': return EXIT.notFound
    case 'offline': return EXIT.notSynced
    case 'unauthorized': return EXIT.unauthorized
    case 'invalidRequest':
    case 'validationFailed': return EXIT.invalidLabels
    case 'conflict':
    case 'readOnly':
    case 'diskFull':
    case 'databaseDamaged':
    case 'notAllowed':
    case 'cancelled':
    case 'internal': return EXIT.internal
  }
}

/** The exit code of what an orchestrator or a storage answered: wrong credentials, or not everything is there yet. */
export function exitCodeOfFailure(failure: RemoteFailure): ExitCode {
  return failure.kind === 'unauthorized' ? EXIT.unauthorized : EXIT.notSynced
}
