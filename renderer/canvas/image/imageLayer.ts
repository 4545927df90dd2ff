import type { Box, Size } from '../../../shared/geometry/box.ts'
import { visibleBox } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import { inImagePixels } from '../surface.ts'
import { decodedImages } from './decodedImages.ts'
import type { DecodedImages } from './decodedImages.ts'
import { drawTiles, isSlanted, replaceTiles } from './drawTiles.ts'
import { levelFor, overviewLevel, tilesAround, tilesWithin, tileUrl } from './pyramid.ts'
import type { Pyramid, Tile } from './pyramid.ts'
import { createTileLoader } from './tileLoader.ts'

/** Beyond this zoom (CSS pixels per image pixel) pixels are shown as squares, because people label at pixel edges. */
const SMOOTH_UP_TO_ZOOM = 2

export interface ImageLayer {
  /** Draws what has been loaded and asks for what is missing. */
  draw(context: CanvasRenderingContext2D, camera: Camera, view: Size, density: number): void
  /** Draws over that what has arrived since, for the same camera. */
  drawArrived(context: CanvasRenderingContext2D, camera: Camera, density: number): void
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
  return image.kind === 'whole' ? wholeLayer(image, events, images) : pyramidLayer(image, events, images)
}

function wholeLayer(image: Extract<ImageSource, { kind: 'whole' }>, { onLoaded, onProblem }: ImageLayerEvents, images: DecodedImages): ImageLayer {
  const abort = new AbortController()
  const release = images.hold(image.url)
  images.load(image.url, abort.signal, image).then(onLoaded, (error: unknown) => { if (!abort.signal.aborted) onProblem(error) })
  const draw = (context: CanvasRenderingContext2D, camera: Camera) => {
    inImagePixels(context, camera, () => {
      prepare(context, camera, 'medium')
      const bitmap = images.get(image.url)
      if (bitmap !== undefined) context.drawImage(bitmap, 0, 0, image.width, image.height)
    })
  }
  return {
    draw,
    drawArrived: draw,
    dispose() {
      abort.abort()
      release()
    },
  }
}

function pyramidLayer(pyramid: Pyramid, { onLoaded, onStale, onProblem }: ImageLayerEvents, images: DecodedImages): ImageLayer {
  const whole: Box = { x: 0, y: 0, width: pyramid.width, height: pyramid.height }
  const overview = tilesWithin(pyramid, overviewLevel(pyramid), whole)
  const releases = overview.map((tile) => images.hold(tileUrl(pyramid, tile)))
  /** The level that was drawn last, and its tiles that have arrived since. */
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
  const drawing = (camera: Camera, density: number) => ({ pyramid, camera, density, get: (tile: Tile) => loader.get(tile) })
  return {
    draw(context, camera, view, density) {
      const seen = visibleBox(camera, view)
      level = levelFor(pyramid, camera.zoom * density)
      arrived = []
      const target = tilesWithin(pyramid, level, seen)
      loader.want([...overview, ...target], tilesAround(pyramid, level, seen))
      inImagePixels(context, camera, () => {
        // Each level is at most halved, for which the simplest way of smoothing is good enough.
        prepare(context, camera, 'low')
        // In a slanted view the edges of tiles let through what is below.
        if (isSlanted(camera)) drawTiles(context, overview, drawing(camera, density))
        drawTiles(context, target, drawing(camera, density))
      })
    },
    drawArrived(context, camera, density) {
      inImagePixels(context, camera, () => {
        prepare(context, camera, 'low')
        replaceTiles(context, arrived, drawing(camera, density))
      })
      arrived = []
    },
    dispose() {
      loader.dispose()
      for (const release of releases) release()
    },
  }
}

function prepare(context: CanvasRenderingContext2D, camera: Camera, quality: ImageSmoothingQuality): void {
  context.imageSmoothingEnabled = camera.zoom <= SMOOTH_UP_TO_ZOOM
  context.imageSmoothingQuality = quality
}
