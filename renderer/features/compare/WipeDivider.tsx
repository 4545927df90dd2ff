import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Compare.module.css'

interface WipeDividerProps { value: number; onChange: (value: number) => void; from: string; to: string }

/** By how many percent the arrows move it, alone and with Shift. */
const [STEP, LEAP] = [2, 10]

/** The line up to which the first content is seen, in percent of the width; dragged, or moved by arrows, Home and End. */
export function WipeDivider({ value, onChange, from, to }: WipeDividerProps) {
  const { t } = useTranslation()
  const move = (next: number) => { onChange(Math.min(100, Math.max(0, next))) }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? LEAP : STEP
    const targets: Readonly<Record<string, number>> = { ArrowLeft: value - step, ArrowRight: value + step, Home: 0, End: 100 }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    move(target)
  }
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const frame = event.currentTarget.parentElement?.getBoundingClientRect()
    if (frame === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    move(((event.clientX - frame.left) / frame.width) * 100)
  }
  return (
    <div
      className={classes.divider} style={{ left: `${value}%` }} role="slider" tabIndex={0} aria-orientation="horizontal"
      aria-label={t('compare.divider', { from, to })} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(value)}
      onKeyDown={onKeyDown} onPointerMove={follow} onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId) }}
    >
      <span className={classes.leftCaption} aria-hidden>{from}</span>
      <span className={classes.rightCaption} aria-hidden>{to}</span>
    </div>
  )
}
