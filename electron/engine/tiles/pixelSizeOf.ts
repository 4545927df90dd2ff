import readExif from 'exif-reader'
import type { Metadata } from 'sharp'
import type { PixelSize } from '../../../shared/domain/asset.ts'

const MICROMETRES_PER_INCH = 25_400
/** What programs write when they know nothing (dots per inch). */
const PLACEHOLDERS = [72, 96]
/** The decoder gives whole dots per inch: below this they are no measure any more. */
const MIN_DENSITY = 50

/**
 * The physical size of a pixel as the file's resolution gives it (TIFF and JFIF with a unit, PNG per metre); undefined where there is none, where it is
 * a placeholder, and in photographs of a camera, whose resolution only says how large to print.
 */
export function pixelSizeOf({ format, density, resolutionUnit, exif }: Metadata): PixelSize | undefined {
  if (density === undefined || density < MIN_DENSITY || PLACEHOLDERS.includes(density)) return undefined
  if ((format !== 'png' && resolutionUnit === undefined) || (exif !== undefined && isPhotograph(exif))) return undefined
  const size = MICROMETRES_PER_INCH / density
  return { x: size, y: size }
}

function isPhotograph(exif: Buffer): boolean {
  try {
    const { Photo } = readExif(exif)
    return Photo?.ExposureTime !== undefined || Photo?.FNumber !== undefined
  } catch {
    // EXIF data that cannot be read tell nothing.
    return false
  }
}
