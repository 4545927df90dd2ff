/** Points at which the view is looked at, across and down. */
const GRID = { width: 16, height: 10 }

/** What of a view is covered by tiles, as shares from 0 to 1; `full` by those of full resolution, which are green (see tiles.ts). */
export interface Seen { readonly covered: number; readonly full: number }

const probe = new OffscreenCanvas(GRID.width, GRID.height).getContext('2d', { willReadFrequently: true })

/** Looks at the canvases of a view, but not at a minimap or the like over it. */
export function seenTiles(host: HTMLElement): Seen {
  if (probe === null) throw new Error('There is no 2D context')
  probe.clearRect(0, 0, GRID.width, GRID.height)
  probe.imageSmoothingEnabled = false
  const view = host.getBoundingClientRect()
  const across = GRID.width / view.width
  const down = GRID.height / view.height
  for (const canvas of host.querySelectorAll<HTMLCanvasElement>('canvas:not([data-aid], [data-aid] *)')) {
    // A canvas may reach beyond the view.
    const { left, top, width, height } = canvas.getBoundingClientRect()
    if (width > 0 && canvas.width > 0) probe.drawImage(canvas, (left - view.left) * across, (top - view.top) * down, width * across, height * down)
  }
  const { data } = probe.getImageData(0, 0, GRID.width, GRID.height)
  let covered = 0
  let full = 0
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, , alpha = 0] = data.subarray(at, at + 4)
    if (alpha === 255) covered += 1
    if (alpha === 255 && green > red) full += 1
  }
  const points = GRID.width * GRID.height
  return { covered: covered / points, full: full / points }
}
