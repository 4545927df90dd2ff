import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineFacts, TimelineMark, TimelineRef, TimelineStep } from '../../../shared/rpc/timeline.ts'
import { stopwatch, useFormat } from '../common/useFormat.ts'
import { stepText } from './stepText.ts'
import { useSteps } from './useSteps.ts'
import classes from './TimeTravel.module.css'

const ROW_HEIGHT = 44
/** A pause is told from this many milliseconds on. */
const PAUSE_MS = 60_000

interface StepListProps { reference: TimelineRef; facts: TimelineFacts; position: number; onSeek: (position: number) => void }

/** Everything that was done, the present step in sight; only the rows in sight exist. */
export function StepList({ reference, facts: { total, marks }, position, onSeek }: StepListProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: total, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 6, initialRect: { width: 340, height: 500 },
  })
  const items = virtualizer.getVirtualItems()
  const stepAt = useSteps(reference, items[0]?.index ?? 0, items.at(-1)?.index ?? 0)
  useEffect(() => {
    if (position > 0) virtualizer.scrollToIndex(position - 1)
  }, [virtualizer, position])
  const onKeyDown = (event: KeyboardEvent) => {
    const target = { ArrowDown: position + 1, ArrowUp: position - 1, Home: 1, End: total }[event.key]
    if (target === undefined) return
    event.preventDefault()
    onSeek(Math.max(0, Math.min(total, target)))
  }
  return (
    <div className={classes.steps} ref={scroller}>
      <div
        role="listbox" aria-label={t('timeTravel.steps')} tabIndex={0} className={classes.stepRows} style={{ height: virtualizer.getTotalSize() }} onKeyDown={onKeyDown}
        aria-activedescendant={position > 0 ? `step-${position}` : undefined}
      >
        {items.map(({ index, start }) => (
          <div
            key={index} id={`step-${index + 1}`} role="option" aria-selected={index + 1 === position} aria-setsize={total} aria-posinset={index + 1} className={classes.step}
            style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }} onClick={() => onSeek(index + 1)}
          >
            <Step step={stepAt(index)} marks={marks.filter((mark) => mark.position === index + 1)} />
          </div>
        ))}
      </div>
    </div>
  )
}

function Step({ step, marks }: { step: TimelineStep | undefined; marks: readonly TimelineMark[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (step === undefined) return null
  const { seq, at, added, changed, removed, pauseMs } = step
  const changes = [added > 0 && `+${format.number(added)}`, changed > 0 && `~${format.number(changed)}`, removed > 0 && `−${format.number(removed)}`].filter((part) => part !== false)
  return (
    <>
      <span className={classes.stepLine}>
        <span className={classes.stepName}>{stepText(t, step)}</span>
        <span className={classes.dim} aria-label={t('timeTravel.changes', { added, changed, removed })}>{changes.join(' ')}</span>
      </span>
      <span className={`${classes.stepLine} ${classes.dim}`}>
        <span>{format.number(seq)} · {format.time(at)}{pauseMs >= PAUSE_MS && ` · ${t('timeTravel.afterPause', { time: stopwatch(pauseMs) })}`}</span>
        {marks.map((mark) => <span key={`${mark.kind} ${mark.at}`} className={classes.mark} data-kind={mark.kind} title={format.dateTime(mark.at)}>{t(`timeTravel.mark.${mark.kind}`, { by: mark.by })}</span>)}
      </span>
    </>
  )
}
