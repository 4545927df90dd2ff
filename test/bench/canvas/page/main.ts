import { installBrushBench } from './brush/brushBench.ts'
import { cameraToFit, UPRIGHT } from '../../../../shared/geometry/camera.ts'
import { FRAME_MS, frameTimes, nextFramePresented } from './frames.ts'
import { IMAGE, makeScene } from './scene.ts'
import type { Scene } from './scene.ts'
import { SUBJECTS } from './subjects/subjects.ts'
import type { SubjectName } from './subjects/subjects.ts'
import type { Subject, View } from './subject.ts'
import { installTileBench } from './tiles/tileBench.ts'

const FRAMES = 60
const SELECTIONS = 24
/** One frame of zooming; the view goes in by half of the frames and out again, which ends beyond 1:1. */
const ZOOM_STEP = 1.05
/** How far the view moves about its place while it pans, in CSS pixels. */
const PAN_REACH = 120

/** What a page does for the script that drives it; times in milliseconds. */
export interface CanvasBench {
  /** Makes the scene, before anything is measured. */
  prepare(name: SubjectName, seed: number, polygons: number): Promise<void>
  /** Shows the scene; when that began, as `Date.now()`. */
  load(): Promise<number>
  /** Moves the view about; the times of its frames, and when it came to rest, as `Date.now()`. */
  pan(place: 'all' | 'oneToOne'): Promise<{ frames: number[]; restedAt: number }>
  zoom(): Promise<{ frames: number[]; restedAt: number }>
  /** Selects the target some times; from each click to its frame on the screen. */
  select(): Promise<number[]>
  /** Drags a vertex of the target. */
  drag(): Promise<number[]>
  /** Waits until what was drawn so far, or is about to be in the next frame, is on the screen. */
  presented(): Promise<void>
  /** The JavaScript heap after a collection, in MB. */
  heapMb(): number
}

declare global {
  interface Window { canvasBench: CanvasBench }
  interface Performance { readonly memory: { readonly usedJSHeapSize: number } }
}

const host = document.querySelector<HTMLElement>('#host') ?? document.body
let subject: Subject
let scene: Scene

window.canvasBench = {
  async prepare(name, seed, polygons) {
    subject = await SUBJECTS[name]()
    scene = makeScene(seed, polygons)
  },
  async load() {
    const begin = Date.now()
    await subject.load(host, scene, allInView())
    return begin
  },
  async pan(place) {
    const view = place === 'all' ? allInView() : zoomedTo(1)
    const frames = await frameTimes(FRAMES, (index) => {
      const away = PAN_REACH / view.zoom
      subject.look({ ...view, x: view.x + away * Math.sin(index / 8), y: view.y + away * Math.cos(index / 8) })
    })
    return { frames, restedAt: Date.now() }
  },
  async zoom() {
    const { zoom } = allInView()
    const frames = await frameTimes(FRAMES, (index) => { subject.look(zoomedTo(zoom * ZOOM_STEP ** Math.abs((FRAMES / 2) - Math.abs(index - FRAMES / 2)))) })
    return { frames, restedAt: Date.now() }
  },
  async select() {
    subject.look(allInView())
    const times: number[] = []
    for (let round = 0; round < SELECTIONS; round += 1) {
      subject.deselect()
      await nextFramePresented()
      // A hand knows nothing of frames: clicks fall at all times between two, or how soon a frame was presented would decide how long the next takes.
      await pause((round / SELECTIONS) * FRAME_MS)
      const begin = performance.now()
      subject.select()
      times.push((await nextFramePresented()) - begin)
      if (!subject.isSelected()) throw new Error('The click did not select the target')
    }
    return times
  },
  async drag() {
    const [x, y] = scene.target.points[0] ?? scene.target.centre
    subject.grabVertex()
    const frames = await frameTimes(FRAMES, (index) => { subject.moveVertex([x + index / 2, y + index / 4]) })
    subject.dropVertex()
    return frames
  },
  async presented() {
    await nextFramePresented()
    await nextFramePresented()
  },
  heapMb() {
    if (gc === undefined) throw new Error('The window must be started with --js-flags=--expose-gc')
    gc()
    return performance.memory.usedJSHeapSize / 1e6
  },
}

installTileBench(host)
installBrushBench(host)

const pause = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms) })

function allInView(): View {
  const { x, y, zoom } = cameraToFit({ x: 0, y: 0, ...IMAGE }, { width: host.clientWidth, height: host.clientHeight }, 0, UPRIGHT)
  return { x, y, zoom }
}

/** The middle of the image at a zoom. */
function zoomedTo(zoom: number): View {
  return { x: (IMAGE.width - host.clientWidth / zoom) / 2, y: (IMAGE.height - host.clientHeight / zoom) / 2, zoom }
}
