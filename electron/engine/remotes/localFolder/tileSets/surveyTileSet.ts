import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StoredPyramidSchema, type StoredPyramid } from '../../../../../shared/domain/asset.ts'
import { Sha256Schema, type Sha256 } from '../../../../../shared/domain/ids.ts'
import { tileKey, type TileLayout, type TilePlace } from '../../../../../shared/domain/tileKey.ts'
import { picturePathOf } from '../pictureKeys.ts'
import type { TileSet } from './tileSet.ts'

/** Manifests lie in the workspace, under keys that begin with this. */
const MANIFESTS_PREFIX = 'manifests/'
const ATTEMPTS = 5
/** Milliseconds to wait for tiles that are still being written. */
const PAUSE_MS = 1000

/** A pyramid of the folder with the hashes of its tiles. */
export interface SurveyedTileSet {
  manifest: Uint8Array
  sha256: Sha256
  tileSource: StoredPyramid
}

/** Hashes all tiles. Those that are not there after a while are left out, which is told when the image is fetched. */
export async function surveyTileSet(folder: string, { layouts, ...size }: TileSet, signal: AbortSignal): Promise<SurveyedTileSet> {
  const [first] = layouts
  let survey = await hashTiles(folder, first, size, signal)
  for (let attempt = 1; !survey.complete && attempt < ATTEMPTS; attempt++) {
    for (const layout of layouts.slice(1)) {
      const other = await hashTiles(folder, layout, size, signal)
      if (other.complete) survey = other
    }
    if (survey.complete) break
    await delay(PAUSE_MS, undefined, { signal })
    survey = await hashTiles(folder, first, size, signal)
  }
  const manifest = Buffer.from(JSON.stringify({ tiles: survey.tiles }))
  const sha256 = Sha256Schema.parse(createHash('sha256').update(manifest).digest('hex'))
  return { manifest, sha256, tileSource: StoredPyramidSchema.parse({ ...survey.layout, manifestKey: `${MANIFESTS_PREFIX}${sha256}.json`, manifestSha256: sha256 }) }
}

async function hashTiles(folder: string, layout: TileLayout, size: { width: number; height: number }, signal: AbortSignal) {
  const tiles: Record<string, string> = {}
  let complete = true
  for (const place of placesOf(layout, size)) {
    signal.throwIfAborted()
    const bytes = await readFile(join(folder, picturePathOf(tileKey(layout, size, place)) ?? '')).catch(() => undefined)
    if (bytes === undefined) complete = false
    else tiles[`${place.level}/${place.column}_${place.row}`] = createHash('sha256').update(bytes).digest('hex')
    if (!complete) break
  }
  return { layout, tiles, complete }
}

/** Small levels first: where tiles are missing, that is found soon. */
function* placesOf({ tileSize, maxLevel }: TileLayout, { width, height }: { width: number; height: number }): Generator<TilePlace> {
  for (let level = 0; level <= maxLevel; level++) {
    const side = tileSize * 2 ** (maxLevel - level)
    for (let row = 0; row < Math.ceil(height / side); row++) {
      for (let column = 0; column < Math.ceil(width / side); column++) yield { level, column, row }
    }
  }
}
