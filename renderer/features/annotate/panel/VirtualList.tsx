import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode } from 'react'
import classes from './Panel.module.css'

const ITEM_HEIGHT = 26

interface VirtualListProps<T> {
  label: string
  count: number
  itemAt: (index: number) => T | undefined
  keyOf: (item: T) => string
  isSelected: (item: T) => boolean
  /** The item to bring into sight when it changes; below 0 for none. */
  shownIndex: number
  onSelect: (item: T, extend: boolean) => void
  children: (item: T) => ReactNode
}

/** A list of any length of which only the items in sight exist. */
export function VirtualList<T>({ label, count, itemAt, keyOf, isSelected, shownIndex, onSelect, children }: VirtualListProps<T>) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count, getScrollElement: () => scroller.current, estimateSize: () => ITEM_HEIGHT, overscan: 6, initialRect: { width: 280, height: 300 },
  })
  useEffect(() => {
    if (shownIndex >= 0) virtualizer.scrollToIndex(shownIndex)
  }, [virtualizer, shownIndex])
  return (
    <div className={classes.scroller} ref={scroller}>
      <div role="listbox" aria-label={label} aria-multiselectable className={classes.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = itemAt(index)
          if (item === undefined) return null
          return (
            <div
              key={keyOf(item)} role="option" aria-selected={isSelected(item)} aria-setsize={count} aria-posinset={index + 1}
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
