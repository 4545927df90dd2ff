/**
 * Flags of V8 for the window's process. Opening a task makes and drops a window full of views; V8 shrinks the space for such short-lived things to a megabyte
 * while a window is idle and then copies what outlives each megabyte, which took a sixth of the time until the next task was on the screen. In megabytes.
 */
export const WINDOW_V8_FLAGS = ['--min-semi-space-size=32', '--max-semi-space-size=32'] as const

/** And for the engine's: by itself V8 lets what thousands of small requests leave behind grow to a hundred mebibytes before it is collected. */
export const ENGINE_V8_FLAGS = ['--optimize-for-size'] as const
