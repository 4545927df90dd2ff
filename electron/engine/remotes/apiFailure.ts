import { ProblemSchema, PROBLEM_MEDIA_TYPE, type Problem } from '../../../shared/api/problem.ts'
import { RemoteError, type RemoteFailure } from '../../../shared/api/remoteError.ts'
import { isWebPage, type AnswerHeaders } from '../http/request.ts'

/** An answer whose body has been read. */
export interface ReadAnswer { status: number; headers: AnswerHeaders; text: string }

/**
 * What an answer other than the promised one means. Only a problem document of the orchestrator itself can refuse work; whatever else comes
 * (a proxy's page, an empty error) lets it wait.
 */
export function apiFailure(answer: ReadAnswer, host: string, now: number): RemoteError {
  const { status, headers } = answer
  if (status === 401) return new RemoteError({ kind: 'unauthorized' }, `${host} does not accept the token`)
  const problem = problemOf(answer)
  if (problem) return new RemoteError(failureOf(problem, status, headers, now), problem.detail ?? problem.title)
  if (status === 429) return new RemoteError(throttled(headers, now), `${host} asks to send less`)
  if (status === 503 && headers.has('retry-after')) return new RemoteError(throttled(headers, now), `${host} is busy`)
  if (status >= 500 && status !== 511) return new RemoteError({ kind: 'transient', status }, `${host} answered ${status}`)
  if (isWebPage(headers) || status === 511 || status < 400) return new RemoteError({ kind: 'captivePortal' }, `A page of the network came instead of an answer of ${host}`)
  return new RemoteError({ kind: 'transient', status }, `${host} answered ${status} without saying why`)
}

function problemOf({ headers, text }: ReadAnswer): Problem | undefined {
  if (!(headers.get('content-type') ?? '').startsWith(PROBLEM_MEDIA_TYPE)) return undefined
  try {
    return ProblemSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function failureOf(problem: Problem, status: number, headers: AnswerHeaders, now: number): RemoteFailure {
  if (problem.code === 'cursorExpired') return { kind: 'cursorExpired' }
  if (status === 429 || (status === 503 && headers.has('retry-after'))) return throttled(headers, now)
  if (status === 404) return { kind: 'notFound' }
  if (status >= 500 || status === 408) return { kind: 'transient', status }
  return status === 409 ? { kind: 'conflict', status, code: problem.code, size: problem.size } : { kind: 'refused', status, code: problem.code }
}

function throttled(headers: AnswerHeaders, now: number): RemoteFailure {
  return { kind: 'throttled', retryAfterMs: retryAfterMs(headers.get('retry-after'), now) }
}

/** `Retry-After` as RFC 9110 has it: seconds or a date. In milliseconds from now. */
function retryAfterMs(value: string | null, now: number): number | undefined {
  if (value === null) return undefined
  const milliseconds = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined
}
