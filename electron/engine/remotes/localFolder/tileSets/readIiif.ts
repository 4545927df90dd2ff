import { z } from 'zod'
import type { PixelSize } from '../../../../../shared/domain/asset.ts'
import { pictureKey } from '../pictureKeys.ts'
import { maxLevelOf, TileSetError, type TileSet } from './tileSet.ts'

const CONTEXT = /^https?:\/\/iiif\.io\/api\/image\/([23])\/context\.json$/
const PHYSDIM = /^https?:\/\/iiif\.io\/api\/annex\/services\/physdim/
const MICROMETRES = { in: 25_400, cm: 10_000, mm: 1000 } as const

const PhysicalSchema = z.object({ profile: z.string().regex(PHYSDIM), physicalScale: z.number().positive(), physicalUnits: z.enum(['in', 'cm', 'mm']) })
const InfoSchema = z.object({
  '@context': z.union([z.string(), z.array(z.unknown())]),
  width: z.int().positive(),
  height: z.int().positive(),
  tiles: z.array(z.object({ width: z.int().min(64).max(4096), height: z.int().positive().optional(), scaleFactors: z.array(z.int().positive()).min(1) })).min(1),
  profile: z.unknown().optional(),
  preferredFormats: z.array(z.string()).optional(),
  service: z.unknown().optional(),
})

/** Whether an `info.json` speaks of a IIIF image and not of something else. */
export function isIiifInfo(value: unknown): boolean {
  return versionOf(value) !== undefined
}

/**
 * Reads the `info.json` of the IIIF Image API 2 (https://iiif.io/api/image/2.1/#image-information) or 3 (https://iiif.io/api/image/3.0/#5-image-information);
 * the tiles are files beside it. A physdim service gives the physical size (https://iiif.io/api/annex/services/#physical-dimensions).
 * @param folder the path of the folder that it is in
 * @throws TileSetError.
 */
export function readIiif(value: unknown, folder: string): TileSet {
  const version = versionOf(value)
  const parsed = InfoSchema.safeParse(value)
  if (version === undefined || !parsed.success) throw new TileSetError('The info.json does not describe an image with tiles')
  const { width, height, tiles, service } = parsed.data
  const square = tiles.find((each) => each.height === undefined || each.height === each.width)
  if (square === undefined) throw new TileSetError('Only square tiles can be read')
  const format = formatOf(parsed.data)
  const common = { kind: 'iiif', filesKey: pictureKey(folder), format, tileSize: square.width, maxLevel: maxLevelOf(square.scaleFactors), version } as const
  return { width, height, ...pixelSizeOf(service), layouts: [{ ...common, wholeRegion: 'full' }, { ...common, wholeRegion: 'pixels' }] }
}

function versionOf(value: unknown): 2 | 3 | undefined {
  const context = z.object({ '@context': z.union([z.string(), z.array(z.unknown())]) }).safeParse(value).data?.['@context']
  const version = [context].flat().map((each) => (typeof each === 'string' ? CONTEXT.exec(each)?.[1] : undefined)).find((each) => each !== undefined)
  if (version === undefined) return undefined
  return version === '2' ? 2 : 3
}

/** JPEG is the format that each level of compliance has. */
function formatOf({ profile, preferredFormats = [] }: z.output<typeof InfoSchema>): 'jpg' | 'png' | 'webp' {
  const inProfile = [profile].flat().flatMap((each) => z.object({ formats: z.array(z.string()) }).safeParse(each).data?.formats ?? [])
  return z.enum(['jpg', 'png', 'webp']).safeParse(preferredFormats[0] ?? inProfile[0]).data ?? 'jpg'
}

function pixelSizeOf(service: unknown): { pixelSize?: PixelSize } {
  const physical = [service].flat().map((each) => PhysicalSchema.safeParse(each).data).find((each) => each !== undefined)
  if (physical === undefined) return {}
  const size = physical.physicalScale * MICROMETRES[physical.physicalUnits]
  return { pixelSize: { x: size, y: size } }
}
