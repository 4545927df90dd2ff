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
  const stack = createStack(host)
  const picture = createImagePicture(stack, image, editor.imageSize, {
    onLoaded() {
      loaded = true
      frames.request('image')
    },
    onStale: () => { frames.request('image') },
    onProblem: events.onImageProblem,
  })
  const shapes = createShapeLayer(stack, editor, () => { frames.request('interaction') })
  const interaction = createSurface(stack)
  /** What has to look different the next time that it is drawn, however the camera moves. */
  const changed = new Set<Layer>()
  const repaint = (...layers: readonly Layer[]) => {
    for (const layer of layers) changed.add(layer)
    frames.request(...layers)
  }

  const draw = (layers: ReadonlySet<Layer>) => {
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
    if (after.cursor !== before.cursor) host.style.cursor = after.cursor
  }
  const stopFollowing = editor.state.subscribe(follow)
  const stopInput = listenToInput(host, editor)
  const removeAids = mountAids(stack, editor, picture.pixels, picture.element)
  const stopSize = followSize(host, editor)
  const stopDensity = followDensity(() => { repaint(...LAYERS) })
  host.style.cursor = editor.state.getState().cursor
  repaint(...LAYERS)
  events.onPixels(picture.pixels)

  return () => {
    for (const stop of [stopFollowing, stopInput, stopSize, stopDensity, removeAids, () => { motion.stop() }]) stop()
    frames.stop()
    for (const layer of [picture, shapes, interaction, stack]) layer.remove()
  }
}

/** Holds the layers. They would inherit the host's cursor, and with each other one the browser would put all of them on the screen again. */
function createStack(host: HTMLElement): HTMLElement {
  const stack = document.createElement('div')
  Object.assign(stack.style, { display: 'contents', cursor: 'default' })
  host.append(stack)
  return stack
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
