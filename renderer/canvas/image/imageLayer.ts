import type { Box, Size } from '../../../shared/geometry/box.ts'
import { visibleBox } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import { inImagePixels } from '../surface.ts'
import { loadBitmap } from './loadBitmap.ts'
import { levelFor, overviewLevel, tilesWithin } from './pyramid.ts'
import type { Pyramid } from './pyramid.ts'
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

export function createImageLayer(image: ImageSource, events: ImageLayerEvents): ImageLayer {
  return image.kind === 'whole' ? wholeLayer(image, events) : pyramidLayer(image, events)
}

function wholeLayer(image: Extract<ImageSource, { kind: 'whole' }>, { onLoaded, onProblem }: ImageLayerEvents): ImageLayer {
  const abort = new AbortController()
  let bitmap: ImageBitmap | undefined
  loadBitmap(image.url, abort.signal, image).then(
    (loaded) => {
      if (abort.signal.aborted) return loaded.close()
      bitmap = loaded
      onLoaded()
    },
    (error: unknown) => { if (!abort.signal.aborted) onProblem(error) },
  )
  return {
    draw(context, camera) {
      inImagePixels(context, camera, () => {
        prepare(context, camera)
        if (bitmap !== undefined) context.drawImage(bitmap, 0, 0, image.width, image.height)
      })
    },
    dispose() {
      abort.abort()
      bitmap?.close()
    },
  }
}

function pyramidLayer(pyramid: Pyramid, { onLoaded, onStale, onProblem }: ImageLayerEvents): ImageLayer {
  const whole: Box = { x: 0, y: 0, width: pyramid.width, height: pyramid.height }
  const overview = overviewLevel(pyramid)
  const loader = createTileLoader(pyramid, {
    onLoaded,
    onRetry: onStale,
    // A finer tile that is missing leaves a blurred place until it comes; without the overview there is no image.
    onFailed: (tile, error) => { if (tile.level === overview) onProblem(error) },
  })
  return {
    draw(context, camera, view, density) {
      const seen = visibleBox(camera, view)
      const level = levelFor(pyramid, camera.zoom * density)
      const target = tilesWithin(pyramid, level, seen)
      loader.want([...tilesWithin(pyramid, overview, whole), ...target])
      const complete = target.every((tile) => loader.get(tile) !== undefined)
      inImagePixels(context, camera, () => {
        prepare(context, camera)
        // Coarse tiles first, so that finer ones cover them as they arrive.
        for (let coarse = complete ? level : Math.min(overview, level); coarse <= level; coarse += 1) {
          for (const tile of coarse === level ? target : tilesWithin(pyramid, coarse, seen)) {
            const bitmap = loader.get(tile)
            if (bitmap !== undefined) context.drawImage(bitmap, tile.box.x, tile.box.y, tile.box.width, tile.box.height)
          }
        }
      })
    },
    dispose: () => { loader.dispose() },
  }
}

function prepare(context: CanvasRenderingContext2D, camera: Camera): void {
  context.imageSmoothingEnabled = camera.zoom <= SMOOTH_UP_TO_ZOOM
  context.imageSmoothingQuality = 'medium'
}
