// Takes pictures of the middle of the window, one after the other, to tell when it came to look as it does at rest: whoever draws, on whatever thread, the
// picture is what a person would see.

const WIDTH = 400
const HEIGHT = 300
const PAUSE_MS = 16

/** @param {import('electron').BrowserWindow} window */
export function watchPictures(window) {
  let running = false
  let last = Buffer.alloc(0)
  let changedAt = 0
  let askedAt = 0

  const watch = async () => {
    const [width = WIDTH, height = HEIGHT] = window.getContentSize()
    const rect = { x: Math.round((width - WIDTH) / 2), y: Math.round((height - HEIGHT) / 2), width: WIDTH, height: HEIGHT }
    while (running) {
      const asked = Date.now()
      const picture = (await window.webContents.capturePage(rect)).toBitmap()
      if (!picture.equals(last)) {
        last = picture
        changedAt = Date.now()
      }
      askedAt = asked
      // A picture takes a share of the processor from who is measured.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }

  return {
    start() {
      running = true
      last = Buffer.alloc(0)
      void watch()
    },
    /**
     * Waits until nothing has changed for so long, and stops. When the window first looked like that, as `Date.now()`.
     * @param {number} quietMs
     */
    async rest(quietMs) {
      const since = Date.now()
      while (askedAt < Math.max(changedAt, since) + quietMs) await new Promise((resolve) => setTimeout(resolve, 20))
      running = false
      return changedAt
    },
  }
}
