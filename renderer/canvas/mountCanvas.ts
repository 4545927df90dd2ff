import type { ImageSource } from '../../shared/rpc/openTask.ts'
import type { Editor } from '../editor/store/editor.ts'
import type { EditorState } from '../editor/store/state.ts'
import { createFrames } from './frames.ts'
import { createImageLayer } from './image/imageLayer.ts'
import { listenToInput } from './input/listenToInput.ts'
import { drawInteractionLayer } from './interaction/interactionLayer.ts'
import { drawShapeLayer, shapeLayerChanged } from './shapes/shapeLayer.ts'
import { createSurface } from './surface.ts'
import { readTheme } from './theme.ts'

export interface CanvasEvents {
  /** The image, or the first part of it, has been painted. */
  readonly onImageShown: () => void
  /** Nothing of the image can be shown. */
  readonly onImageProblem: (error: unknown) => void
}

const LAYERS = ['image', 'shapes', 'interaction'] as const
type Layer = (typeof LAYERS)[number]

/** Shows an editor's image and shapes inside `host` and leads input to it; the answer takes everything down. */
export function mountCanvas(host: HTMLElement, editor: Editor, image: ImageSource, events: CanvasEvents): () => void {
  const surfaces = { image: createSurface(host), shapes: createSurface(host), interaction: createSurface(host) }
  let loaded = false
  let shown = false
  const imageLayer = createImageLayer(image, {
    onLoaded() {
      loaded = true
      frames.request('image')
    },
    onStale: () => { frames.request('image') },
    onProblem: events.onImageProblem,
  })

  const draw = (layers: ReadonlySet<Layer>) => {
    const state = editor.state.getState()
    const theme = readTheme(host)
    const density = window.devicePixelRatio
    for (const layer of LAYERS) {
      const resized = surfaces[layer].fit(state.viewSize, density)
      if (!resized && !layers.has(layer)) continue
      surfaces[layer].paint((context) => {
        if (layer === 'image') imageLayer.draw(context, state.camera, state.viewSize, density)
        else if (layer === 'shapes') drawShapeLayer(context, editor, state, theme)
        else drawInteractionLayer(context, editor, state, theme)
      })
    }
    if (loaded && !shown) {
      shown = true
      events.onImageShown()
    }
  }
  const frames = createFrames<Layer>(draw)

  const follow = (after: EditorState, before: EditorState) => {
    if (after.camera !== before.camera || after.viewSize !== before.viewSize) frames.request(...LAYERS)
    else if (shapeLayerChanged(before, after)) frames.request('shapes', 'interaction')
    else frames.request('interaction')
    if (after.cursor !== before.cursor) host.style.cursor = after.cursor
  }
  const stopFollowing = editor.state.subscribe(follow)
  const stopInput = listenToInput(host, editor)
  const observer = new ResizeObserver(() => { editor.dispatch({ type: 'resize', size: { width: host.clientWidth, height: host.clientHeight } }) })
  observer.observe(host)
  const stopDensity = followDensity(() => { frames.request(...LAYERS) })
  host.style.cursor = editor.state.getState().cursor
  frames.request(...LAYERS)

  return () => {
    for (const stop of [stopFollowing, stopInput, stopDensity]) stop()
    observer.disconnect()
    frames.stop()
    imageLayer.dispose()
    for (const layer of LAYERS) surfaces[layer].remove()
  }
}

/** Calls `onChange` when the window comes to a screen of another density. */
function followDensity(onChange: () => void): () => void {
  const stop = new AbortController()
  window.addEventListener('resize', onChange, { signal: stop.signal })
  return () => { stop.abort() }
}
