import { Slider } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './View.module.css'

/** A setting: what it is at the left, how to choose it at the right. */
export function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <span>{label}</span>
      {children}
    </div>
  )
}

interface SliderLineProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  /** The value as a person reads it. */
  text: string
  onChange: (value: number) => void
  disabled?: boolean
  /** Where the slider rests, marked on its track. */
  rest?: number
}

export function SliderLine({ label, value, min, max, step, text, onChange, disabled = false, rest }: SliderLineProps) {
  return (
    <Line label={label}>
      <span className={classes.slider}>
        <Slider
          thumbLabel={label} label={null} value={value} min={min} max={max} step={step} disabled={disabled} onChange={onChange}
          {...(rest !== undefined && { startPointValue: rest })}
        />
        <span className={classes.value}>{text}</span>
      </span>
    </Line>
  )
}
