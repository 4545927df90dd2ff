import { createRequire } from 'node:module'

/** The parts of OpenCV's WebAssembly build (https://docs.opencv.org/4.12.0/) that are used here; what it makes must be deleted by hand. */
export interface Mat { readonly rows: number; readonly cols: number; readonly data: Uint8Array; readonly data32S: Int32Array; delete(): void }
export interface Scissors {
  setEdgeFeatureCannyParameters(low: number, high: number): unknown
  setGradientMagnitudeMaxLimit(limit: number): unknown
  applyImage(image: Mat): unknown
  buildMap(from: CvPoint): void
  getContour(to: CvPoint, contour: Mat): void
  delete(): void
}
export interface CvPoint { readonly x: number; readonly y: number }
export interface CvRect extends CvPoint { readonly width: number; readonly height: number }
export interface OpenCv {
  readonly Mat: { new (): Mat; new (rows: number, cols: number, type: number): Mat; zeros(rows: number, cols: number, type: number): Mat }
  readonly segmentation_IntelligentScissorsMB: new () => Scissors
  readonly CV_8UC1: number
  readonly CV_8UC3: number
  readonly FLOODFILL_FIXED_RANGE: number
  readonly FLOODFILL_MASK_ONLY: number
  readonly GC_INIT_WITH_MASK: number
  readonly GC_BGD: number
  readonly GC_FGD: number
  readonly GC_PR_BGD: number
  readonly GC_PR_FGD: number
  floodFill(image: Mat, mask: Mat, seed: CvPoint, value: readonly number[], bounds: CvRect, below: readonly number[], above: readonly number[], flags: number): number
  grabCut(image: Mat, mask: Mat, box: CvRect, background: Mat, foreground: Mat, iterations: number, mode: number): void
  exceptionFromPtr(pointer: number): { readonly msg: string }
}
interface Starting extends OpenCv { onRuntimeInitialized?: () => void }

let loading: Promise<{ cv: OpenCv }> | undefined

/** Loads OpenCV, once in each thread: about a second. Wrapped, for the module has a `then` of its own that never comes to an end. */
export function loadOpenCv(): Promise<{ cv: OpenCv }> {
  loading ??= new Promise((resolve) => {
    const cv = createRequire(import.meta.url)('@techstark/opencv-js') as Starting
    if ('Mat' in cv) resolve({ cv })
    else Object.assign(cv, { onRuntimeInitialized: () => { resolve({ cv }) } })
  })
  return loading
}

/** Runs `work` with a way to note what it makes, and frees all of that afterwards. OpenCV throws numbers: they are told as errors with a text. */
export function withMats<T>(cv: OpenCv, work: (own: <M extends { delete(): void }>(mat: M) => M) => T): T {
  const owned: { delete(): void }[] = []
  try {
    return work((mat) => {
      owned.push(mat)
      return mat
    })
  } catch (error) {
    throw typeof error === 'number' ? new Error(cv.exceptionFromPtr(error).msg) : error
  } finally {
    for (const mat of owned) mat.delete()
  }
}
