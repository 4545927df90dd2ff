import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useTable } from '@tanstack/react-table'
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { TaskRow, TaskSort } from '../../../shared/rpc/taskRows.ts'
import { columns, features, GRID_COLUMNS, type ColumnId, type Line } from './columns.tsx'
import type { TaskWindow, TaskWindowState } from './taskWindow.ts'
import classes from './TaskTable.module.css'

const ROW_HEIGHT = 30
const rowId = (index: number) => `task-row-${index}`

interface TaskTableProps {
  window: TaskWindow
  state: TaskWindowState
  sort: TaskSort
  onSort: (sort: TaskSort) => void
  /** The row that the keyboard is on, by its place in the queue. */
  active: number
  onActive: (index: number) => void
  chosen: TaskId | undefined
  onOpen: (row: TaskRow) => void
}

/** The queue as a table with any number of rows, of which only those in sight exist. */
export function TaskTable({ window, state, sort, onSort, active, onActive, chosen, onOpen }: TaskTableProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const total = state.total ?? 0
  const virtualizer = useVirtualizer({
    count: total, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 8, initialRect: { width: 1200, height: 600 },
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { pages } = state
  const lines = useMemo(() => linesOf(window, pages, first, last, total), [window, pages, first, last, total])
  const table = useTable({
    features, columns, data: lines, manualSorting: true, enableMultiSort: false, getRowId: (line) => String(line.index),
    state: { sorting: sort.by === 'queue' ? [] : [{ id: sort.by, desc: sort.descending }] },
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sort.by === 'queue' ? [] : [{ id: sort.by, desc: sort.descending }]) : update
      onSort(next ? { by: next.id as TaskSort['by'], descending: next.desc } : { by: 'queue', descending: false })
    },
  })

  useEffect(() => window.look(first, last), [window, first, last])
  useEffect(() => {
    if (total > 0) virtualizer.scrollToIndex(Math.min(active, total - 1))
  }, [virtualizer, active, total])

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
    const target = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: total - 1 }[event.key]
    const row = window.row(active)
    if (target !== undefined) onActive(Math.max(0, Math.min(total - 1, target)))
    else if (event.key === 'Enter' && row) onOpen(row)
    else return
    event.preventDefault()
  }

  const byIndex = new Map(table.getRowModel().rows.map((row) => [row.original.index, row]))
  return (
    <div
      className={classes.table} role="grid" aria-label={t('queue.table')} aria-rowcount={total + 1} tabIndex={0} onKeyDown={onKeyDown}
      aria-activedescendant={total > 0 ? rowId(active) : undefined}
    >
      <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: GRID_COLUMNS }}>
        {table.getFlatHeaders().map(({ id, column }) => (
          <HeaderCell
            key={id} id={id as ColumnId} sorted={column.getIsSorted()}
            {...(column.getCanSort() && { onToggle: () => column.toggleSorting(undefined, false) })}
          />
        ))}
      </div>
      <div className={classes.scroller} ref={scroller} role="presentation">
        <div className={classes.rows} role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = byIndex.get(item.index)
            const task = row?.original.row
            return (
              <div
                key={item.key} id={rowId(item.index)} role="row" aria-rowindex={item.index + 2} aria-selected={task !== undefined && task.id === chosen}
                className={classes.row} data-active={item.index === active || undefined} style={placeOf(item)}
                onClick={() => onActive(item.index)} onDoubleClick={() => task && onOpen(task)}
              >
                {row?.getAllCells().map((cell) => (
                  <div key={cell.id} role="gridcell" className={classes.cell} data-column={cell.column.id}>
                    <table.FlexRender cell={cell} />
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function HeaderCell({ id, sorted, onToggle }: { id: ColumnId; sorted: false | 'asc' | 'desc'; onToggle?: () => void }) {
  const { t } = useTranslation()
  const label = t(`queue.columns.${id}`)
  const SortIcon = sorted === 'desc' ? IconChevronDown : IconChevronUp
  const direction = sorted === 'desc' ? 'descending' : 'ascending'
  return (
    <div className={classes.headCell} role="columnheader" data-column={id} aria-sort={sorted ? direction : onToggle ? 'none' : undefined}>
      {onToggle ? (
        <button type="button" className={classes.sort} onClick={onToggle} tabIndex={-1}>
          {label}
          {sorted && <SortIcon size={13} aria-hidden />}
        </button>
      ) : label}
    </div>
  )
}

function placeOf(item: VirtualItem) {
  return { gridTemplateColumns: GRID_COLUMNS, height: item.size, transform: `translateY(${item.start}px)` }
}

/** The lines in sight. `pages` is what they are made of: a new map means new lines. */
function linesOf(window: TaskWindow, pages: TaskWindowState['pages'], first: number, last: number, total: number): Line[] {
  if (total === 0 || pages.size === 0) return []
  return Array.from({ length: last - first + 1 }, (_, offset) => ({ index: first + offset, row: window.row(first + offset) }))
}
