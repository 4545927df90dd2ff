import { S3ServiceException } from '@aws-sdk/client-s3'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import { networkFailure } from '../http/networkFailure.ts'

/** Error names by which S3 says that the credentials are not (or no longer) good. */
const CREDENTIALS = new Set(['ExpiredToken', 'ExpiredTokenException', 'InvalidAccessKeyId', 'InvalidToken', 'SignatureDoesNotMatch', 'TokenRefreshRequired', 'AccessDenied', 'CredentialsProviderError'])
/** What S3 calls an upload that did not arrive as it was sent; it may be sent again. */
const DAMAGED = new Set(['BadDigest', 'InvalidDigest', 'IncompleteBody', 'XAmzContentSHA256Mismatch'])
/** The SDK corrects its clock by such an answer, so the next attempt is signed with the right time. */
const WAITS = new Set(['RequestTimeout', 'RequestTimeTooSkewed', 'NoSuchBucket', 'PermanentRedirect'])
const MISSING = new Set(['NoSuchKey', 'NotFound'])

/** What an error of the AWS SDK means for sync. `host` is named in the message. */
export function s3Failure(error: unknown, host: string): RemoteError {
  if (error instanceof RemoteError) return error
  const name = error instanceof Error ? error.name : 'unknown'
  if (CREDENTIALS.has(name)) return new RemoteError({ kind: 'unauthorized' }, `${host} does not accept the storage credentials (${name})`, { cause: error })
  if (name === 'TimeoutError') return new RemoteError({ kind: 'transient' }, `${host} did not answer in time`, { cause: error })
  const status = statusOf(error)
  if (status === undefined) return networkFailure(error, host)
  if (MISSING.has(name)) return new RemoteError({ kind: 'notFound' }, `${host} does not hold the object`, { cause: error })
  return byStatus(status, name, error, host)
}

function byStatus(status: number, name: string, error: unknown, host: string): RemoteError {
  if (status === 407) return new RemoteError({ kind: 'offline' }, `The proxy on the way to ${host} asks for another name and password (407)`, { cause: error })
  const said = `${host} answered ${status} (${name})`
  if (DAMAGED.has(name)) return new RemoteError({ kind: 'corrupt' }, said, { cause: error })
  if (WAITS.has(name)) return new RemoteError({ kind: 'transient', status }, said, { cause: error })
  if (status === 401 || status === 403) return new RemoteError({ kind: 'unauthorized' }, said, { cause: error })
  if (status === 429 || name === 'SlowDown') return new RemoteError({ kind: 'throttled', retryAfterMs: retryAfterMs(error) }, said, { cause: error })
  // A page of the network in place of S3's own answer: the work must wait, not be refused.
  const isAnswerOfS3 = error instanceof S3ServiceException && name !== 'UnknownError' && name !== 'Error'
  const waits = status >= 500 || status === 408 || status === 409 || status < 400 || !isAnswerOfS3
  if (waits) return new RemoteError({ kind: 'transient', status }, said, { cause: error })
  return new RemoteError({ kind: 'refused', status, code: name }, said, { cause: error })
}

/** The status of the answer, or undefined when there was none. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: number }
  return httpStatusCode
}

function retryAfterMs(error: unknown): number | undefined {
  if (!(error instanceof S3ServiceException)) return undefined
  const seconds = Number(error.$response?.headers['retry-after'])
  return Number.isFinite(seconds) ? seconds * 1000 : undefined
}
