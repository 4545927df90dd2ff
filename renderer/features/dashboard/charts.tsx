import { BarChart, LineChart } from '@mantine/charts'
import { useTranslation } from 'react-i18next'
import type { Calibration, DashboardBucket } from '../../../shared/rpc/dashboard.ts'
import { stopwatch, useFormat } from '../common/useFormat.ts'
import { tenthText, useDays } from './texts.ts'
import classes from './DashboardView.module.css'

// Nothing moves: charts are drawn anew at every change of what they show.
const STILL = { isAnimationActive: false }
const MORE = { color: 'accent.5' }
const LESS = { color: 'gray.5' }
const SMALL = { h: 132, tooltipAnimationDuration: 0, gridAxis: 'x' as const, withLegend: false }
const WHOLE = { allowDecimals: false }
/** Beside few lines every one is named; by itself the chart moves the topmost name inwards and then drops the next one. */
const WHOLE_BESIDE = { ...WHOLE, interval: 0 }

/** Results, shapes and edits one below the other, because their sizes differ too much for one axis. */
export function ThroughputChart({ buckets }: { buckets: readonly DashboardBucket[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const day = useDays()
  const data = buckets.map(({ start, results, shapes, edits }) => ({ start: day(start), results, shapes, edits }))
  return (
    <div className={classes.small}>
      {(['results', 'shapes', 'edits'] as const).map((name) => (
        <div key={name}>
          <span className={classes.caption}>{t(`dashboard.columns.${name}`)}</span>
          <BarChart {...SMALL} data={data} dataKey="start" series={[{ name, label: t(`dashboard.columns.${name}`), ...MORE }]} valueFormatter={format.number} yAxisProps={WHOLE_BESIDE} barProps={STILL} maxBarWidth={48} />
        </div>
      ))}
    </div>
  )
}

// Lines at whole seconds, or several would have the same name.
const inSeconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000)
const ofSeconds = (seconds: number) => stopwatch(seconds * 1000)

/** Median and 90th percentile of the time for a task and for a shape; buckets without work are bridged. */
export function TimeChart({ buckets }: { buckets: readonly DashboardBucket[] }) {
  const { t } = useTranslation()
  const day = useDays()
  const series = [{ name: 'median', label: t('dashboard.columns.median'), ...MORE }, { name: 'p90', label: t('dashboard.columns.p90'), ...LESS }]
  return (
    <div className={classes.small}>
      {(['taskMs', 'shapeMs'] as const).map((name) => (
        <div key={name}>
          <span className={classes.caption}>{t(`dashboard.columns.${name}`)}</span>
          <LineChart
            {...SMALL} h={190} withLegend data={buckets.map((bucket) => ({ start: day(bucket.start), median: inSeconds(bucket[name]?.median), p90: inSeconds(bucket[name]?.p90) }))}
            dataKey="start" series={series} curveType="linear" withDots={buckets.length < 40} connectNulls valueFormatter={ofSeconds} yAxisProps={WHOLE_BESIDE} lineProps={STILL}
          />
        </div>
      ))}
    </div>
  )
}

/** Shares of results that were rejected, and scores on gold tasks where there are some. */
export function RecordChart({ buckets }: { buckets: readonly DashboardBucket[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const day = useDays()
  const data = buckets.map(({ start, reviewed, rejected, gold }) => ({ start: day(start), rate: reviewed > 0 ? rejected / reviewed : undefined, f1: gold?.f1 }))
  const rate = { name: 'rate', label: t('dashboard.columns.rate'), color: 'var(--fm-bad)' }
  const hasGold = buckets.some(({ gold }) => gold !== undefined)
  return (
    <LineChart
      {...SMALL} h={200} data={data} dataKey="start" series={hasGold ? [rate, { name: 'f1', label: t('dashboard.columns.goldF1'), color: 'accent.5' }] : [rate]} withLegend={hasGold} curveType="linear"
      withDots={buckets.length < 40} connectNulls yAxisProps={{ domain: [0, 1] }} valueFormatter={format.percent} lineProps={STILL}
    />
  )
}

/** Amounts by name, the names at the side. */
export function AmountChart({ rows, label }: { rows: readonly { name: string; amount: number }[]; label: string }) {
  const format = useFormat()
  return (
    <BarChart
      {...SMALL} h={Math.max(96, 34 + rows.length * 24)} data={[...rows]} dataKey="name" orientation="vertical" gridAxis="y" xAxisProps={WHOLE} yAxisProps={{ width: 130, interval: 0 }}
      series={[{ name: 'amount', label, ...MORE }]} valueFormatter={format.number} barProps={STILL} maxBarWidth={18}
    />
  )
}

/** What became of predictions, as shares of each tenth of confidence. */
export function CalibrationChart({ rows }: { rows: readonly Calibration[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const data = rows.map(({ tenth, ...fates }) => ({ tenth: tenthText(format, tenth), ...fates }))
  return (
    <BarChart
      {...SMALL} h={220} withLegend data={data} dataKey="tenth" type="percent" valueFormatter={format.number} barProps={STILL}
      series={[
        { name: 'accepted', label: t('dashboard.columns.accepted'), color: 'var(--fm-good)' }, { name: 'edited', label: t('dashboard.columns.edited'), color: 'var(--fm-warn)' },
        { name: 'rejected', label: t('dashboard.columns.rejected'), color: 'var(--fm-bad)' },
      ]}
    />
  )
}
