/** The most bytes that a frozen revision may have. */
export const SUBMISSION_LIMIT = 64 * 1024 * 1024
