import type { TFunction } from 'i18next'
import type { TimelineStep } from '../../../shared/rpc/timeline.ts'

/** What was done in a step, as "Undo: draw shape". */
export function stepText(t: TFunction, { kind, name }: TimelineStep): string {
  const done = t(`editName.${name}`)
  return kind === 'edit' ? `${done.charAt(0).toLocaleUpperCase()}${done.slice(1)}` : t(`timeTravel.${kind}`, { name: done })
}
