import type { Adjustments } from '../../editor/store/adjustments.ts'
import { filterTables } from './filterTables.ts'

const NAMESPACE = 'http://www.w3.org/2000/svg'
const ID = 'image-adjustments'
/** The CSS filter that shows a canvas in the colours that the person chose; no filter where none is in force. */
export const ADJUSTED = `url(#${ID})`

/** An SVG filter in the page: the compositor applies it to what is on the screen, and no pixel of the image is touched. */
export interface AdjustmentFilter {
  set(adjustments: Adjustments): void
  remove(): void
}

export function createAdjustmentFilter(host: HTMLElement): AdjustmentFilter {
  const svg = element('svg', { width: '0', height: '0', 'aria-hidden': 'true' })
  svg.style.position = 'absolute'
  // Values count as they are stored, not as amounts of light.
  const filter = element('filter', { id: ID, x: '0', y: '0', width: '1', height: '1', 'color-interpolation-filters': 'sRGB' })
  svg.append(filter)
  host.append(svg)
  return {
    set(adjustments) { filter.replaceChildren(...primitives(adjustments)) },
    remove: () => { svg.remove() },
  }
}

function primitives(adjustments: Adjustments): Element[] {
  const { mix, tables } = filterTables(adjustments)
  const transfer = element('feComponentTransfer', {})
  tables.forEach((table, channel) => {
    const values = table.map((value) => value.toFixed(4)).join(' ')
    transfer.append(element(`feFunc${'RGB'[channel] ?? ''}`, { type: 'table', tableValues: values }))
  })
  if (mix === undefined) return [transfer]
  const row = `${mix.join(' ')} 0 0`
  return [element('feColorMatrix', { type: 'matrix', values: `${row} ${row} ${row} 0 0 0 1 0` }), transfer]
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(NAMESPACE, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}
