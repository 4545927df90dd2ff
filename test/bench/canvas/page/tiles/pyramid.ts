import type { ImageSource } from '../../../../../shared/rpc/openTask.ts'

/** 1.2 gigapixels in tiles of JPEG. */
export const PYRAMID: Extract<ImageSource, { kind: 'pyramid' }> = {
  kind: 'pyramid', urlTemplate: '/tiles/{level}/{column}_{row}.jpg', width: 40_000, height: 30_000, tileSize: 512, overlap: 0, maxLevel: 16,
}

/** Where the pan begins, in image pixels. */
export const PAN_FROM = { x: 17_300, y: 12_700 }
const FAR = 20 * PYRAMID.tileSize
/** Places to jump to, which lie alike on the grid of tiles, too far apart to share any of full resolution; from the last one the pan begins. */
export const JUMPS = [[-1, -1], [1, -1], [-1, 1], [1, 1], [0, 0]].map(([across = 0, down = 0]) => ({ x: PAN_FROM.x + across * FAR, y: PAN_FROM.y + down * FAR }))
