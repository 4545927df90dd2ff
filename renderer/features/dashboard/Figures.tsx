import { useTranslation } from 'react-i18next'
import type { DashboardFigures, FigureName } from '../../../shared/rpc/dashboard.ts'
import { useFormat } from '../common/useFormat.ts'
import { AmountChart, CalibrationChart, RecordChart, ThroughputChart, TimeChart } from './charts.tsx'
import classes from './DashboardView.module.css'
import { Figure, type FigureRows } from './Figure.tsx'
import { recordTexts, spreadTexts, tenthText, useDays } from './texts.ts'

/** Of many classes the most frequent ones are drawn; the table has all of them. */
const DRAWN_CLASSES = 15

interface FiguresProps {
  figures: DashboardFigures
  onExport: (name: FigureName) => void
}

/** Every figure with its chart and its table. */
export function Figures(props: FiguresProps) {
  return (
    <div className={classes.grid}>
      <OverTime {...props} />
      <Amounts {...props} />
      <Predictions {...props} />
      <Agreement {...props} />
      <People {...props} />
      <SyncHealth {...props} />
    </div>
  )
}

function OverTime({ figures: { buckets }, onExport }: FiguresProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const day = useDays()
  const judged = buckets.filter(({ reviewed, gold }) => reviewed > 0 || gold !== undefined)
  const timed = buckets.filter(({ taskMs }) => taskMs !== undefined)
  return (
    <>
      <Figure name="throughput" wide onExport={onExport} chart={<ThroughputChart buckets={buckets} />} table={{
        columns: [t('dashboard.columns.start'), t('dashboard.columns.results'), t('dashboard.columns.shapes'), t('dashboard.columns.edits')],
        rows: buckets.map(({ start, results, shapes, edits }) => [day(start), format.number(results), format.number(shapes), format.number(edits)]),
      }} />
      <Figure name="time" wide note={t('dashboard.timeNote')} onExport={onExport} chart={<TimeChart buckets={timed} />} table={{
        columns: [t('dashboard.columns.start'), t('dashboard.columns.taskMedian'), t('dashboard.columns.taskP90'), t('dashboard.columns.shapeMedian'), t('dashboard.columns.shapeP90')],
        rows: timed.map(({ start, taskMs, shapeMs }) => [day(start), ...spreadTexts(taskMs), ...spreadTexts(shapeMs)]),
      }} />
      <Figure name="record" note={t('dashboard.recordNote')} onExport={onExport} chart={<RecordChart buckets={judged} />} table={{
        columns: [t('dashboard.columns.start'), t('dashboard.columns.reviewed'), t('dashboard.columns.rejected'), t('dashboard.columns.rate'), t('dashboard.columns.goldScored'), t('dashboard.columns.goldF1')],
        rows: judged.map(({ start, ...record }) => [day(start), ...recordTexts(format, record)]),
      }} />
    </>
  )
}

function Amounts({ figures: { classes: byClass, coverage, rejections }, onExport }: FiguresProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const table = (first: string, second: string, rows: readonly { name: string; amount: number }[]): FigureRows =>
    ({ columns: [first, second], rows: rows.map(({ name, amount }) => [name, format.number(amount)]) })
  const reasons = rejections.map(({ reason, count }) => ({ name: t(`review.reason.${reason}`), amount: count }))
  const shapes = byClass.map(({ name, shapes: amount }) => ({ name, amount }))
  const states = coverage.map(({ state, tasks }) => ({ name: t(`dashboard.states.${state}`), amount: tasks }))
  return (
    <>
      <Figure name="rejections" onExport={onExport} chart={<AmountChart rows={reasons} label={t('dashboard.columns.count')} />} table={table(t('dashboard.columns.reason'), t('dashboard.columns.count'), reasons)} />
      <Figure name="classes" onExport={onExport} chart={<AmountChart rows={shapes.slice(0, DRAWN_CLASSES)} label={t('dashboard.columns.shapes')} />} table={table(t('dashboard.columns.class'), t('dashboard.columns.shapes'), shapes)} />
      <Figure name="coverage" note={t('dashboard.coverageNote')} onExport={onExport} chart={<AmountChart rows={states} label={t('dashboard.columns.tasks')} />} table={table(t('dashboard.columns.state'), t('dashboard.columns.tasks'), states)} />
    </>
  )
}

function Predictions({ figures: { calibration }, onExport }: FiguresProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Figure name="calibration" note={t('dashboard.calibrationNote')} onExport={onExport} chart={<CalibrationChart rows={calibration} />} table={{
      columns: [t('dashboard.columns.confidence'), t('dashboard.columns.accepted'), t('dashboard.columns.edited'), t('dashboard.columns.rejected'), t('dashboard.columns.acceptance')],
      rows: calibration.map(({ tenth, accepted, edited, rejected }) =>
        [tenthText(format, tenth), format.number(accepted), format.number(edited), format.number(rejected), format.percent(accepted / (accepted + edited + rejected))]),
    }} />
  )
}

function Agreement({ figures: { agreement }, onExport }: FiguresProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (agreement.length === 0) return null
  const data = agreement.map(({ tenth, images }) => ({ name: tenthText(format, tenth), amount: images }))
  return (
    <Figure name="agreement" note={t('dashboard.agreementNote')} onExport={onExport} chart={<AmountChart rows={data} label={t('dashboard.columns.images')} />} table={{
      columns: [t('dashboard.columns.f1'), t('dashboard.columns.images'), t('dashboard.columns.f1Mean')],
      rows: agreement.map(({ tenth, images, f1 }) => [tenthText(format, tenth), format.number(images), format.percent(f1)]),
    }} />
  )
}

function People({ figures: { people }, onExport }: FiguresProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Figure name="people" wide onExport={onExport} table={{
      columns: [
        t('dashboard.columns.person'), t('dashboard.columns.results'), t('dashboard.columns.shapes'), t('dashboard.columns.taskMedian'), t('dashboard.columns.taskP90'),
        t('dashboard.columns.shapeMedian'), t('dashboard.columns.shapeP90'), t('dashboard.columns.reviewed'), t('dashboard.columns.rejected'), t('dashboard.columns.rate'), t('dashboard.columns.goldScored'), t('dashboard.columns.goldF1'),
      ],
      rows: people.map(({ id, results, shapes, taskMs, shapeMs, ...record }) =>
        [id, format.number(results), format.number(shapes), ...spreadTexts(taskMs), ...spreadTexts(shapeMs), ...recordTexts(format, record)]),
    }} />
  )
}

function SyncHealth({ figures: { sync: { waiting, refused, oldestAt, received, receiptMs } }, onExport }: FiguresProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [median, p90] = spreadTexts(receiptMs)
  return (
    <Figure name="sync" note={t('dashboard.syncNote')} onExport={onExport} table={{
      columns: [t('dashboard.columns.fact'), t('dashboard.columns.value')],
      rows: [
        [t('dashboard.columns.waiting'), format.number(waiting)], [t('dashboard.columns.oldest'), oldestAt === undefined ? '–' : format.dateTime(oldestAt)],
        [t('dashboard.columns.refused'), format.number(refused)], [t('dashboard.columns.received'), format.number(received)],
        [t('dashboard.columns.receiptMedian'), median], [t('dashboard.columns.receiptP90'), p90],
      ],
    }} />
  )
}
