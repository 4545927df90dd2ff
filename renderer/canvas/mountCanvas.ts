import type { ImageSource } from '../../shared/rpc/openTask.ts'
import type { Editor } from '../editor/store/editor.ts'
import type { EditorState } from '../editor/store/state.ts'
import { mountAids } from './aids/mountAids.ts'
import { createFrames } from './frames.ts'
import { createMotion } from './held/motion.ts'
import { createImagePicture } from './image/imagePicture.ts'
import type { ImagePixels } from './image/imageLayer.ts'
import { listenToInput } from './input/listenToInput.ts'
import { drawInteractionLayer } from './interaction/interactionLayer.ts'
import { interactionReach } from './interaction/reach.ts'
import { createShapeLayer, shapeLayerChanged } from './shapes/shapeLayer.ts'
import { createSurface } from './surface.ts'
import { readTheme } from './theme.ts'

export interface CanvasEvents {
  /** The image, or the first part of it, has been painted. */
  readonly onImageShown: () => void
  /** Nothing of the image can be shown. */
  readonly onImageProblem: (error: unknown) => void
  /** The image can be looked at beside the view from now on. */
  readonly onPixels: (pixels: ImagePixels) => void
}

const LAYERS = ['image', 'shapes', 'interaction'] as const
type Layer = (typeof LAYERS)[number]

/** Shows an editor's image and shapes inside `host` and leads input to it; the answer takes everything down. */
export function mountCanvas(host: HTMLElement, editor: Editor, image: ImageSource, events: CanvasEvents): () => void {
  let loaded = false
  let shown = false
  let begun = false
  const plate = createPlate(host)
  const picture = createImagePicture(host, image, editor.imageSize, {
    onLoaded() {
      loaded = true
      frames.request('image')
      // Its first painting takes so long that the next frame would be late if it began only then.
      if (begun && !shown) draw(new Set(['image']))
    },
    onStale: () => { frames.request('image') },
    onProblem: events.onImageProblem,
  })
  const shapes = createShapeLayer(host, editor, () => { frames.request('interaction') })
  const interaction = createSurface(host)
  /** What has to look different the next time that it is drawn, however the camera moves. */
  const changed = new Set<Layer>()
  const repaint = (...layers: readonly Layer[]) => {
    for (const layer of layers) changed.add(layer)
    frames.request(...layers)
  }

  const draw = (layers: ReadonlySet<Layer>) => {
    begun = true
    const state = editor.state.getState()
    const theme = readTheme(host)
    const density = window.devicePixelRatio
    const look = { camera: state.camera, view: state.viewSize, density, moving: motion.isMoving() }
    if (layers.has('image')) picture.show(look, changed.delete('image'))
    if (layers.has('shapes')) shapes.show(look, theme, changed.delete('shapes'))
    if (interaction.fit(interactionReach(state, shapes.unsettled()), density) || layers.has('interaction')) {
      interaction.paint((context) => { drawInteractionLayer(context, editor, state, theme, shapes.unsettled()) })
    }
    if (loaded && !shown) {
      shown = true
      events.onImageShown()
    }
  }
  const frames = createFrames<Layer>(draw)
  const motion = createMotion(() => { frames.request('image', 'shapes') })

  const follow = (after: EditorState, before: EditorState) => {
    const moved = after.camera !== before.camera || after.viewSize !== before.viewSize
    if (moved) motion.moved()
    if (shapeLayerChanged(before, after)) repaint('shapes')
    frames.request(...(moved ? LAYERS : ['interaction'] as const))
    if (after.cursor !== before.cursor) plate.style.cursor = after.cursor
  }
  const stopFollowing = editor.state.subscribe(follow)
  const stopInput = listenToInput(host, editor)
  const removeAids = mountAids(host, editor, picture.pixels, picture.element)
  const stopSize = followSize(host, editor)
  const stopDensity = followDensity(() => { repaint(...LAYERS) })
  plate.style.cursor = editor.state.getState().cursor
  repaint(...LAYERS)
  events.onPixels(picture.pixels)

  return () => {
    for (const stop of [stopFollowing, stopInput, stopSize, stopDensity, removeAids, () => { motion.stop() }]) stop()
    frames.stop()
    for (const layer of [picture, shapes, interaction, plate]) layer.remove()
  }
}

/**
 * Lies under the pointer, above nothing, and shows the cursor. The host is no place for that: while it has the focus it paints a ring, and with each other
 * cursor the browser would paint the ring again, as a layer of the size of the window.
 */
function createPlate(host: HTMLElement): HTMLElement {
  const plate = document.createElement('div')
  Object.assign(plate.style, { position: 'absolute', inset: '0' })
  host.append(plate)
  return plate
}

/** Tells the editor the size of its view, now and whenever that changes. */
function followSize(host: HTMLElement, editor: Editor): () => void {
  const measure = () => { editor.dispatch({ type: 'resize', size: { width: host.clientWidth, height: host.clientHeight } }) }
  const observer = new ResizeObserver(measure)
  observer.observe(host)
  // The observer tells the first size only after the first frame was drawn.
  measure()
  return () => { observer.disconnect() }
}

/** Calls `onChange` when the window comes to a screen of another density. */
function followDensity(onChange: () => void): () => void {
  const stop = new AbortController()
  window.addEventListener('resize', onChange, { signal: stop.signal })
  return () => { stop.abort() }
}
