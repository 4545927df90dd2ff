import { IconAlertTriangle } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEvent, AuditFacets, AuditPlace } from '../../../shared/rpc/auditSearch.ts'
import { useFormat } from '../common/useFormat.ts'
import type { EventPages, EventPagesState } from './eventPages.ts'
import { deviceText, kindText } from './eventText.ts'
import classes from './Audit.module.css'

const ROW_HEIGHT = 28
const COLUMNS = ['time', 'kind', 'person', 'task', 'device', 'number', 'server'] as const

interface EventTableProps {
  pages: EventPages
  state: EventPagesState
  facets: AuditFacets
  chosen: AuditPlace | undefined
  onChoose: (place: AuditPlace) => void
}

const isAt = (event: AuditEvent, place: AuditPlace | undefined) => place !== undefined && event.device === place.device && event.epoch === place.epoch && event.seq === place.seq
const rowId = (index: number) => `audit-row-${index}`

/** Events as a table of any length: only the rows in sight exist, and pages are fetched as they come near. */
export function EventTable({ pages, state: { events, next }, facets, chosen, onChoose }: EventTableProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: events.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 10, initialRect: { width: 1000, height: 600 },
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (next !== undefined && last >= events.length - 50) pages.more()
  }, [pages, next, last, events.length])
  const active = events.findIndex((event) => isAt(event, chosen))
  const onKeyDown = (key: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
    const target = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: events.length - 1 }[key.key]
    const event = target === undefined ? undefined : events[Math.max(0, Math.min(events.length - 1, target))]
    if (event === undefined) return
    key.preventDefault()
    onChoose(event)
    virtualizer.scrollToIndex(events.indexOf(event))
  }
  return (
    <div
      className={classes.table} role="grid" aria-label={t('audit.events')} aria-rowcount={next === undefined ? events.length + 1 : -1} tabIndex={0} onKeyDown={onKeyDown}
      aria-activedescendant={active >= 0 ? rowId(active) : undefined}
    >
      <div className={classes.head} role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => <div key={column} role="columnheader" data-column={column}>{t(`audit.columns.${column}`)}</div>)}
      </div>
      <div className={classes.scroller} ref={scroller} role="presentation">
        <div className={classes.rows} role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const event = events[index]
            return event && (
              <div
                key={`${event.device} ${event.epoch} ${event.seq}`} id={rowId(index)} role="row" aria-rowindex={index + 2} aria-selected={index === active} className={classes.row}
                style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }} onClick={() => onChoose(event)}
              >
                <Cells event={event} facets={facets} />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function Cells({ event: { wall, type, actor, taskId, taskName, device, epoch, seq, acknowledged, fault }, facets }: { event: AuditEvent; facets: AuditFacets }) {
  const { t } = useTranslation()
  const format = useFormat()
  const texts: Record<(typeof COLUMNS)[number], string> = {
    time: `${format.date(wall)} ${format.time(wall)}`, kind: kindText(t, type), person: actor ?? '', task: taskName ?? taskId ?? '', device: deviceText(t, device, facets.devices),
    number: `${format.number(epoch)}/${format.number(seq)}`, server: t(acknowledged ? 'history.yes' : 'history.no'),
  }
  return COLUMNS.map((column) => (
    <div key={column} role="gridcell" data-column={column} className={classes.cell}>
      {column === 'kind' && fault !== undefined && <IconAlertTriangle size={13} color="var(--fm-bad)" role="img" aria-label={t(`history.fault.${fault}`)} />}
      {texts[column]}
    </div>
  ))
}
