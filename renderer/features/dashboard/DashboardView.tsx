import '@mantine/charts/styles.css'
import { Title } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconChartBar, IconHourglass } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { DashboardFigures, FigureName } from '../../../shared/rpc/dashboard.ts'
import type { RequestOf } from '../../../shared/rpc/channels.ts'
import { describeError, errorDetail } from '../common/describeError.ts'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import view from '../common/View.module.css'
import { stopwatch, useFormat } from '../common/useFormat.ts'
import classes from './DashboardView.module.css'
import { Figures } from './Figures.tsx'
import { FilterBar } from './FilterBar.tsx'
import { periodOf, type Choice } from './period.ts'

/** Counting is dear in a large workspace: it is not done at every change. */
const RECOUNT_MS = 30_000

/** How the work goes, counted from this workspace alone. */
export function DashboardView({ chooseDirectory }: { chooseDirectory: () => Promise<string | undefined> }) {
  const { t } = useTranslation()
  const [choice, setChoice] = useState<Choice>({ period: 'month', first: '', last: '', bucket: 'day' })
  const filter = filterOf(choice)
  const { data, error, reload } = useEngineData('dashboard.figures', { filter })
  useInterval(reload, RECOUNT_MS, { autoInvoke: true })
  const onExport = useExport(filter, chooseDirectory)
  return (
    <section className={view.view} aria-label={t('dashboard.title')}>
      <header className={view.bar}>
        <Title order={2}>{t('dashboard.title')}</Title>
        <div className={view.gap} />
        <FilterBar choice={choice} everybody={data?.everybody ?? []} onChange={setChoice} />
      </header>
      {data === undefined && error !== undefined && <FailedMessage error={error} onRetry={reload} />}
      {data === undefined && error === undefined && <StateMessage icon={IconHourglass} title={t('dashboard.counting')} />}
      {data !== undefined && (isEmpty(data)
        ? <StateMessage icon={IconChartBar} title={t('dashboard.empty')}>{t('dashboard.emptyText')}</StateMessage>
        : <div className={classes.body}><Totals figures={data} /><Figures figures={data} onExport={onExport} /></div>)}
    </section>
  )
}

function filterOf({ person, projectId, bucket, ...period }: Choice): NonNullable<RequestOf<'dashboard.figures'>['filter']> {
  return { bucket, ...periodOf(period, new Date()), ...(person !== undefined && { person }), ...(projectId !== undefined && { projectId }) }
}

/** Nothing was ever done here, whatever the filter. */
function isEmpty({ everybody, buckets, coverage }: DashboardFigures): boolean {
  return everybody.length === 0 && buckets.length === 0 && coverage.length === 0
}

function useExport(filter: RequestOf<'dashboard.figures'>['filter'], chooseDirectory: () => Promise<string | undefined>): (figure: FigureName) => void {
  const { t } = useTranslation()
  const engine = useEngine()
  const write = async (figure: FigureName) => {
    const directory = await chooseDirectory()
    if (directory === undefined) return
    const { file } = await engine.request('dashboard.export', { figure, filter, directory })
    notifications.show({ message: t('dashboard.exported', { file }) })
  }
  return (figure) => void write(figure).catch((error: unknown) => notifications.show({ color: 'red', title: t('dashboard.exportFailed'), message: `${describeError(t, error)} ${errorDetail(error)}` }))
}

function Totals({ figures: { total, sync } }: { figures: DashboardFigures }) {
  const { t } = useTranslation()
  const format = useFormat()
  const facts: [name: string, value: string][] = [
    [t('dashboard.columns.results'), format.number(total.results)], [t('dashboard.columns.shapes'), format.number(total.shapes)], [t('dashboard.columns.edits'), format.number(total.edits)],
    [t('dashboard.columns.taskMedian'), total.taskMs === undefined ? '–' : stopwatch(total.taskMs.median)], [t('dashboard.columns.shapeMedian'), total.shapeMs === undefined ? '–' : stopwatch(total.shapeMs.median)],
    [t('dashboard.columns.rate'), total.reviewed === 0 ? '–' : format.percent(total.rejected / total.reviewed)], [t('dashboard.columns.waiting'), format.number(sync.waiting)],
  ]
  return <dl className={classes.totals} aria-label={t('dashboard.totals')}>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd data-selectable>{value}</dd></div>)}</dl>
}
