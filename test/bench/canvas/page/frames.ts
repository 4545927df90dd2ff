/** A slow subject is measured for so long, and at least for so many frames. */
const BUDGET_MS = 6_000
const LEAST_FRAMES = 6

/** Milliseconds from one frame of the screen to the next, at 60 in a second. */
export const FRAME_MS = 1000 / 60

/** Frames before the measured ones, so that code is compiled and the pipeline of the browser is full. */
const WARM_UP = 4

/**
 * Takes one step in every frame of the screen and gives the milliseconds from each frame to the next. The browser begins no frame before what the one before
 * last drew has been rasterised, whichever thread does that, so in a row of frames that all change something these are the times of painted frames.
 */
export async function frameTimes(count: number, step: (index: number) => void): Promise<number[]> {
  const times: number[] = []
  const begin = performance.now()
  let before = await nextFrame()
  for (let index = 0; index < count + WARM_UP; index += 1) {
    step(index)
    const now = await nextFrame()
    if (index >= WARM_UP) times.push(now - before)
    before = now
    if (times.length >= LEAST_FRAMES && now - begin > BUDGET_MS) break
  }
  return times
}

/** When the next frame begins, in milliseconds; its callbacks that were asked for earlier have run. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => { requestAnimationFrame(resolve) })
}

/**
 * How far left of the middle the probe is, in CSS pixels: outside of what is watched for rest, and near the target, because the browser puts one box around all
 * that changes on the screen again.
 */
const PROBE_AWAY = 240

/**
 * The time (milliseconds, as `performance.now()`) at which the next frame is on the screen, as the browser reports it for an element that is new in it
 * (Element Timing, WICG): all that the frame shows has been rasterised by then.
 */
export function nextFramePresented(): Promise<number> {
  return new Promise((resolve) => {
    const probe = document.createElement('span')
    probe.textContent = '.'
    Object.assign(probe.style, { position: 'fixed', left: `calc(50% - ${PROBE_AWAY}px)`, top: '50%', color: '#fff', pointerEvents: 'none' })
    probe.setAttribute('elementtiming', 'probe')
    const observer = new PerformanceObserver((list) => {
      const entry = list.getEntries()[0]
      if (entry === undefined || !('renderTime' in entry)) return
      observer.disconnect()
      probe.remove()
      resolve(Number(entry.renderTime))
    })
    observer.observe({ type: 'element' })
    requestAnimationFrame(() => { document.body.append(probe) })
  })
}
