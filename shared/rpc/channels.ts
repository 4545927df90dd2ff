import { z } from 'zod'
import { AssistAnswerSchema, AssistFailureSchema, AssistQuestionSchema, AssistToolSchema } from '../domain/assist.ts'
import { AssetIdSchema, ProjectIdSchema, RevisionIdSchema, SchemaHashSchema, StatementIdSchema, SubmissionIdSchema, TaskIdSchema } from '../domain/ids.ts'
import { CommentSchema } from '../domain/comment.ts'
import { ProjectSchema } from '../domain/project.ts'
import { ReviewSchema } from '../domain/review.ts'
import { RevisionSchema } from '../domain/revision.ts'
import { ModelFilesSchema, ModelInspectionSchema } from '../domain/segmentModel.ts'
import { TaskStandingSchema } from '../domain/task.ts'
import { AuditFacetsSchema, AuditFileFindingsSchema, AuditFilterSchema, AuditKeySchema, AuditPageSchema, AuditPlaceSchema, AuditProofSchema } from './auditSearch.ts'
import { ComparableSchema, ComparedVersionsSchema, VersionRefSchema } from './compare.ts'
import { DashboardFiguresSchema, DashboardFilterSchema, FigureNameSchema } from './dashboard.ts'
import { BackupRowSchema, DiagnosticsReportSchema, WorkSinceSchema } from './diagnostics.ts'
import { LeaseAnswerSchema, NoticeRowSchema, TaskFactsSchema, TaskNoticeSchema, VersionChoiceSchema, VersionOutcomeSchema, VersionPairSchema, VersionRowSchema } from './coordination.ts'
import { ExportFormatSchema } from './exportFormat.ts'
import { AuditFindingsSchema, AuditRowSchema, RevisionRowSchema, VerifyReportSchema } from './history.ts'
import { ImageSourceSchema, JournalLineSchema, OpenedTaskSchema, SubmitResultSchema, TaskContentPartSchema } from './openTask.ts'
import { OfflinePlanSchema, PlannedDaysSchema } from './offlinePlan.ts'
import { SettingsSchema, WorkspaceInfoSchema } from './workspace.ts'
import { AgreementReportSchema } from './quality.ts'
import { CommentRequestSchema, CorrectionResultSchema, DecisionRequestSchema, ReviewFacetsSchema, ReviewQuerySchema, ReviewRowSchema, TaskStorySchema } from './reviewing.ts'
import { OutboxRowSchema, ReceiptRowSchema, StatementRowSchema, SyncStatusSchema, TransferSchema } from './syncStatus.ts'
import { TaskQuerySchema, TaskRowSchema } from './taskRows.ts'
import { TimelineChoiceSchema, TimelineRefSchema, TimelineSchema, TimelineStateSchema, TimelineStepSchema } from './timeline.ts'

const nothing = z.object({})
const forTask = z.object({ taskId: TaskIdSchema })
const forSubmission = z.object({ submissionId: SubmissionIdSchema })
const page = { offset: z.int().nonnegative().default(0), limit: z.int().min(1).max(1000).default(200) }

/** Every request that the window may make of the engine. Handlers and client are typed and validated by this one map. */
export const CHANNELS = {
  'workspace.info': { request: nothing, response: WorkspaceInfoSchema },
  'settings.get': { request: nothing, response: SettingsSchema },
  'settings.set': { request: SettingsSchema.partial(), response: SettingsSchema },
  'projects.list': { request: nothing, response: z.array(ProjectSchema) },

  'tasks.query': { request: z.object({ query: TaskQuerySchema, ...page }), response: z.object({ total: z.int(), rows: z.array(TaskRowSchema) }) },
  'tasks.facets': {
    request: nothing,
    response: z.object({
      total: z.int(),
      standings: z.partialRecord(TaskStandingSchema, z.int()),
      tags: z.array(z.object({ key: z.string(), value: z.string(), count: z.int() })),
      prefetched: z.int(),
    }),
  },
  /** The tasks before and after one in the order of a query. */
  'tasks.neighbours': {
    request: z.object({ taskId: TaskIdSchema, query: TaskQuerySchema }),
    response: z.object({ previous: TaskIdSchema.optional(), next: TaskIdSchema.optional(), position: z.int(), total: z.int() }),
  },
  /** Opens a task; a large one comes in parts: `openWholeTask` reads them all. */
  'tasks.open': { request: forTask, response: OpenedTaskSchema },
  /** The next part of a task that is being read; conflict when the engine no longer knows of it. */
  'tasks.more': { request: z.object({ reading: z.int().positive() }), response: TaskContentPartSchema },
  /** What the person should know of an open task, the most pressing first, and what of it may have changed since it was opened. */
  'tasks.watch': { request: forTask, response: z.object({ notices: z.array(TaskNoticeSchema), facts: TaskFactsSchema }) },
  /** Takes or renews the lease of a task that is open. Nothing depends on having it. */
  'tasks.lease': { request: forTask, response: LeaseAnswerSchema },
  /** Where the pixels of a task's image are, without opening the task; nothing while they are not cached. */
  'tasks.image': { request: forTask, response: z.object({ image: ImageSourceSchema.optional() }) },
  /** Stores edits durably, all or none; answers after the commit. `afterSeq` is the last journal line that the window knows: another one is a conflict. */
  'tasks.commit': {
    request: z.object({ taskId: TaskIdSchema, afterSeq: z.int().nonnegative(), lines: z.array(JournalLineSchema).min(1).max(1000), timeOnTaskMs: z.number().nonnegative() }),
    response: z.object({ journalSeq: z.int().positive(), savedAt: z.string() }),
  },
  'tasks.submit': { request: z.object({ taskId: TaskIdSchema, timeOnTaskMs: z.number().nonnegative() }), response: SubmitResultSchema },
  'tasks.skip': { request: z.object({ taskId: TaskIdSchema, timeOnTaskMs: z.number().nonnegative(), reason: z.string().max(2000) }), response: SubmitResultSchema },
  'tasks.history': {
    request: forTask,
    response: z.object({ revisions: z.array(RevisionRowSchema), events: z.array(AuditRowSchema) }),
  },
  /** The edit journals of a task that are here, the one of this workspace first. */
  'timeline.choices': { request: forTask, response: z.array(TimelineChoiceSchema) },
  /** Gets the edit journal of a task ready to be replayed. */
  'timeline.open': { request: TimelineRefSchema.extend({ jobId: z.string() }), response: TimelineSchema },
  'timeline.steps': { request: TimelineRefSchema.extend(page), response: z.array(TimelineStepSchema) },
  /** The state after a line of the journal, as what changed since the one that the window has; 0 is the empty draft. */
  'timeline.state': { request: TimelineRefSchema.extend({ position: z.int().nonnegative(), since: z.int().nonnegative().default(0) }), response: TimelineStateSchema },
  /** Makes the draft what it was after a line of the journal, by one edit; answers the journal's last line. */
  'timeline.restore': { request: TimelineRefSchema.extend({ position: z.int().nonnegative() }), response: z.object({ journalSeq: z.int().nonnegative() }) },
  'revisions.get': { request: z.object({ revisionId: RevisionIdSchema }), response: RevisionSchema },

  /** Fetches the image of a task now, ahead of the queue; answers when it is cached. */
  'assets.fetch': { request: z.object({ assetId: AssetIdSchema }), response: nothing },

  /** Gets an assisted tool ready for the image of a task; answers why it cannot be used, or nothing. `jobs.cancel` gives the waiting up. */
  'assist.prepare': { request: z.object({ jobId: z.string(), taskId: TaskIdSchema, tool: AssistToolSchema }), response: z.object({ failure: AssistFailureSchema.optional() }) },
  /** Whether files are a segment-anything model that can be run. */
  'assist.inspectModel': { request: z.object({ jobId: z.string(), files: ModelFilesSchema }), response: ModelInspectionSchema },
  /** Asks an assisted tool for a proposal on the image of a task. */
  'assist.ask': { request: z.object({ jobId: z.string(), taskId: TaskIdSchema, question: AssistQuestionSchema }), response: AssistAnswerSchema },

  'sync.status': { request: nothing, response: SyncStatusSchema },
  'sync.now': { request: nothing, response: nothing },
  'sync.setWorkOffline': { request: z.object({ workOffline: z.boolean() }), response: SyncStatusSchema },
  'sync.outbox': { request: nothing, response: z.array(OutboxRowSchema) },
  'sync.receipts': { request: z.object(page), response: z.object({ total: z.int(), rows: z.array(ReceiptRowSchema) }) },
  'sync.transfers': { request: nothing, response: z.array(TransferSchema) },
  'sync.retry': { request: forSubmission, response: nothing },
  /** Reviews and comments that have no receipt yet. */
  'sync.statements': { request: nothing, response: z.array(StatementRowSchema) },
  'sync.retryStatement': { request: z.object({ id: StatementIdSchema }), response: nothing },

  /** Results that wait for a decision, or have one, oldest first; `waiting` counts them before sampling. */
  'reviews.queue': { request: z.object({ query: ReviewQuerySchema, ...page }), response: z.object({ total: z.int(), waiting: z.int(), rows: z.array(ReviewRowSchema) }) },
  'reviews.facets': { request: nothing, response: ReviewFacetsSchema },
  /** Everything that was done and said about a task. */
  'reviews.story': { request: forTask, response: TaskStorySchema },
  /** How far people agree who labelled the image of a task: its own results, and those of tasks that are the same work. */
  'quality.agreement': { request: forTask, response: AgreementReportSchema },
  /** Makes what several people say of an image together the draft of a task, to be looked through; answers how many shapes it has. */
  'quality.propose': { request: forTask, response: z.object({ shapes: z.int() }) },
  /** Decides on a result. It is kept here at once, and sent like a submission. */
  'reviews.decide': { request: DecisionRequestSchema, response: ReviewSchema },
  /** Makes a result the draft, so that the reviewer can mend it. Refused while a draft of their own would be lost. */
  'reviews.correct': { request: z.object({ taskId: TaskIdSchema, revisionId: RevisionIdSchema }), response: nothing },
  /** Submits the mended draft and accepts it in place of the result it corrects. */
  'reviews.acceptCorrection': { request: z.object({ taskId: TaskIdSchema, corrects: RevisionIdSchema, timeOnTaskMs: z.number().nonnegative(), comment: z.string().max(10_000).default('') }), response: CorrectionResultSchema },
  /** What was said about a task, oldest first. */
  'comments.list': { request: forTask, response: z.array(CommentSchema) },
  'comments.add': { request: CommentRequestSchema, response: CommentSchema },

  /** How the work goes, counted from what is in this workspace. */
  'dashboard.figures': { request: z.object({ filter: DashboardFilterSchema.prefault({}) }), response: DashboardFiguresSchema },
  /** Writes a figure as CSV into `directory`. */
  'dashboard.export': { request: z.object({ figure: FigureNameSchema, filter: DashboardFilterSchema.prefault({}), directory: z.string().min(1) }), response: z.object({ file: z.string() }) },

  /** What happened that the person has not dismissed, oldest first. */
  'notices.list': { request: nothing, response: z.array(NoticeRowSchema) },
  /** Dismisses one notice, or all; answers what is left. */
  'notices.dismiss': { request: z.object({ number: z.int().positive().optional() }), response: z.array(NoticeRowSchema) },
  /** Tasks that were worked on here and have another version on the server. */
  'versions.list': { request: nothing, response: z.array(VersionRowSchema) },
  /** The work here beside a version from elsewhere, which is fetched if it is not here; nothing when there is none, or it cannot be had now. */
  'versions.compare': { request: forTask, response: z.object({ pair: VersionPairSchema.optional() }) },
  /** What of a task can be compared with each other. */
  'versions.comparable': { request: forTask, response: z.array(ComparableSchema) },
  /** Two versions of a task, and what differs between them. `jobs.cancel` gives it up. */
  'versions.between': { request: z.object({ jobId: z.string(), taskId: TaskIdSchema, from: VersionRefSchema, to: VersionRefSchema }), response: ComparedVersionsSchema },
  /** Decides on a version from elsewhere. */
  'versions.settle': { request: z.object({ taskId: TaskIdSchema, revisionId: RevisionIdSchema, take: VersionChoiceSchema }), response: z.object({ next: VersionOutcomeSchema }) },
  /** The person agrees that the next pull takes many tasks away; see SyncStatus.lastError of kind `massDelete`. */
  'sync.confirmRemovals': { request: nothing, response: nothing },
  'prefetch.start': { request: nothing, response: nothing },
  'prefetch.cancel': { request: nothing, response: nothing },
  /** What can be worked on offline, and what it takes to be ready for some days. */
  'prefetch.plan': { request: z.object({ days: PlannedDaysSchema }), response: OfflinePlanSchema },
  /** Gets the images of the next days ahead of all others, over a metered link too. */
  'prefetch.startFor': { request: z.object({ days: PlannedDaysSchema }), response: nothing },

  /** Checks the audit chain, database, revisions and cached objects; reports progress as job events. */
  'verify.run': { request: z.object({ jobId: z.string(), taskId: TaskIdSchema.optional() }), response: VerifyReportSchema },

  /** Writes labels under `directory`; images are copied if asked. Answers when done; progress comes as job events. */
  'export.run': {
    request: z.object({ jobId: z.string(), format: ExportFormatSchema, directory: z.string().min(1), projectId: ProjectIdSchema.optional(), schemaHash: SchemaHashSchema.optional(), include: z.enum(['submitted', 'all']).default('submitted'), includeImages: z.boolean().default(false) }),
    response: z.object({ files: z.int(), images: z.int(), shapes: z.int(), skipped: z.array(z.object({ taskId: TaskIdSchema, reason: z.string() })) }),
  },
  /** Writes work that the orchestrator does not hold as JSON files into `directory`: one submission of the outbox, or everything, drafts with it. */
  'export.unsent': { request: z.object({ directory: z.string().min(1), submissionId: SubmissionIdSchema.optional() }), response: z.object({ files: z.int() }) },
  /** Writes the audit log as JSON Lines into `directory`; see `exportAudit`. */
  'audit.export': { request: z.object({ jobId: z.string(), directory: z.string().min(1) }), response: z.object({ file: z.string(), entries: z.int() }) },
  /** A page of the audit events that a filter lets through, newest first, after the place of one. */
  'audit.events': { request: z.object({ filter: AuditFilterSchema, after: AuditKeySchema.optional(), limit: z.int().min(1).max(500).default(200) }), response: AuditPageSchema },
  'audit.facets': { request: nothing, response: AuditFacetsSchema },
  /** One event with all that speaks for it, checked now. */
  'audit.proof': { request: AuditPlaceSchema, response: AuditProofSchema },
  /** Verifies every chain of the audit log. */
  'audit.verify': { request: z.object({ jobId: z.string() }), response: AuditFindingsSchema },
  /** Verifies an exported audit log or the one in a copied work database. */
  'audit.verifyFile': { request: z.object({ jobId: z.string(), file: z.string().min(1) }), response: AuditFileFindingsSchema },
  /** Writes the events that a filter lets through as CSV into `directory`. */
  'audit.exportCsv': { request: z.object({ jobId: z.string(), directory: z.string().min(1), filter: AuditFilterSchema }), response: z.object({ file: z.string(), events: z.int() }) },
  /** How the workspace is; `check` looks through the whole database too. */
  'diagnostics.get': { request: z.object({ check: z.boolean().default(false) }), response: DiagnosticsReportSchema },
  /** Writes a zip for support into `directory`, without secrets and images. */
  'diagnostics.bundle': { request: z.object({ jobId: z.string(), directory: z.string().min(1) }), response: z.object({ file: z.string() }) },
  /** Backups of the work database, newest first, each checked. The main process restores one, because the engine starts anew with it. */
  'backups.list': { request: nothing, response: z.array(BackupRowSchema) },
  /** What was done since a backup, by its name: what going back to it would take out of use. */
  'backups.since': { request: z.object({ name: z.string() }), response: WorkSinceSchema },
  'backups.make': { request: nothing, response: BackupRowSchema },
  'jobs.cancel': { request: z.object({ jobId: z.string() }), response: nothing },
} as const

export type Channels = typeof CHANNELS
export type ChannelName = keyof Channels
/** What a caller gives (defaults may be left out). */
export type RequestOf<C extends ChannelName> = z.input<Channels[C]['request']>
/** What a handler gets, after validation. */
export type ParsedRequestOf<C extends ChannelName> = z.output<Channels[C]['request']>
export type ResponseOf<C extends ChannelName> = z.output<Channels[C]['response']>

/** What the engine tells without being asked. An event says that something changed; the window asks again for what it shows. */
export const EVENTS = {
  'tasks.changed': z.object({ taskIds: z.array(TaskIdSchema) }),
  'sync.changed': SyncStatusSchema,
  'transfers.changed': z.array(TransferSchema),
  'asset.changed': z.object({ assetId: AssetIdSchema }),
  'job.progress': z.object({ jobId: z.string(), done: z.int(), total: z.int() }),
  'engine.notice': z.object({ code: z.enum(['diskFull', 'readOnly', 'databaseRestored', 'backupRestored', 'databaseDamaged', 'workMissing', 'deviceKeyChanged', 'auditForked', 'folderUnreadable']), detail: z.string() }),
} as const
export type EventName = keyof typeof EVENTS
export type EventPayload<E extends EventName> = z.output<(typeof EVENTS)[E]>
