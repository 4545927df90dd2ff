/** Colours of the canvas that do not come from the label schema, as CSS colours. */
export interface CanvasTheme {
  readonly selection: string
  readonly handleFill: string
  readonly hover: string
  readonly marqueeFill: string
  readonly crosshair: string
  readonly prediction: string
  readonly problem: string
  readonly magnet: string
  readonly labelFont: string
}

const DEFAULTS: CanvasTheme = {
  selection: '#ffffff', handleFill: '#ffffff', hover: 'rgba(255, 255, 255, 0.7)', marqueeFill: 'rgba(77, 171, 247, 0.15)',
  crosshair: 'rgba(255, 255, 255, 0.6)', prediction: '#ffffff', problem: '#ffb224', magnet: '#ffd43b', labelFont: '11px system-ui, sans-serif',
}

const VARIABLES: Readonly<Record<keyof CanvasTheme, string>> = {
  selection: '--canvas-selection', handleFill: '--canvas-handle-fill', hover: '--canvas-hover', marqueeFill: '--canvas-marquee-fill',
  crosshair: '--canvas-crosshair', prediction: '--canvas-prediction', problem: '--canvas-problem', magnet: '--canvas-magnet', labelFont: '--canvas-label-font',
}

/** Reads the theme from CSS variables in force at `element`; what is not set has a default that suits photographs. */
export function readTheme(element: Element): CanvasTheme {
  const style = getComputedStyle(element)
  const read = (key: keyof CanvasTheme) => style.getPropertyValue(VARIABLES[key]).trim() || DEFAULTS[key]
  return {
    selection: read('selection'), handleFill: read('handleFill'), hover: read('hover'), marqueeFill: read('marqueeFill'),
    crosshair: read('crosshair'), prediction: read('prediction'), problem: read('problem'), magnet: read('magnet'), labelFont: read('labelFont'),
  }
}
