/** The camera is at rest when it has not moved for so long: longer than a frame, shorter than anybody waits. */
const REST_MS = 35

/** Tells whether the view is on the move. */
export interface Motion {
  /** The camera has moved. */
  moved(): void
  isMoving(): boolean
  stop(): void
}

/** Calls `onRest` each time that the camera comes to rest. */
export function createMotion(onRest: () => void): Motion {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    moved() {
      clearTimeout(timer)
      timer = setTimeout(() => {
        timer = undefined
        onRest()
      }, REST_MS)
    },
    isMoving: () => timer !== undefined,
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
