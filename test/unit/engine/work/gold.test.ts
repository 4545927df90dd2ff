import { describe, expect, it } from 'vitest'
import { auditOfTask } from '../../../../electron/engine/db/repositories/auditLog.ts'
import { openNotices } from '../../../../electron/engine/db/repositories/notices.ts'
import { dashboardFigures } from '../../../../electron/engine/work/dashboard/dashboardFigures.ts'
import { signIn } from '../../../../electron/engine/work/signIn.ts'
import { taskNotices } from '../../../../electron/engine/work/taskNotices.ts'
import type { Change } from '../../../../shared/api/records.ts'
import { GoldAnswerSchema, GoldScoreSchema } from '../../../../shared/domain/gold.ts'
import { UserIdSchema } from '../../../../shared/domain/ids.ts'
import { DashboardFilterSchema } from '../../../../shared/rpc/dashboard.ts'
import { taskId } from '../../../builders/records.ts'
import { aWorkspaceWithTasks, pull } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const score = (author: string, fields: Record<string, unknown> = {}) => GoldScoreSchema.parse({
  revisionId: 'e'.repeat(64), taskId: task, author, at: '2026-05-04T12:00:00.000Z', threshold: 0.5, matched: 3, missed: 1, extra: 2, wrongClass: 0, precision: 0.6, recall: 0.75, f1: 2 / 3,
  meanSimilarity: 0.9, missedTags: 0, extraTags: 0, ...fields,
})
const told = (seq: number, author: string, fields: Record<string, unknown> = {}): Change => ({ kind: 'goldScore', op: 'upsert', seq, record: score(author, fields) })
const answer: Change = { kind: 'gold', op: 'upsert', seq: 60, record: GoldAnswerSchema.parse({ taskId: task, shapes: [], feedback: 'never' }) }
const rows = ({ db }: ReturnType<typeof aWorkspaceWithTasks>, table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

describe('a score on a gold task', () => {
  it('is told once: as what happened, in the history, and on the task', () => {
    const workspace = aWorkspaceWithTasks()
    pull(workspace, [told(61, 'ada')])
    pull(workspace, [told(62, 'ada')])
    const counts = { percent: 67, missed: 1, extra: 2, wrongClass: 0 }
    expect(openNotices(workspace.db)).toMatchObject([{ code: 'goldScored', taskId: task, details: counts }])
    expect(auditOfTask(workspace.db, task).filter(({ type }) => type === 'goldScoreReceived')).toHaveLength(1)
    expect(taskNotices(workspace, task)).toEqual([{ kind: 'goldScored', ...counts }])
  })

  it('of somebody else is for the figures of a reviewer, and is no news', () => {
    const workspace = aWorkspaceWithTasks()
    pull(workspace, [told(61, 'ben', { f1: 0.5 }), told(62, 'ben', { revisionId: 'f'.repeat(64), at: '2026-05-05T12:00:00.000Z', f1: 1 }), told(63, 'carl', { revisionId: 'a'.repeat(64), f1: 0 })])
    expect(openNotices(workspace.db)).toEqual([])
    expect(taskNotices(workspace, task)).toEqual([])
    const { people, buckets, total } = dashboardFigures(workspace.db, DashboardFilterSchema.parse({ person: 'ben' }))
    expect(people).toMatchObject([{ id: 'ben', gold: { scored: 2, f1: 0.75 } }])
    expect(buckets.map(({ start, gold }) => [start, gold?.f1])).toEqual([['2026-05-04', 0.5], ['2026-05-05', 1]])
    expect(total.gold).toEqual({ scored: 2, f1: 0.75 })
  })
})

it('leaves no answer and no score of others with somebody who does not review any more', () => {
  const workspace = aWorkspaceWithTasks()
  const ada = { id: UserIdSchema.parse('ada'), name: 'Ada' }
  signIn(workspace, { ...ada, roles: ['reviewer'] })
  pull(workspace, [answer, told(61, 'ben'), told(62, 'ada', { revisionId: 'f'.repeat(64) })])
  expect([rows(workspace, 'gold_answers'), rows(workspace, 'gold_scores')]).toEqual([1, 2])
  signIn(workspace, { ...ada, roles: ['annotator'] })
  expect([rows(workspace, 'gold_answers'), rows(workspace, 'gold_scores')]).toEqual([0, 1])
})
