import { ActionIcon, Button, Title, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureName } from '../../../shared/rpc/dashboard.ts'
import { DataTable } from '../common/DataTable.tsx'
import classes from './DashboardView.module.css'

/** The numbers of a figure. */
export interface FigureRows { columns: string[]; rows: string[][] }

interface FigureProps {
  name: FigureName
  table: FigureRows
  /** Drawn from the same numbers; without one there is the table alone. */
  chart?: ReactNode
  /** What the figure means, where its name does not say it. */
  note?: string
  wide?: boolean
  onExport: (name: FigureName) => void
}

/** A titled figure: its chart or its table, and the way to take the numbers away. Who cannot see the chart is read the table. */
export function Figure({ name, table, chart, note, wide, onExport }: FigureProps) {
  const { t } = useTranslation()
  const id = useId()
  const [asTable, setAsTable] = useState(false)
  const title = t(`dashboard.figures.${name}`)
  const showsChart = chart !== undefined && !asTable && table.rows.length > 0
  const shown = <FigureTable label={title} table={table} />
  return (
    <section className={classes.figure} aria-labelledby={id} data-wide={wide}>
      <header className={classes.head}>
        <Title order={3} id={id}>{title}</Title>
        {chart !== undefined && table.rows.length > 0 && (
          <Tooltip label={t(asTable ? 'dashboard.asChart' : 'dashboard.asTable')}>
            <ActionIcon aria-label={t(asTable ? 'dashboard.chartOf' : 'dashboard.tableOf', { figure: title })} onClick={() => setAsTable(!asTable)}>
              {asTable ? <IconChartBar size={16} aria-hidden /> : <IconTable size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
        <Button variant="subtle" color="gray" size="compact-xs" aria-label={t('dashboard.exportOf', { figure: title })} onClick={() => onExport(name)}>{t('dashboard.export')}</Button>
      </header>
      {note !== undefined && <p className={classes.note}>{note}</p>}
      {table.rows.length === 0 ? <p className={classes.nothing}>{t('dashboard.nothing')}</p> : showsChart ? (
        <>
          <div aria-hidden>{chart}</div>
          <VisuallyHidden>{shown}</VisuallyHidden>
        </>
      ) : <div className={classes.table}>{shown}</div>}
    </section>
  )
}

function FigureTable({ label, table: { columns, rows } }: { label: string; table: FigureRows }) {
  // Rows are told apart by their places: two classes may have one name.
  const numbered = rows.map((cells, place) => ({ key: String(place), cells }))
  return (
    <DataTable
      label={label} rows={numbered} keyOf={({ key }) => key}
      columns={columns.map((title, place) => ({ title, cell: ({ cells }: (typeof numbered)[number]) => cells[place], ...(place > 0 && { align: 'right' as const }) }))}
    />
  )
}
