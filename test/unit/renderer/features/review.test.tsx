import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { GoldLine } from '../../../../renderer/features/review/GoldLine.tsx'
import { RejectDialog } from '../../../../renderer/features/review/RejectDialog.tsx'
import { useReviewStore } from '../../../../renderer/features/review/reviewStore.ts'
import { ReviewView } from '../../../../renderer/features/review/ReviewView.tsx'
import { StatementsTable } from '../../../../renderer/features/sync/StatementsTable.tsx'
import { GoldScoreSchema } from '../../../../shared/domain/gold.ts'
import type { Role } from '../../../../shared/domain/role.ts'
import type { ReviewRow } from '../../../../shared/rpc/reviewing.ts'
import { WorkspaceInfoSchema } from '../../../../shared/rpc/workspace.ts'
import { StatementRowSchema } from '../../../../shared/rpc/syncStatus.ts'
import { useEngineData } from '../../../../renderer/bridge/useEngineData.ts'
import { FakeEngine } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at, revisionId } from '../../../builders/windowRecords.ts'

const info = (roles: Role[]) => WorkspaceInfoSchema.parse({
  kind: 'orchestrator', source: 'http://localhost', location: '/tmp/w', user: { id: 'rita', name: 'Rita', roles }, deviceId: 'device-1', readOnly: false,
  versions: { app: '1', sqlite: '3', betterSqlite3: '13' },
})
const row: ReviewRow = {
  taskId: 'task-1', revisionId, name: 'street.jpg', projectId: 'streets', author: 'ada', receivedAt: at('10:00:00'), late: false, prefetch: 'ready', isHere: true, shapes: 3, minConfidence: 0.42, openThreads: 1,
} as ReviewRow

function review(rows: ReviewRow[], roles: Role[] = ['reviewer']) {
  const engine = new FakeEngine({
    'workspace.info': () => info(roles),
    'projects.list': () => [],
    'reviews.facets': () => ({ total: rows.length, annotators: [{ id: 'ada', waiting: rows.length, reviewed: 4, rejected: 1 }] as never, classes: [] }),
    'reviews.queue': ({ query }) => ({ total: query.sampling.kind === 'all' ? rows.length : 0, waiting: rows.length, rows: query.sampling.kind === 'all' ? rows : [] }),
  })
  renderFeature(<ReviewView onMend={() => {}} />, engine)
  return engine
}

describe('the review', () => {
  beforeEach(() => useReviewStore.getState().reset())

  it('lists what waits with what it takes to choose', async () => {
    review([row])
    const line = await screen.findByRole('row', { name: /street\.jpg/ })
    expect(line.textContent).toContain('ada')
    expect(line.textContent).toContain('42%')
    within(line).getByLabelText('1 open comment')
  })

  it('says when a sample leaves nothing, and clears the filters', async () => {
    review([row])
    await screen.findByRole('row', { name: /street\.jpg/ })
    await userEvent.click(screen.getByRole('combobox', { name: 'Sample' }))
    await userEvent.click(await screen.findByRole('option', { name: 'A random share' }))
    await screen.findByText('Results wait, and none of them is in the sample.')
    const [clear] = screen.getAllByRole('button', { name: 'Clear filters' })
    if (clear === undefined) throw new Error('There is nothing to clear with')
    await userEvent.click(clear)
    await screen.findByRole('row', { name: /street\.jpg/ })
  })

  it('is for reviewers, and says so to others', async () => {
    review([], ['annotator'])
    await screen.findByText('For reviewers')
  })

  it('says that there is nothing to do', async () => {
    review([])
    await screen.findByText('Nothing to review')
  })
})

describe('a rejection', () => {
  it('takes reasons by digits and is sent by a key, but not without any word', async () => {
    const onReject = vi.fn()
    renderFeature(<RejectDialog opened onClose={() => {}} onReject={onReject} />, new FakeEngine({}))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByRole('button', { name: 'Reject' }).hasAttribute('disabled')).toBe(true)
    const [first] = within(dialog).getAllByRole('checkbox')
    first?.focus()
    await userEvent.keyboard('3')
    within(dialog).getByRole('checkbox', { name: /Wrong class/, checked: true })
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect(onReject).toHaveBeenCalledWith(['wrongClass'], '')
  })
})

describe('the score of a result on a gold task', () => {
  const score = GoldScoreSchema.parse({
    revisionId, taskId: 'task-1', author: 'ada', at: at('10:00:00'), threshold: 0.5, matched: 3, missed: 1, extra: 2, wrongClass: 0, precision: 0.6, recall: 0.75, f1: 2 / 3,
    meanSimilarity: 0.9, missedTags: 1, extraTags: 0,
  })

  it('is told with what it is made of, and leads to the answer', async () => {
    const onCompare = vi.fn()
    renderFeature(<GoldLine score={score} onCompare={onCompare} />, new FakeEngine({}))
    const line = screen.getByRole('region', { name: 'Known answer' })
    within(line).getByText('Known answer: 67% (F1)')
    within(line).getByText('Right: 3, missed: 1, too many: 2, wrong class: 0')
    within(line).getByText('Image tags missed: 1, too many: 0')
    await userEvent.click(within(line).getByRole('button', { name: 'Compare with the known answer' }))
    expect(onCompare).toHaveBeenCalledOnce()
  })

  it('is missing where the result was not scored, and the answer can be seen all the same', () => {
    renderFeature(<GoldLine score={undefined} onCompare={vi.fn()} />, new FakeEngine({}))
    screen.getByText(/This result was not scored/)
    screen.getByRole('button', { name: 'Compare with the known answer' })
  })
})

describe('a refused review', () => {
  it('shows why, and is offered again', async () => {
    const rows = [StatementRowSchema.parse({
      id: 'review-1', taskId: 'task-1', name: 'street.jpg', kind: 'review', state: 'dead', attempts: 1, createdAt: at('10:00:00'), error: { at: at('10:00:00'), kind: 'refused', message: 'Reviewing needs the reviewer role' },
    })]
    const engine = new FakeEngine({ 'sync.statements': () => rows, 'sync.retryStatement': () => ({}) })
    const Table = () => <StatementsTable statements={useEngineData('sync.statements', {})} />
    renderFeature(<Table />, engine)
    await screen.findByText('Reviewing needs the reviewer role')
    await userEvent.click(screen.getByRole('button', { name: /street\.jpg/ }))
    await waitFor(() => expect(engine.callsOf('sync.retryStatement')).toEqual([{ id: 'review-1' }]))
  })
})
