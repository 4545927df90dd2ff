import type { Box, Size } from '../../../shared/geometry/box.ts'
import { visibleBox } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import { inImagePixels } from '../surface.ts'
import { decodedImages } from './decodedImages.ts'
import type { DecodedImages } from './decodedImages.ts'
import { drawTiles } from './drawTiles.ts'
import { levelFor, overviewLevel, tilesAround, tilesWithin, tileUrl } from './pyramid.ts'
import type { Pyramid, Tile } from './pyramid.ts'
import { createTileLoader } from './tileLoader.ts'

/** Beyond this zoom (CSS pixels per image pixel) pixels are shown as squares, because people label at pixel edges. */
const SMOOTH_UP_TO_ZOOM = 2

export interface ImageLayer {
  /** Draws what has been loaded and asks for what is missing. */
  draw(context: CanvasRenderingContext2D, camera: Camera, view: Size, density: number): void
  dispose(): void
}

export interface ImageLayerEvents {
  /** More of the image has arrived. */
  readonly onLoaded: () => void
  /** The layer should be drawn again. */
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
  return {
    draw(context, camera) {
      inImagePixels(context, camera, () => {
        prepare(context, camera, 'medium')
        const bitmap = images.get(image.url)
        if (bitmap !== undefined) context.drawImage(bitmap, 0, 0, image.width, image.height)
      })
    },
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
  const loader = createTileLoader(pyramid, images, {
    onLoaded,
    onRetry: onStale,
    // A finer tile that is missing leaves a blurred place until it comes; without the overview there is no image.
    onFailed: (tile, error) => { if (tile.level === overview[0]?.level) onProblem(error) },
  })
  return {
    draw(context, camera, view, density) {
      const seen = visibleBox(camera, view)
      const level = levelFor(pyramid, camera.zoom * density)
      const target = tilesWithin(pyramid, level, seen)
      loader.want([...overview, ...target], tilesAround(pyramid, level, seen))
      inImagePixels(context, camera, () => {
        // Each level is at most halved, for which the simplest way of smoothing is good enough.
        prepare(context, camera, 'low')
        const drawing = { pyramid, camera, density, get: (tile: Tile) => loader.get(tile) }
        // In a slanted view the edges of tiles let through what is below.
        if (camera.rotation % 90 !== 0) drawTiles(context, overview, drawing)
        drawTiles(context, target, drawing)
      })
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
