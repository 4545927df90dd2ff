import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode } from 'react'
import classes from './Panel.module.css'

const ITEM_HEIGHT = 26

interface VirtualListProps<T> {
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  isSelected: (item: T) => boolean
  onSelect: (item: T, extend: boolean) => void
  children: (item: T) => ReactNode
}

/** A list of any length of which only the items in sight exist; a selected item is brought into sight. */
export function VirtualList<T>({ label, items, keyOf, isSelected, onSelect, children }: VirtualListProps<T>) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: items.length, getScrollElement: () => scroller.current, estimateSize: () => ITEM_HEIGHT, overscan: 6, initialRect: { width: 280, height: 300 },
  })
  const selected = items.findIndex(isSelected)
  useEffect(() => {
    if (selected >= 0) virtualizer.scrollToIndex(selected)
  }, [virtualizer, selected])
  return (
    <div className={classes.scroller} ref={scroller}>
      <div role="listbox" aria-label={label} aria-multiselectable className={classes.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index]
          if (item === undefined) return null
          return (
            <div
              key={keyOf(item)} role="option" aria-selected={isSelected(item)} aria-setsize={items.length} aria-posinset={index + 1}
              className={classes.listItem} style={{ transform: `translateY(${start}px)` }}
              onClick={(event) => onSelect(item, event.shiftKey || event.ctrlKey || event.metaKey)}
            >
              {children(item)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
