import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AnnotationCanvas } from '../../../../renderer/canvas/AnnotationCanvas.tsx'
import { EditorDriver } from '../editor/editorDriver.ts'

const IMAGE = { kind: 'whole' as const, url: 'image', width: 1000, height: 800 }

describe('the canvas in the window', () => {
  let resize: () => void

  beforeEach(() => {
    vi.stubGlobal('ResizeObserver', class {
      constructor(callback: () => void) { resize = callback }
      observe(): void { resize() }
      disconnect(): void { resize = () => undefined }
    })
    vi.stubGlobal('fetch', async () => ({ ok: true, blob: async () => 'image' }))
    vi.stubGlobal('createImageBitmap', async () => ({ width: 1000, height: 800, close: () => undefined }))
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(640)
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(480)
  })
  afterEach(() => {
    cleanup()
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })

  it('is found by role and name, takes the keyboard, and tells when the image is shown', async () => {
    const driver = new EditorDriver()
    const onImageShown = vi.fn()
    render(<AnnotationCanvas editor={driver.editor} image={IMAGE} label="Image street.jpg" onImageShown={onImageShown} />)
    const host = screen.getByRole('application', { name: 'Image street.jpg' })
    expect(host.tabIndex).toBe(0)
    expect(host.querySelectorAll(':scope > canvas')).toHaveLength(5)
    expect(driver.state.viewSize).toEqual({ width: 640, height: 480 })
    await vi.waitFor(() => { expect(onImageShown).toHaveBeenCalledOnce() })
  })

  it('paints the image as soon as it comes, without waiting for another frame of the screen', async () => {
    const frames: FrameRequestCallback[] = []
    vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
    let arrive: (response: unknown) => void = () => undefined
    vi.stubGlobal('fetch', () => new Promise((resolve) => { arrive = resolve }))
    const onImageShown = vi.fn()
    render(<AnnotationCanvas editor={new EditorDriver().editor} image={{ ...IMAGE, url: 'slow' }} label="Image" onImageShown={onImageShown} />)
    for (const frame of frames.splice(0)) frame(0)
    expect(onImageShown).not.toHaveBeenCalled()
    arrive({ ok: true, blob: async () => 'image' })
    await vi.waitFor(() => { expect(onImageShown).toHaveBeenCalledOnce() })
  })

  it('knows its size before its first frame, which comes before the browser tells of sizes', () => {
    vi.stubGlobal('ResizeObserver', class { observe(): void { /* tells it later */ } disconnect(): void { /* nothing to end */ } })
    const driver = new EditorDriver()
    render(<AnnotationCanvas editor={driver.editor} image={IMAGE} label="Image" />)
    expect(driver.state.viewSize).toEqual({ width: 640, height: 480 })
  })

  it('shows the cursor of the tool where nothing is painted, so that another one needs no other frame', () => {
    const driver = new EditorDriver()
    render(<AnnotationCanvas editor={driver.editor} image={IMAGE} label="Image" />)
    driver.tool('rectangle')
    const host = screen.getByRole('application')
    const plate = host.querySelector<HTMLElement>(':scope > div')
    expect(plate?.style.cursor).toBe('crosshair')
    // The host paints a focus ring, and the layers their pictures.
    for (const painting of [host, ...host.querySelectorAll('canvas')]) expect(getComputedStyle(painting).cursor).not.toBe('crosshair')
  })

  it('leaves nothing behind', () => {
    const driver = new EditorDriver()
    const { unmount } = render(<AnnotationCanvas editor={driver.editor} image={IMAGE} label="Image" />)
    const host = screen.getByRole('application')
    const plate = host.querySelector<HTMLElement>(':scope > div')
    unmount()
    expect(host.children).toHaveLength(0)
    driver.tool('rectangle')
    expect(plate?.style.cursor).toBe('default')
  })
})
