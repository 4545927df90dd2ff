/** Work in steps of some milliseconds, so that a thread can do something else between them. What is yielded is the share that is done, 0 to 1. */
export type Steps<T> = Generator<number, T, void>

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
