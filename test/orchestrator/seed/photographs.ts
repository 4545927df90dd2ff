import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import sharp from 'sharp'
import type { Sharp } from 'sharp'

/** The packages whose photographs and rasters the demo uses; all of them are dependencies of this project. */
const facePackage = packageRoot('@vladmandic/face-api')
const globePackage = packageRoot('three-globe')

/** Where the face detector's weights and code lie. */
export const faceModelFolder = join(facePackage, 'model')
export const faceApiBundle = join(facePackage, 'dist', 'face-api.js')

export const PHOTOGRAPHS = {
  sample1: join(facePackage, 'demo', 'sample1.jpg'),
  sample2: join(facePackage, 'demo', 'sample2.jpg'),
  sample3: join(facePackage, 'demo', 'sample3.jpg'),
  sample4: join(facePackage, 'demo', 'sample4.jpg'),
  sample5: join(facePackage, 'demo', 'sample5.jpg'),
  sample6: join(facePackage, 'demo', 'sample6.jpg'),
  /** NASA Blue Marble without clouds, 4096 x 2048, one pixel for 0.088 degrees. */
  day: join(globePackage, 'example', 'img', 'earth-blue-marble.jpg'),
  /** City lights at night, same grid. */
  night: join(globePackage, 'example', 'img', 'earth-night.jpg'),
  /** Clouds as white with transparency, same grid. */
  clouds: join(globePackage, 'example', 'clouds', 'clouds.png'),
} as const

/** What a demo picture may be cut from; `cloudyDay` is `day` with `clouds` laid over it. */
export type PhotographName = keyof typeof PHOTOGRAPHS | 'cloudyDay'

/** Decoded pixels: three bytes each (red, green, blue), rows from the top, no padding. */
export type Raster = { readonly width: number; readonly height: number; readonly data: Uint8Array }

/** Decodes a photograph. Transparent parts come out over black. */
export async function readPhotograph(name: PhotographName): Promise<Raster> {
  const image = name === 'cloudyDay' ? sharp(PHOTOGRAPHS.day).composite([{ input: PHOTOGRAPHS.clouds }]) : sharp(PHOTOGRAPHS[name])
  return decode(image)
}

/** Decodes an image file that holds no transparency that matters. */
export async function readImageFile(file: string): Promise<Raster> {
  return decode(sharp(file))
}

/** Encodes pixels as a JPEG. The same input gives the same bytes with sharp's native and WebAssembly builds of one version. */
export async function encodeJpeg(raster: Raster, quality: number): Promise<Uint8Array> {
  const raw = { width: raster.width, height: raster.height, channels: 3 as const }
  return sharp(raster.data, { raw }).jpeg({ quality }).toBuffer()
}

/** Copies a part of an image. @throws RangeError when the part is not wholly inside. */
export function cut(raster: Raster, left: number, top: number, width: number, height: number): Raster {
  if (left < 0 || top < 0 || left + width > raster.width || top + height > raster.height) {
    throw new RangeError(`${width}x${height} at ${left},${top} is outside of ${raster.width}x${raster.height}`)
  }
  const data = new Uint8Array(width * height * 3)
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * raster.width + left) * 3
    data.set(raster.data.subarray(start, start + width * 3), row * width * 3)
  }
  return { width, height, data }
}

async function decode(image: Sharp): Promise<Raster> {
  // sharp flattens before it composites; the alpha channel that compositing adds is opaque and goes last.
  const { data, info } = await image.flatten({ background: '#000000' }).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  if (info.channels !== 3) throw new Error(`expected three channels, found ${info.channels}`)
  return { width: info.width, height: info.height, data }
}

function packageRoot(name: string): string {
  // Both keep their entry in dist/, and one hides its package.json from require.
  return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..')
}
