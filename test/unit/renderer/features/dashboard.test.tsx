import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeEngine, type Handlers } from '../../../builders/fakeEngine.ts'
import { aProject } from '../../../builders/records.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { DashboardView } from '../../../../renderer/features/dashboard/DashboardView.tsx'
import { periodOf } from '../../../../renderer/features/dashboard/period.ts'
import { ClassIdSchema, InstantSchema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import type { DashboardFigures } from '../../../../shared/rpc/dashboard.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'

// Without a layout nothing is drawn, and each chart says so.
beforeEach(() => { vi.spyOn(console, 'warn').mockImplementation(() => undefined) })

const spread = { median: 65_000, p90: 125_000, count: 4 }
const judged = { reviewed: 4, rejected: 1, gold: { scored: 2, f1: 0.9 } }
const [ada, ben] = [UserIdSchema.parse('ada'), UserIdSchema.parse('ben')]

const FIGURES: DashboardFigures = {
  total: { results: 1234, shapes: 20, edits: 90, taskMs: spread, shapeMs: spread, ...judged },
  buckets: [
    { start: '2026-05-04', results: 3, shapes: 11, edits: 50, taskMs: spread, shapeMs: spread, reviewed: 0, rejected: 0 },
    { start: '2026-05-05', results: 1, shapes: 9, edits: 40, ...judged },
  ],
  classes: [{ id: ClassIdSchema.parse('car'), name: 'Car', shapes: 17 }], coverage: [{ state: 'returned', tasks: 2 }],
  rejections: [{ reason: 'wrongClass', count: 1 }], calibration: [{ tenth: 9, accepted: 3, edited: 1, rejected: 0 }], agreement: [{ tenth: 6, images: 2, f1: 0.66 }],
  people: [{ id: ada, results: 4, shapes: 20, taskMs: spread, shapeMs: spread, ...judged }],
  sync: { waiting: 2, refused: 1, oldestAt: InstantSchema.parse('2026-05-05T10:00:00.000Z'), received: 1, receiptMs: spread },
  everybody: [ada, ben],
}
const NOTHING: DashboardFigures = {
  total: { results: 0, shapes: 0, edits: 0, reviewed: 0, rejected: 0 }, buckets: [], classes: [], coverage: [], rejections: [], calibration: [], agreement: [], people: [],
  sync: { waiting: 0, refused: 0, received: 0 }, everybody: [],
}

const dashboardEngine = (over: Handlers = {}) => new FakeEngine({
  'dashboard.figures': () => FIGURES, 'projects.list': () => [aProject()], 'dashboard.export': ({ figure, directory }) => ({ file: `${directory}/${figure}.csv` }), ...over,
})
const view = (directory: string | undefined = '/out') => <DashboardView chooseDirectory={() => Promise.resolve(directory)} />
const rowsOf = (table: HTMLElement) => within(table).getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell').map(({ textContent }) => textContent))

describe('DashboardView', () => {
  it('tells every figure in a table, also where a chart is drawn', async () => {
    const engine = dashboardEngine()
    renderFeature(view(), engine)
    expect(rowsOf(await screen.findByRole('table', { name: 'Throughput' }))).toEqual([['May 4, 2026', '3', '11', '50'], ['May 5, 2026', '1', '9', '40']])
    expect(rowsOf(screen.getByRole('table', { name: 'Time for a task and for a shape' }))).toEqual([['May 4, 2026', '1:05', '2:05', '1:05', '2:05']])
    expect(rowsOf(screen.getByRole('table', { name: 'Rejections and known answers' }))).toEqual([['May 5, 2026', '4', '1', '25%', '2', '90%']])
    expect(rowsOf(screen.getByRole('table', { name: 'Rejections by reason' }))).toEqual([['Wrong class', '1']])
    expect(rowsOf(screen.getByRole('table', { name: 'Class balance' }))).toEqual([['Car', '17']])
    expect(rowsOf(screen.getByRole('table', { name: 'Tasks by state' }))).toEqual([['Returned', '2']])
    expect(rowsOf(screen.getByRole('table', { name: 'Predictions by confidence' }))).toEqual([['90–100 %', '3', '1', '0', '75%']])
    expect(rowsOf(screen.getByRole('table', { name: 'People' }))).toEqual([['ada', '4', '20', '1:05', '2:05', '1:05', '2:05', '4', '1', '25%', '2', '90%']])
    expect(rowsOf(screen.getByRole('table', { name: 'Sync of this workstation' })).map(([name, value]) => `${name}: ${value}`)).toEqual(expect.arrayContaining(['Waiting to send: 2', 'Refused: 1', 'Until the receipt, median: 1:05']))
    expect(screen.getByText('1,234')).toBeTruthy()
    engine.close()
  })

  it('shows a table in place of a chart, and the chart again', async () => {
    const engine = dashboardEngine()
    renderFeature(view(), engine)
    const figure = await screen.findByRole('region', { name: 'Class balance' })
    expect(figure.querySelector('.recharts-responsive-container')).toBeTruthy()
    await userEvent.click(within(figure).getByRole('button', { name: 'Table: Class balance' }))
    expect(figure.querySelector('.recharts-responsive-container')).toBeNull()
    await userEvent.click(within(figure).getByRole('button', { name: 'Chart: Class balance' }))
    expect(figure.querySelector('.recharts-responsive-container')).toBeTruthy()
    engine.close()
  })

  it('asks for a person, a project, a period and weeks', async () => {
    const engine = dashboardEngine()
    renderFeature(view(), engine)
    await screen.findByRole('table', { name: 'People' })
    const choose = async (list: string, option: string) => {
      await userEvent.click(screen.getByRole('combobox', { name: list }))
      await userEvent.click(await screen.findByRole('option', { name: option }))
    }
    await choose('Person', 'ben')
    await choose('Project', 'Streets')
    await choose('Period', 'Chosen days')
    await userEvent.type(screen.getByLabelText('First day'), '2026-05-04')
    await userEvent.type(screen.getByLabelText('Last day'), '2026-05-05')
    await userEvent.click(screen.getByText('Week'))
    await waitFor(() => expect(engine.callsOf('dashboard.figures').at(-1)?.filter).toEqual({
      person: 'ben', projectId: 'project-1', bucket: 'week', from: new Date(2026, 4, 4).toISOString(), to: new Date(2026, 4, 6).toISOString(),
    }))
    engine.close()
  })

  it('has the engine write a figure as CSV, with the filter that is shown, and tells where', async () => {
    const engine = dashboardEngine()
    renderFeature(view(), engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Export CSV: People' }))
    expect(await screen.findByText('Wrote /out/people.csv')).toBeTruthy()
    expect(engine.callsOf('dashboard.export')).toMatchObject([{ figure: 'people', directory: '/out', filter: engine.callsOf('dashboard.figures').at(-1)?.filter }])
    engine.handle('dashboard.export', () => { throw new RpcError('diskFull', 'ENOSPC') })
    await userEvent.click(screen.getByRole('button', { name: 'Export CSV: People' }))
    expect(await screen.findByText('The figure was not exported')).toBeTruthy()
    engine.close()
  })

  it('says so when there is nothing to count yet, nothing in a period, or the figures cannot be had', async () => {
    const engine = dashboardEngine({ 'dashboard.figures': () => NOTHING })
    const { unmount } = renderFeature(view(), engine)
    expect(await screen.findByText('There is nothing to count yet')).toBeTruthy()
    unmount()
    const quiet = dashboardEngine({ 'dashboard.figures': () => ({ ...NOTHING, everybody: [ada] }) })
    const shown = renderFeature(view(), quiet)
    expect(within(await screen.findByRole('region', { name: 'Throughput' })).getByText('Nothing in this period.')).toBeTruthy()
    shown.unmount()
    const broken = dashboardEngine({ 'dashboard.figures': () => { throw new RpcError('databaseDamaged', 'SQLITE_CORRUPT') } })
    renderFeature(view(), broken)
    expect(await screen.findByText('This could not be loaded')).toBeTruthy()
    for (const each of [engine, quiet, broken]) each.close()
  })
})

describe('a period', () => {
  const today = new Date(2026, 4, 10, 15, 30)
  it('of days has today as its last one', () => {
    expect(periodOf({ period: 'week', first: '', last: '' }, today)).toEqual({ from: new Date(2026, 4, 4).toISOString() })
    expect(periodOf({ period: 'all', first: '2026-01-01', last: '' }, today)).toEqual({})
  })

  it('that was chosen includes both its days, and may be open', () => {
    expect(periodOf({ period: 'days', first: '', last: '2026-05-31' }, today)).toEqual({ to: new Date(2026, 5, 1).toISOString() })
  })
})
