import { useTranslation } from 'react-i18next'

export interface Format {
  /** hh:mm:ss, as on a clock. */
  time: (instant: string) => string
  dateTime: (instant: string) => string
  date: (instant: string) => string
  number: (value: number) => string
  /** A share from 0 to 1 as percent. */
  percent: (share: number) => string
  bytes: (bytes: number) => string
  /** With one digit after the point, where it is not a whole number. */
  decimal: (value: number) => string
  /** Seconds in the largest unit that tells enough: "40 seconds", "6 minutes", "2 hours". */
  duration: (seconds: number) => string
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Numbers, times and sizes as the person's language writes them. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  return keptFormat(i18n.language)
}

/** By language. Making one takes milliseconds, which every component that is mounted would wait for. */
const formats = new Map<string, Format>()

function keptFormat(language: string): Format {
  const kept = formats.get(language)
  if (kept !== undefined) return kept
  const made = formatFor(language)
  formats.set(language, made)
  return made
}

function formatFor(language: string): Format {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' })
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' })
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const number = new Intl.NumberFormat(language)
  const percent = new Intl.NumberFormat(language, { style: 'percent' })
  const byteFormats = BYTE_UNITS.map((unit) => new Intl.NumberFormat(language, { style: 'unit', unit, maximumSignificantDigits: 3 }))
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const inUnit = (value: number, unit: string) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(value)
  return {
    time: (instant) => time.format(new Date(instant)),
    dateTime: (instant) => dateTime.format(new Date(instant)),
    date: (instant) => date.format(new Date(instant)),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    decimal: (value) => decimal.format(value),
    duration(seconds) {
      if (seconds < 90) return inUnit(Math.max(1, Math.round(seconds)), 'second')
      return seconds < 90 * 60 ? inUnit(Math.round(seconds / 60), 'minute') : inUnit(Math.round(seconds / 3600), 'hour')
    },
    bytes(bytes) {
      const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
      return byteFormats[power]?.format(bytes / 1000 ** power) ?? number.format(bytes)
    },
  }
}

/** Milliseconds as m:ss or h:mm:ss, like a stopwatch. */
export function stopwatch(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const rest = String(s).padStart(2, '0')
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${rest}` : `${m}:${rest}`
}
