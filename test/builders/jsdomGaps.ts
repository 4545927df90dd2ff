import { notifications } from '@mantine/notifications'
import { afterEach, vi } from 'vitest'
import { cleanup, configure } from '@testing-library/react'

// A busy machine may need longer than the library's second until a view has painted itself.
configure({ asyncUtilTimeout: 5_000 })

// What the component library asks of a browser and jsdom does not have.
class NoResize {
  observe() {}
  unobserve() {}
  disconnect() {}
}

if (typeof window !== 'undefined') {
  window.ResizeObserver ??= NoResize
  window.matchMedia ??= (query: string) => ({
    matches: false, media: query, onchange: null, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {}, dispatchEvent: () => false,
  })
  window.requestIdleCallback ??= (work) => window.setTimeout(() => work({ didTimeout: false, timeRemaining: () => 10 }))
  window.cancelIdleCallback ??= (handle) => window.clearTimeout(handle)
  window.HTMLElement.prototype.scrollIntoView ??= () => {}
  // Without a layout every element has no size, and a virtual list would show nothing.
  Object.defineProperties(window.HTMLElement.prototype, {
    offsetHeight: { get: () => 600 }, offsetWidth: { get: () => 1200 }, clientHeight: { get: () => 600 }, clientWidth: { get: () => 1200 },
  })
  window.HTMLElement.prototype.scrollTo = vi.fn() as never
  window.HTMLCanvasElement.prototype.getContext = () => null
  afterEach(() => {
    cleanup()
    // Notifications outlive the components that show them.
    notifications.clean()
  })
}

// A field that grows with its text listens to fonts that arrive.
if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: new EventTarget() })
