import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listenToInput } from '../../../../renderer/canvas/input/listenToInput.ts'
import { createFingers } from '../../../../renderer/canvas/input/pinch.ts'
import { wheelIntent } from '../../../../renderer/canvas/input/wheel.ts'
import type { InputEvent } from '../../../../renderer/editor/input/inputEvent.ts'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'
import { EditorDriver } from '../editor/editorDriver.ts'

const wheel = (over: Record<string, unknown>) => ({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false, ...over })

describe('wheel', () => {
  it('zooms by a mouse wheel, whatever unit the browser reports', () => {
    expect(wheelIntent(wheel({ deltaY: -120, wheelDeltaY: 120 }))).toEqual({ kind: 'zoom', steps: expect.closeTo(0.24) as number })
    expect(wheelIntent(wheel({ deltaY: 3, deltaMode: 1 }))).toEqual({ kind: 'zoom', steps: expect.closeTo(-0.096) as number })
  })

  it('moves the image by a trackpad, and zooms when it is pinched', () => {
    expect(wheelIntent(wheel({ deltaX: 3, deltaY: 8 }))).toEqual({ kind: 'scroll', delta: [-3, -8] })
    expect(wheelIntent(wheel({ deltaY: 8, wheelDeltaY: -24 }))).toEqual({ kind: 'scroll', delta: [-0, -8] })
    expect(wheelIntent(wheel({ deltaY: -10, ctrlKey: true }))).toEqual({ kind: 'zoom', steps: expect.closeTo(0.1) as number })
  })

  it('moves sideways with Shift', () => {
    expect(wheelIntent(wheel({ deltaY: 50, shiftKey: true }))).toEqual({ kind: 'scroll', delta: [-50, 0] })
  })
})

describe('two fingers', () => {
  it('tell how far they part and where their middle goes', () => {
    const fingers = createFingers()
    fingers.down(1, [0, 0])
    expect(fingers.move(1, [10, 0])).toBeUndefined()
    fingers.down(2, [110, 0])
    expect(fingers.move(2, [210, 0])).toEqual({ screen: [110, 0], factor: 2, delta: [50, 0] })
    fingers.up(1)
    expect(fingers.move(2, [300, 0])).toBeUndefined()
  })
})

describe('pointer and keys on the canvas', () => {
  let host: HTMLElement
  let driver: EditorDriver
  let stop: () => void

  beforeEach(() => {
    host = document.createElement('div')
    host.tabIndex = 0
    host.setPointerCapture = vi.fn()
    host.getBoundingClientRect = () => new DOMRect(200, 100, 1000, 800)
    document.body.append(host)
    driver = new EditorDriver()
    driver.editor.look({ ...UPRIGHT, x: 50, y: 60, zoom: 2 })
    stop = listenToInput(host, driver.editor)
  })
  afterEach(() => {
    stop()
    host.remove()
  })

  const pointer = (type: string, clientX: number, clientY: number, init: PointerEventInit = {}) => {
    host.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, pointerType: 'mouse', bubbles: true, ...init }))
  }

  it('draws in image pixels, and takes the focus and the pointer', () => {
    driver.tool('rectangle')
    pointer('pointerdown', 300, 200)
    pointer('pointermove', 400, 300)
    pointer('pointerup', 500, 400)
    expect(driver.shapes[0]?.geometry).toEqual({ kind: 'rectangle', x: 100, y: 110, width: 100, height: 100 })
    expect(host.setPointerCapture).toHaveBeenCalledWith(1)
    expect(document.activeElement).toBe(host)
  })

  it('keeps a key that the tool wants and lets the others go on', () => {
    const heard: string[] = []
    const listener = (event: KeyboardEvent) => { heard.push(event.key) }
    document.addEventListener('keydown', listener)
    const press = (key: string) => host.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    expect([press(' '), press('r')]).toEqual([false, true])
    document.removeEventListener('keydown', listener)
    expect(heard).toEqual(['r'])
    host.dispatchEvent(new FocusEvent('blur'))
    expect(driver.state.cursor).toBe('default')
  })

  const keys = (...names: string[]) => {
    for (const name of names) {
      const [key = name, ...held] = name.split('+').reverse()
      host.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: held.includes('Shift'), altKey: held.includes('Alt'), bubbles: true, cancelable: true }))
    }
  }

  it('draws a box by keys: arrows move the pointer, Enter presses and lets go', () => {
    driver.tool('rectangle')
    // The pointer starts in the middle of the view, at (50 + 500/2, 60 + 400/2) in the image.
    keys('ArrowLeft', 'Enter', 'Alt+ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter')
    expect(driver.shapes[0]?.geometry).toEqual({ kind: 'rectangle', x: 295, y: 260, width: 30, height: 10 })
  })

  it('draws a polygon by keys: each Enter after a movement places a vertex, one without closes', () => {
    driver.tool('polygon')
    keys('Shift+ArrowLeft', 'Enter', 'ArrowRight', 'Enter', 'ArrowDown', 'Enter', 'Enter')
    expect(driver.shapes[0]?.geometry).toEqual({ kind: 'polygon', rings: [[[299.5, 260], [304.5, 260], [304.5, 265]]] })
  })

  it('gives a drawing up when a second finger comes, and zooms with both', () => {
    driver.tool('rectangle')
    const finger = (type: string, id: number, x: number, y: number) => { pointer(type, x, y, { pointerId: id, pointerType: 'touch' }) }
    finger('pointerdown', 1, 300, 300)
    finger('pointermove', 1, 320, 320)
    finger('pointerdown', 2, 420, 320)
    finger('pointermove', 2, 520, 320)
    finger('pointerup', 2, 520, 320)
    finger('pointerup', 1, 320, 320)
    expect(driver.shapes).toEqual([])
    expect(driver.state.camera.zoom).toBeCloseTo(4)
  })

  it('makes the brush in hand wider by Alt and the wheel, and zooms with other tools', async () => {
    driver.tool('brush')
    const turn = () => host.dispatchEvent(new WheelEvent('wheel', { deltaY: -240, altKey: true, clientX: 400, clientY: 300, cancelable: true }))
    turn()
    expect(driver.state).toMatchObject({ brush: { diameter: 39 }, camera: { zoom: 2 } })
    driver.tool('select')
    turn()
    await vi.waitFor(() => { expect(driver.state.camera.zoom).toBeGreaterThan(2) })
  })

  describe('a pen', () => {
    const pen = (type: string, x: number, y: number, init: PointerEventInit = {}) => { pointer(type, x, y, { pointerId: 7, pointerType: 'pen', buttons: 1, pressure: 0.5, ...init }) }
    const finger = (type: string, id: number, x: number, y: number) => { pointer(type, x, y, { pointerId: id, pointerType: 'touch' }) }
    const heard = () => {
      const events: InputEvent[] = []
      const { dispatch } = driver.editor
      driver.editor.dispatch = (event) => {
        events.push(event)
        return dispatch(event)
      }
      return events
    }

    it('tells how hard it is pressed, and a mouse presses fully', () => {
      const events = heard()
      pen('pointerdown', 300, 300)
      pointer('pointermove', 310, 300)
      expect(events).toMatchObject([{ type: 'pointerDown', pressure: 0.5, eraser: false }, { type: 'pointerMove', pressure: 1 }])
    })

    it('erases when it is turned round', () => {
      const events = heard()
      pen('pointerdown', 300, 300, { button: 5, buttons: 32 })
      pen('pointermove', 310, 300, { button: -1, buttons: 32 })
      expect(events).toMatchObject([{ button: 'primary', eraser: true }, { type: 'pointerMove', eraser: true }])
    })

    it('is followed through every place between two frames while it is down', () => {
      const events = heard()
      const move = (buttons: number) => {
        const event = new PointerEvent('pointermove', { clientX: 330, clientY: 300, pointerId: 7, pointerType: 'pen', buttons })
        event.getCoalescedEvents = () => [310, 320, 330].map((clientX) => new PointerEvent('pointermove', { clientX, clientY: 300, pointerId: 7, pointerType: 'pen', buttons }))
        host.dispatchEvent(event)
      }
      move(1)
      expect(events.map((event) => ('screen' in event ? event.screen[0] : undefined))).toEqual([110, 120, 130])
      move(0)
      expect(events).toHaveLength(4)
    })

    it('is not disturbed by the hand that holds it', () => {
      driver.tool('rectangle')
      pen('pointerdown', 300, 300)
      finger('pointerdown', 1, 500, 500)
      finger('pointermove', 1, 520, 520)
      finger('pointerup', 1, 520, 520)
      pen('pointermove', 400, 400)
      pen('pointerup', 400, 400, { buttons: 0, pressure: 0 })
      expect(driver.shapes.map(({ geometry }) => geometry)).toEqual([{ kind: 'rectangle', x: 100, y: 160, width: 50, height: 50 }])
    })

    it('takes over from a palm that touched the view before it', () => {
      driver.tool('rectangle')
      finger('pointerdown', 1, 500, 500)
      finger('pointermove', 1, 560, 560)
      pen('pointerdown', 300, 300)
      pen('pointermove', 400, 400)
      finger('pointermove', 1, 580, 580)
      finger('pointerup', 1, 580, 580)
      pen('pointerup', 400, 400, { buttons: 0, pressure: 0 })
      expect(driver.shapes.map(({ geometry }) => geometry)).toEqual([{ kind: 'rectangle', x: 100, y: 160, width: 50, height: 50 }])
    })
  })

  it('zooms about the pointer over some frames', async () => {
    host.dispatchEvent(new WheelEvent('wheel', { deltaY: -120, clientX: 400, clientY: 300, cancelable: true }))
    await vi.waitFor(() => { expect(driver.state.camera.zoom).toBeCloseTo(2 * Math.exp(0.24)) })
    // The image pixel under the pointer, (50 + 200/2, 60 + 200/2), is still there.
    const { x, y, zoom } = driver.state.camera
    expect([x + 200 / zoom, y + 200 / zoom]).toEqual([expect.closeTo(150), expect.closeTo(160)])
  })

  it('hears nothing more when it is stopped', () => {
    stop()
    driver.tool('point')
    pointer('pointerdown', 300, 200)
    pointer('pointerup', 300, 200)
    expect(driver.shapes).toEqual([])
  })
})
