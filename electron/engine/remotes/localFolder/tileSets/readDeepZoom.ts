import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import { pictureKey } from '../pictureKeys.ts'
import { TileSetError, type TileSet } from './tileSet.ts'

const DescriptorSchema = z.object({
  Image: z.object({
    Format: z.enum(['jpg', 'jpeg', 'png', 'webp']),
    Overlap: z.coerce.number().int().min(0).max(64),
    TileSize: z.coerce.number().int().min(64).max(4096),
    Size: z.object({ Width: z.coerce.number().int().positive(), Height: z.coerce.number().int().positive() }),
  }),
})

/** The folder of the tiles that belong to a descriptor `<name>.dzi`. */
export function tileFolderOf(path: string): string {
  return path.replace(/\.dzi$/i, '_files')
}

/** Reads a Deep Zoom descriptor (the XML of http://schemas.microsoft.com/deepzoom/2008 and 2009). @throws TileSetError. */
export function readDeepZoom(text: string, path: string): TileSet {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true, processEntities: false })
  const parsed = DescriptorSchema.safeParse(parser.parse(text))
  if (!parsed.success) throw new TileSetError('The file is no Deep Zoom descriptor')
  const { Format: format, Overlap: overlap, TileSize: tileSize, Size } = parsed.data.Image
  const size = { width: Size.Width, height: Size.Height }
  const maxLevel = Math.ceil(Math.log2(Math.max(size.width, size.height)))
  return { ...size, layouts: [{ kind: 'dzi', filesKey: pictureKey(tileFolderOf(path)), format, tileSize, overlap, maxLevel }] }
}
