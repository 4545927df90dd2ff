import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './DataTable.module.css'

interface DataTableProps<Row> {
  label: string
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** `key` for a title that is not text. */
  columns: readonly ({ cell: (row: Row) => ReactNode; align?: 'right'; wraps?: true } & ({ title: string; key?: never } | { title: ReactNode; key: string }))[]
}

/** A plain table for lists that are short by nature. */
export function DataTable<Row>({ label, rows, keyOf, columns }: DataTableProps<Row>) {
  return (
    <Table className={classes.table} stickyHeader highlightOnHover aria-label={label} verticalSpacing={5} horizontalSpacing={12}>
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ title, key, align }) => <Table.Th key={key ?? title} ta={align}>{title}</Table.Th>)}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={keyOf(row)}>
            {columns.map(({ title, key, cell, align, wraps }) => <Table.Td key={key ?? title} ta={align} data-wraps={wraps}>{cell(row)}</Table.Td>)}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
