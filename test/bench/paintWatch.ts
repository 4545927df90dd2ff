import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** What the benchmark put into the page. */
    paintWatch: {
      /** Milliseconds from pressing the key that does it until another image than before is on the screen. */
      next: Promise<number>
      watch(): void
      /** Decodes and draws the image that came last, and nothing else; milliseconds. */
      bare(): Promise<number>
    }
  }
}

/** Makes a page time its own pictures: from a key to the frame after the one that drew another bitmap. */
export async function installPaintWatch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const draw = Reflect.get(CanvasRenderingContext2D.prototype, 'drawImage') as (...args: unknown[]) => void
    let drawnLast: ImageBitmap | undefined
    const bareCanvas = document.createElement('canvas')
    Object.assign(bareCanvas.style, { position: 'fixed', inset: '0', pointerEvents: 'none', visibility: 'hidden' })
    document.body.append(bareCanvas)
    let address: string | undefined
    let onNewBitmap: () => void = () => undefined
    // The callback of a frame runs before it is shown; the next task after it runs when it has been.
    const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

    const post = Reflect.get(Worker.prototype, 'postMessage') as (...args: unknown[]) => void
    Object.assign(Worker.prototype, {
      // A thread decodes the images: see renderer/canvas/image/messages.ts.
      postMessage(this: Worker, message: { kind?: unknown; url?: unknown }, ...rest: unknown[]) {
        if (message.kind === 'load' && typeof message.url === 'string') address = message.url
        post.call(this, message, ...rest)
      },
    })
    // Whole images are drawn off the screen, tiles on it.
    for (const { prototype } of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
      const drawHere = Reflect.get(prototype, 'drawImage') as (...args: unknown[]) => void
      Object.assign(prototype, {
        drawImage(this: unknown, image: unknown, ...rest: unknown[]) {
          drawHere.call(this, image, ...rest)
          // Images are decoded ahead and kept, so one that was seen before may come again.
          if (!(image instanceof ImageBitmap) || image === drawnLast) return
          drawnLast = image
          onNewBitmap()
        },
      })
    }

    window.paintWatch = {
      next: Promise.resolve(0),
      watch() {
        const keyDown = new Promise<number>((resolve) => window.addEventListener('keydown', () => { resolve(performance.now()) }, { capture: true, once: true }))
        const drawnOnce = new Promise<void>((resolve) => { onNewBitmap = resolve })
        this.next = Promise.all([keyDown, drawnOnce.then(painted)]).then(([begin]) => performance.now() - begin)
      },
      async bare() {
        if (address === undefined) throw new Error('No image has been decoded')
        const source = await (await fetch(address)).blob()
        const shown = document.querySelector('[role="application"] canvas')
        if (!(shown instanceof HTMLCanvasElement)) throw new Error('No canvas is shown')
        bareCanvas.width = shown.width
        bareCanvas.height = shown.height
        const begin = performance.now()
        const bitmap = await createImageBitmap(source)
        await new Promise<void>((resolve) => requestAnimationFrame(() => {
          const scale = Math.min(shown.width / bitmap.width, shown.height / bitmap.height)
          const context = bareCanvas.getContext('2d')
          if (context) draw.call(context, bitmap, 0, 0, bitmap.width * scale, bitmap.height * scale)
          resolve()
        }))
        await painted()
        const time = performance.now() - begin
        bitmap.close()
        return time
      },
    }
  })
}
