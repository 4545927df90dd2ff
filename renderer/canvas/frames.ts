/** Gathers requests to draw and serves them once, at the next frame of the screen. */
export interface Frames<L extends string> {
  request(...layers: readonly L[]): void
  stop(): void
}

export function createFrames<L extends string>(draw: (layers: ReadonlySet<L>) => void): Frames<L> {
  let waiting = new Set<L>()
  let frame: number | undefined
  return {
    request(...layers) {
      for (const layer of layers) waiting.add(layer)
      frame ??= requestAnimationFrame(() => {
        frame = undefined
        const due = waiting
        waiting = new Set()
        draw(due)
      })
    },
    stop() {
      if (frame !== undefined) cancelAnimationFrame(frame)
      frame = undefined
    },
  }
}
