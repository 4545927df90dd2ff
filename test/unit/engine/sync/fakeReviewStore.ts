import { createHash } from 'node:crypto'
import { RemoteError, type JournalItem, type ResultRef, type StatementItem, type SyncErrorNote, type VersionRef } from '../../../../electron/engine/sync/ports.ts'
import type { AuditFeed } from '../../../../shared/api/messages.ts'
import type { RevisionId, Sha256, StatementId, SubmissionId, TaskId } from '../../../../shared/domain/ids.ts'
import type { StatementReceipt } from '../../../../shared/domain/statement.ts'

/** What of a store in memory is about reviews: statements to send, edit histories to send, results to fetch. */
export class FakeReviewStore {
  /** What sync did to the store. */
  readonly log: string[] = []
  versions: VersionRef[] = []
  missingVersions(limit: number, taskId?: TaskId): VersionRef[] {
    return this.versions.filter((version) => taskId === undefined || version.taskId === taskId).slice(0, limit)
  }
  keepVersion(taskId: TaskId, revisionId: RevisionId, bytes: Uint8Array): void {
    if (createHash('sha256').update(bytes).digest('hex') !== revisionId) throw new RemoteError({ kind: 'corrupt' }, 'made to fail: corrupt')
    this.versions = this.versions.filter((version) => version.revisionId !== revisionId)
    this.results = this.results.map((result) => (result.revisionId === revisionId ? { ...result, needsRevision: false } : result))
    this.log.push(`keepVersion ${taskId}`)
  }

  readonly statements = new Map<StatementId, StatementItem & { nextAttemptAt: number }>()
  readonly deadStatements = new Map<StatementId, SyncErrorNote>()
  readonly journals = new Map<SubmissionId, { item: JournalItem; bytes: Uint8Array; end?: 'sent' | 'refused' }>()
  results: ResultRef[] = []
  readonly keptJournals = new Map<Sha256, Uint8Array>()

  dueStatements(now: number, limit: number): StatementItem[] {
    return [...this.statements.values()].filter(({ nextAttemptAt }) => nextAttemptAt <= now).slice(0, limit)
  }
  acceptStatementReceipt({ statementId }: StatementReceipt): void {
    this.statements.delete(statementId)
  }
  postponeStatement(id: StatementId, nextAttemptAt: number): void {
    const item = this.statements.get(id)
    if (item !== undefined) this.statements.set(id, { ...item, attempts: item.attempts + 1, nextAttemptAt })
  }
  refuseStatement(id: StatementId, error: SyncErrorNote): void {
    this.statements.delete(id)
    this.deadStatements.set(id, error)
  }
  journalsToSend(limit: number): JournalItem[] {
    return [...this.journals.values()].filter(({ end }) => end === undefined).map(({ item }) => item).slice(0, limit)
  }
  journalToSend(id: SubmissionId): JournalItem | undefined {
    const journal = this.journals.get(id)
    return journal?.end === undefined ? journal?.item : undefined
  }
  journalBacklog(): number {
    return this.journalsToSend(Infinity).length
  }
  journalBytes({ submissionId, sha256 }: JournalItem): Uint8Array {
    const bytes = this.journals.get(submissionId)?.bytes ?? new Uint8Array()
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new RemoteError({ kind: 'refused', status: 0, code: 'journalDiffers' }, 'made to fail: another journal')
    return bytes
  }
  noteJournals(items: readonly JournalItem[], end: 'sent' | 'refused'): void {
    this.log.push(`noteJournals ${items.length}`)
    for (const { submissionId } of items) {
      const journal = this.journals.get(submissionId)
      if (journal !== undefined) this.journals.set(submissionId, { ...journal, end })
    }
  }
  missingResults(limit: number): ResultRef[] {
    return this.results.map((result) => ({ ...result, journalSha256: result.journalSha256 !== undefined && this.keptJournals.has(result.journalSha256) ? undefined : result.journalSha256 }))
      .filter(({ needsRevision, journalSha256 }) => needsRevision || journalSha256 !== undefined).slice(0, limit)
  }
  keepJournal(_taskId: TaskId, sha256: Sha256, bytes: Uint8Array): void {
    this.keptJournals.set(sha256, bytes)
  }

  /** Undefined for who may not review. */
  auditPlace: { cursor: string | undefined } | undefined
  readonly auditPages: AuditFeed[] = []
  auditFeedPlace() {
    return this.auditPlace
  }
  keepAuditPage(page: AuditFeed): Promise<void> {
    this.auditPages.push(page)
    this.auditPlace = { cursor: page.cursor }
    return Promise.resolve()
  }
  restartAuditFeed(): void {
    this.auditPlace = { cursor: undefined }
  }
}
