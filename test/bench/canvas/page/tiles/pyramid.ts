import type { ImageSource } from '../../../../../shared/rpc/openTask.ts'

/** 1.2 gigapixels in tiles of JPEG. */
export const PYRAMID: Extract<ImageSource, { kind: 'pyramid' }> = {
  kind: 'pyramid', urlTemplate: '/tiles/{level}/{column}_{row}.jpg', width: 40_000, height: 30_000, tileSize: 512, overlap: 0, maxLevel: 16,
}
