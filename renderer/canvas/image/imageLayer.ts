import type { Box, Size } from '../../../shared/geometry/box.ts'
import { visibleBox } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import { inImagePixels } from '../surface.ts'
import type { Context2D } from '../surface.ts'
import { decodedImages } from './decodedImages.ts'
import type { DecodedImages } from './decodedImages.ts'
import { drawTiles, isSlanted, replaceTiles } from './drawTiles.ts'
import { levelFor, overviewLevel, tilesAround, tilesWithin, tileUrl } from './pyramid.ts'
import type { Pyramid, Tile } from './pyramid.ts'
import { createTileLoader } from './tileLoader.ts'

/** Beyond this zoom (CSS pixels per image pixel) pixels are shown as squares, because people label at pixel edges. */
const SMOOTH_UP_TO_ZOOM = 2

/** The image as far as it has been loaded, for those who look at it beside the view. */
export interface ImagePixels {
  /** Paints what has been loaded, and asks for nothing; `density` is device pixels per CSS pixel. */
  paint(context: Context2D, camera: Camera, view: Size, density: number): void
  /** Calls `listener` when more of the image has arrived; the answer stops it. */
  onLoaded(listener: () => void): () => void
}

export interface ImageLayer extends ImagePixels {
  /** Whether there is nothing to paint yet, and nothing to ask for. */
  isBlank(): boolean
  /** Asks for what is missing of a view that will be painted next, first of all `inView`, in image pixels. */
  ask(camera: Camera, view: Size, density: number, inView: Box): void
  /** Draws over what was painted what has arrived since, for the view that was asked for. */
  drawArrived(context: Context2D, camera: Camera, density: number): void
  dispose(): void
}

export interface ImageLayerEvents {
  /** More of the image has arrived, for `drawArrived`. */
  readonly onLoaded: () => void
  /** The layer should be drawn again as a whole. */
  readonly onStale: () => void
  /** Nothing of the image can be shown. */
  readonly onProblem: (error: unknown) => void
}

export function createImageLayer(image: ImageSource, events: ImageLayerEvents, images: DecodedImages = decodedImages): ImageLayer {
  const listeners = new Set<() => void>()
  const heard: ImageLayerEvents = {
    ...events,
    onLoaded() {
      events.onLoaded()
      for (const listener of listeners) listener()
    },
  }
  const layer = image.kind === 'whole' ? wholeLayer(image, heard, images) : pyramidLayer(image, heard, images)
  return {
    ...layer,
    onLoaded(listener) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
  }
}

type Source = Omit<ImageLayer, 'onLoaded'>

function wholeLayer(image: Extract<ImageSource, { kind: 'whole' }>, { onLoaded, onProblem }: ImageLayerEvents, images: DecodedImages): Source {
  const abort = new AbortController()
  const release = images.hold(image.url)
  images.load(image.url, abort.signal, image).then(onLoaded, (error: unknown) => { if (!abort.signal.aborted) onProblem(error) })
  const paint: Source['paint'] = (context, camera) => {
    inImagePixels(context, camera, () => {
      prepare(context, camera, 'medium')
      const bitmap = images.get(image.url)
      if (bitmap !== undefined) context.drawImage(bitmap, 0, 0, image.width, image.height)
    })
  }
  return {
    isBlank: () => images.get(image.url) === undefined,
    ask: () => undefined,
    drawArrived: (context, camera, density) => { paint(context, camera, image, density) },
    paint,
    dispose() {
      abort.abort()
      release()
    },
  }
}

function pyramidLayer(pyramid: Pyramid, { onLoaded, onStale, onProblem }: ImageLayerEvents, images: DecodedImages): Source {
  const whole: Box = { x: 0, y: 0, width: pyramid.width, height: pyramid.height }
  const overview = tilesWithin(pyramid, overviewLevel(pyramid), whole)
  const releases = overview.map((tile) => images.hold(tileUrl(pyramid, tile)))
  /** The level that was asked for last, and its tiles that have arrived since. */
  let level = 0
  let arrived: Tile[] = []
  const loader = createTileLoader(pyramid, images, {
    onLoaded(tile) {
      // What a coarser tile shows may be covered by finer ones, and what has to be drawn of it is not known here.
      if (tile.level === level) arrived.push(tile)
      else onStale()
      onLoaded()
    },
    onRetry: onStale,
    // A finer tile that is missing leaves a blurred place until it comes; without the overview there is no image.
    onFailed: (tile, error) => { if (tile.level === overview[0]?.level) onProblem(error) },
  })
  // Nothing coarser than the overview, which is there first and always.
  const levelOf = (camera: Camera, density: number) => Math.max(overviewLevel(pyramid), levelFor(pyramid, camera.zoom * density))
  const drawing = (camera: Camera, density: number) => ({ pyramid, camera, density, get: (tile: Tile) => loader.get(tile) })
  const paint: Source['paint'] = (context, camera, view, density) => {
    inImagePixels(context, camera, () => {
      // Each level is at most halved, for which the simplest way of smoothing is good enough.
      prepare(context, camera, 'low')
      // In a slanted view the edges of tiles let through what is below.
      if (isSlanted(camera)) drawTiles(context, overview, drawing(camera, density))
      drawTiles(context, tilesWithin(pyramid, levelOf(camera, density), visibleBox(camera, view)), drawing(camera, density))
    })
  }
  return {
    isBlank: () => false,
    ask(camera, view, density, inView) {
      const drawn = visibleBox(camera, view)
      level = levelOf(camera, density)
      arrived = []
      loader.want({ inView: [...overview, ...tilesWithin(pyramid, level, inView)], beside: tilesWithin(pyramid, level, drawn), ahead: tilesAround(pyramid, level, drawn) })
    },
    drawArrived(context, camera, density) {
      inImagePixels(context, camera, () => {
        prepare(context, camera, 'low')
        replaceTiles(context, arrived, drawing(camera, density))
      })
      arrived = []
    },
    paint,
    dispose() {
      loader.dispose()
      for (const release of releases) release()
    },
  }
}

function prepare(context: Context2D, camera: Camera, quality: ImageSmoothingQuality): void {
  context.imageSmoothingEnabled = camera.zoom <= SMOOTH_UP_TO_ZOOM
  context.imageSmoothingQuality = quality
}
