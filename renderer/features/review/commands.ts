/** What a reviewer can do with the result that is open. Hotkeys as @mantine/hooks reads them; they mean other things while annotating. */
export const REVIEW_COMMANDS = {
  accept: { id: 'review.accept', labelKey: 'review.accept', hotkeys: ['A'], scope: 'review' },
  reject: { id: 'review.reject', labelKey: 'review.reject', hotkeys: ['X'], scope: 'review' },
  mend: { id: 'review.mend', labelKey: 'review.mend', hotkeys: ['E'], scope: 'review' },
  comment: { id: 'review.comment', labelKey: 'review.comment', hotkeys: ['C'], scope: 'review' },
  compare: { id: 'review.compare', labelKey: 'review.compare', hotkeys: ['V'], scope: 'review' },
  replay: { id: 'review.replay', labelKey: 'review.replay', hotkeys: ['T'], scope: 'review' },
  next: { id: 'review.next', labelKey: 'review.next', hotkeys: ['D', 'ArrowRight'], scope: 'review' },
  previous: { id: 'review.previous', labelKey: 'review.previous', hotkeys: ['S', 'ArrowLeft'], scope: 'review' },
  leave: { id: 'review.leave', labelKey: 'review.leave', hotkeys: ['Escape'], scope: 'review' },
} as const
export type ReviewCommand = keyof typeof REVIEW_COMMANDS
export const REVIEW_COMMAND_NAMES = Object.keys(REVIEW_COMMANDS) as ReviewCommand[]
