import { UPRIGHT, cameraToFit } from '../../../../../shared/geometry/camera.ts'
import { nextFrame } from '../frames.ts'
import type { View } from '../subject.ts'
import { PAN_FROM, PYRAMID } from './pyramid.ts'
import { seenTiles } from './seenTiles.ts'
import type { Seen } from './seenTiles.ts'
import type { TileSubject } from './tileSubject.ts'
import { TILE_SUBJECTS } from './tileSubjects.ts'
import type { TileSubjectName } from './tileSubjects.ts'

const PAN_SLOTS = 180
const SLOT_MS = 1000 / 60
/** CSS pixels for each slot of the screen. */
const PAN_SPEED = 12

/** Times in milliseconds. */
export interface TileBench {
  prepare(name: TileSubjectName): Promise<void>
  /** From nothing to the whole image in view, covered by tiles. */
  open(): Promise<number>
  /** Shows the whole image again. */
  away(): void
  /** From the whole image to 1:1 at a place (image pixels), in full detail; and the least share of the view that was covered by any tile meanwhile. */
  jump(place: { x: number; y: number }): Promise<{ time: number; leastCovered: number }>
  /** Pans at 1:1 for 180 frames' time; the times of the frames there were. */
  pan(): Promise<{ frames: number[]; dropped: number }>
}

declare global {
  interface Window { tileBench: TileBench }
}

/** Lets the script that drives the page measure how tiles are shown in `host`. */
export function installTileBench(host: HTMLElement): void {
  let subject: TileSubject
  const whole = (): View => cameraToFit({ x: 0, y: 0, width: PYRAMID.width, height: PYRAMID.height }, { width: host.clientWidth, height: host.clientHeight }, 0, UPRIGHT)
  const until = async (isReached: (seen: Seen) => boolean) => {
    const begin = performance.now()
    let leastCovered = 1
    for (;;) {
      await nextFrame()
      // What was drawn in this frame is there after its callbacks.
      await new Promise((resolve) => { setTimeout(resolve) })
      const seen = seenTiles(host)
      leastCovered = Math.min(leastCovered, seen.covered)
      if (isReached(seen)) return { time: performance.now() - begin, leastCovered }
    }
  }

  window.tileBench = {
    async prepare(name) { subject = await TILE_SUBJECTS[name]() },
    async open() {
      subject.open(host, whole())
      // The image is narrower than the view.
      return (await until(({ covered }) => covered > 0.85)).time
    },
    away() { subject.look(whole()) },
    async jump(place) {
      subject.look({ ...place, zoom: 1 })
      return until(({ full }) => full === 1)
    },
    async pan() {
      const frames: number[] = []
      const begin = await nextFrame()
      for (let before = begin; before < begin + PAN_SLOTS * SLOT_MS;) {
        const way = (PAN_SPEED * (before - begin)) / SLOT_MS
        subject.look({ x: PAN_FROM.x + way, y: PAN_FROM.y + way / 2, zoom: 1 })
        const now = await nextFrame()
        frames.push(now - before)
        before = now
      }
      return { frames, dropped: Math.max(0, PAN_SLOTS - frames.length) }
    },
  }
}
