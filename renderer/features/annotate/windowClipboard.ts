import { createClipboard } from '../../editor/store/clipboard.ts'

/** What was copied last in this window, across its tasks. The sandbox keeps pages from the system's clipboard. */
export const windowClipboard = createClipboard()
