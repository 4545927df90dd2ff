import type { TFunction } from 'i18next'

const KNOWN = ['offline', 'transient', 'throttled', 'captivePortal', 'corrupt', 'unauthorized', 'grantExpired', 'cursorExpired', 'notFound', 'conflict', 'refused', 'recordRefused', 'massDelete', 'otherUser'] as const

/** What the person can do about a failure of sync, by its kind. */
export function whatToDo(t: TFunction, kind: string): string {
  return t(`sync.todo.${KNOWN.find((known) => known === kind) ?? 'other'}`)
}
