import type { DashboardFilter } from '../../../shared/rpc/dashboard.ts'

export const PERIODS = ['week', 'month', 'quarter', 'all', 'days'] as const
export type Period = (typeof PERIODS)[number]

const DAYS: Partial<Record<Period, number>> = { week: 7, month: 30, quarter: 90 }

/** What a person chose to see. `first` and `last` are days as `2026-05-01`, both included, and count for the period `days` alone. */
export interface Choice { person?: DashboardFilter['person']; projectId?: DashboardFilter['projectId']; period: Period; first: string; last: string; bucket: DashboardFilter['bucket'] }

/** The instants at which a period begins and ends; the days are those of this computer's time zone, and `today` is one of them. */
export function periodOf({ period, first, last }: Pick<Choice, 'period' | 'first' | 'last'>, today: Date): { from?: string; to?: string } {
  if (period === 'days') return { ...(first !== '' && { from: midnight(first, 0) }), ...(last !== '' && { to: midnight(last, 1) }) }
  const days = DAYS[period]
  return days === undefined ? {} : { from: startOfDay(today, 1 - days).toISOString() }
}

function midnight(day: string, later: number): string {
  return startOfDay(new Date(`${day}T12:00:00`), later).toISOString()
}

function startOfDay(of: Date, later: number): Date {
  // By the calendar, because a day may have 23 or 25 hours.
  return new Date(of.getFullYear(), of.getMonth(), of.getDate() + later)
}
