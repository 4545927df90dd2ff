import { STATUS_CODES } from 'node:http'
import type { Problem } from '../../../shared/api/problem.ts'

/** An error that the caller is told of, as a problem document (RFC 9457). `detail` is for people and holds no secret. */
export class ProblemError extends Error {
  readonly status: number
  readonly code: Problem['code']
  readonly extensions: Readonly<Record<string, unknown>>
  constructor(status: number, code: Problem['code'], detail: string, extensions: Record<string, unknown> = {}) {
    super(detail)
    this.name = 'ProblemError'
    this.status = status
    this.code = code
    this.extensions = extensions
  }
}

/** The document of an error; `extensions` are members of its own, such as the issues of a validation. */
export function problemDocument(error: ProblemError): Problem {
  return {
    ...error.extensions,
    type: `urn:fieldmark:problem:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.message,
    code: error.code,
  }
}

export const unauthenticated = () => new ProblemError(401, 'unauthenticated', 'A valid bearer token is needed')
export const forbidden = (detail: string) => new ProblemError(403, 'forbidden', detail)
export const notFound = (what: string) => new ProblemError(404, 'notFound', `There is no such ${what}`)
export const conflict = (detail: string, extensions?: Record<string, unknown>) => new ProblemError(409, 'conflict', detail, extensions)
export const invalid = (detail: string, extensions?: Record<string, unknown>) => new ProblemError(422, 'invalid', detail, extensions)
