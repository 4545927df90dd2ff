import { createHash } from 'node:crypto'
import type { SubmissionCommit } from '../../../shared/api/messages.ts'
import { submissionObjectKey } from '../../../shared/api/messages.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'
import type { Revision } from '../../../shared/domain/revision.ts'
import { forbidden, invalid, ProblemError } from '../http/problems.ts'
import type { Caller } from '../http/services.ts'
import type { ObjectStorage } from '../objects/objectStorage.ts'
import { SUBMISSION_LIMIT } from './submissionLimit.ts'

/**
 * Fetches what a commit names from storage and makes sure that it is what the commit says.
 * @throws ProblemError 409 blobMissing (upload the bytes and commit again), 422 hashMismatch or invalid, 403 when somebody else made it.
 */
export async function readStoredRevision(objects: ObjectStorage, commit: SubmissionCommit, caller: Caller): Promise<Revision> {
  if (String(commit.revisionId) !== commit.sha256) throw invalid('revisionId must be the SHA-256 of the bytes')
  if (commit.objectKey !== submissionObjectKey(commit.sha256)) throw invalid('objectKey must be submissions/sha256/<sha256>')
  const bytes = await objects.read(commit.objectKey, SUBMISSION_LIMIT)
  if (!bytes) throw new ProblemError(409, 'blobMissing', 'The bytes of the submission are not in storage: upload them and commit again')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== commit.sha256 || bytes.length !== commit.size) {
    throw new ProblemError(422, 'hashMismatch', `Storage holds ${bytes.length} bytes with the SHA-256 ${sha256}`)
  }
  const revision = parseRevision(bytes)
  assertAgrees(revision, commit, caller)
  return revision
}

function parseRevision(bytes: Buffer): Revision {
  const value = parseCanonical(bytes)
  const revision = RevisionSchema.safeParse(value)
  if (revision.success) return revision.data
  const issues = revision.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw invalid('The stored bytes are not a revision', { issues })
}

function parseCanonical(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    if (bytes.equals(Buffer.from(canonicalJson(value)))) return value
  } catch {
    throw invalid('The stored bytes are not JSON')
  }
  throw invalid('The stored bytes are not canonical JSON (RFC 8785)')
}

function assertAgrees(revision: Revision, commit: SubmissionCommit, caller: Caller): void {
  if (revision.author !== caller.userId) throw forbidden('The revision was made by somebody else')
  if (revision.taskId !== commit.taskId) throw invalid('The revision is of another task')
  if (revision.schemaHash !== commit.schemaHash) throw invalid('The revision is of another version of the label schema')
}
