import { adjustmentsShown } from '../../editor/store/adjustments.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { ADJUSTED, createAdjustmentFilter } from '../adjust/adjustmentFilter.ts'
import { createFrames } from '../frames.ts'
import type { ImagePixels } from '../image/imageLayer.ts'
import { createSurface } from '../surface.ts'
import { readTheme } from '../theme.ts'
import { createLoupe } from './loupe.ts'
import { gridStrength, paintPixelGrid } from './pixelGrid.ts'

/** What helps to see the image, on top of its canvas `image`: adjusted colours, the pixel grid and the loupe. The answer takes it away. */
export function mountAids(host: HTMLElement, editor: Editor, pixels: ImagePixels, image: HTMLCanvasElement): () => void {
  const filter = createAdjustmentFilter(host)
  const grid = createSurface(host)
  grid.element.dataset['aid'] = 'pixelGrid'
  image.after(grid.element)
  const loupe = createLoupe(host, editor, pixels)
  const cssFilter = () => (adjustmentsShown(editor.state.getState()) === undefined ? '' : ADJUSTED)

  const adjust = (state: EditorState) => {
    const shown = adjustmentsShown(state)
    if (shown !== undefined) filter.set(shown)
    image.style.filter = cssFilter()
  }
  const drawGrid = ({ camera, viewSize, display }: EditorState) => {
    // Without lines there is no canvas either, which would cost the compositor a layer.
    grid.element.hidden = !display.pixelGrid || gridStrength(camera.zoom) === 0
    if (grid.element.hidden) return
    const density = window.devicePixelRatio
    grid.fit({ x: 0, y: 0, ...viewSize }, density)
    grid.paint((context) => { paintPixelGrid(context, camera, viewSize, editor.imageSize, density) })
  }
  const frames = createFrames<'adjust' | 'grid' | 'loupe'>((due) => {
    const state = editor.state.getState()
    if (due.has('adjust')) adjust(state)
    if (due.has('grid')) drawGrid(state)
    loupe.draw(state, readTheme(host), window.devicePixelRatio, cssFilter())
  })
  const stopFollowing = editor.state.subscribe((after, before) => {
    if (after.adjustments !== before.adjustments || after.adjusted !== before.adjusted) frames.request('adjust')
    if (after.camera !== before.camera || after.viewSize !== before.viewSize || after.display !== before.display) frames.request('grid')
    if (after.loupe || before.loupe) frames.request('loupe')
  })
  const stopLoading = pixels.onLoaded(() => { frames.request('loupe') })
  frames.request('adjust', 'grid', 'loupe')

  return () => {
    stopFollowing()
    stopLoading()
    frames.stop()
    for (const aid of [filter, grid, loupe]) aid.remove()
  }
}
