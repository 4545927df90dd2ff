import type { ShapeId } from '../../../../shared/domain/ids.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { boxOfBoxes } from '../../../../shared/geometry/box.ts'
import type { Box } from '../../../../shared/geometry/box.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { hidesNothing, isVisible, shapeOf, shapesInHand } from '../../../editor/store/queries.ts'
import type { EditorState } from '../../../editor/store/state.ts'
import { samePose, withoutMargin } from '../../held/pose.ts'
import type { Pose } from '../../held/pose.ts'
import { colorOf } from '../drawables.ts'
import { paintStyle } from '../shapeStyle.ts'
import type { RasterPicture, ToRasterizer } from './messages.ts'
import { buffersOf, extentOf, packShapes } from './packedShapes.ts'
import { partsOf } from './pictureParts.ts'
import type { PictureParts } from './pictureParts.ts'
import { giveRasterThreadBack, takeRasterThread } from './rasterThread.ts'
import { numberShapes } from './shapeNumbers.ts'

/** After so many changes the shapes are handed over anew, which puts changed ones back into their places in the stack. */
const MOST_CHANGES = 2000

/** Pictures are numbered through all tasks, so that one that comes late is never taken for another task's. */
let lastNumber = 0

/** A picture that has come: for what it was made, what is drawn of that, and the shapes in it that the window has to paint itself and those that it has to label. */
export interface Arrival {
  readonly pose: Pose
  readonly drawn: Pose
  readonly bitmap: ImageBitmap
  readonly byHand: readonly ShapeId[]
  readonly labelled: readonly ShapeId[]
}

/** The thread that rasterises, as the window sees it. */
export interface RemoteRasterizer {
  /** Asks for a picture of the shapes as they are now. While one is under way, the newest wish waits, unless it is `urgent`: then the other is given up, and the part in view comes first. */
  request(pose: Pose, urgent: boolean): void
  /** The pose of the picture that will come last, if one is on its way. */
  readonly coming: Pose | undefined
  /** Gives up what was asked for: the shapes are shown in another way, with all their changes. */
  drop(): void
  /** The shapes that changed since the picture that came last. */
  unsettled(): Iterable<ShapeId>
  stop(): void
}

export interface RemoteEvents { readonly onPicture: (arrival: Arrival) => void; readonly onFailure: () => void }

export function createRemoteRasterizer(editor: Editor, { onPicture, onFailure }: RemoteEvents): RemoteRasterizer {
  const worker = takeRasterThread()
  const listening = new AbortController()
  const post = (message: ToRasterizer, transfer: Transferable[] = []) => { worker.postMessage(message, transfer) }
  const follower = followShapes(editor, post)
  /** The picture that was asked for last; 0 before the first. */
  let number = 0
  let underWay: UnderWay | undefined
  let waiting: { readonly pose: Pose; readonly urgent: boolean } | undefined
  let dropped = 0
  let isUsable = true

  const send = (pose: Pose, urgent: boolean) => {
    const { display } = editor.state.getState()
    const { fillOpacity, outlineWidth } = paintStyle(display, 'shapes')
    number = ++lastNumber
    follower.send(number)
    const parts = partsOf(pose, follower.extent, outlineWidth)
    underWay = { number, pose, parts }
    post({ type: 'picture', request: { number, pose: parts.whole, fillOpacity, outlineWidth, labels: display.labels === 'all', first: urgent ? parts.view?.clip : undefined } })
  }
  worker.addEventListener('message', ({ data }: MessageEvent<RasterPicture>) => {
    // A picture that was given up too late comes all the same, but a newer one is on its way.
    if (underWay?.number !== data.number) return data.bitmap.close()
    const shown = shownBy(data, underWay)
    if (data.part === 'whole') underWay = undefined
    if (data.number > dropped) {
      follower.arrived(data.number)
      onPicture({ ...shown, bitmap: data.bitmap, byHand: follower.idsOf(data.byHand), labelled: follower.idsOf(data.labelled) })
    } else data.bitmap.close()
    if (underWay !== undefined || waiting === undefined) return
    const next = waiting
    waiting = undefined
    send(next.pose, next.urgent)
  }, { signal: listening.signal })
  worker.addEventListener('error', () => {
    isUsable = false
    onFailure()
  }, { signal: listening.signal })

  return {
    request(pose, urgent) {
      if (underWay !== undefined && !(urgent && !samePose(underWay.pose, pose))) {
        waiting = { pose, urgent }
        return
      }
      waiting = undefined
      send(pose, urgent)
    },
    get coming() { return waiting?.pose ?? (number > dropped ? underWay?.pose : undefined) },
    drop() {
      waiting = undefined
      dropped = number
      follower.unsettled.clear()
    },
    unsettled: () => follower.unsettled.keys(),
    stop() {
      follower.stop()
      listening.abort()
      if (isUsable) giveRasterThreadBack(worker)
      else worker.terminate()
    },
  }
}

interface UnderWay { readonly number: number; readonly pose: Pose; readonly parts: PictureParts }

/** For what a picture was made, and what is drawn of that. */
function shownBy({ part }: RasterPicture, { pose, parts: { whole, view } }: UnderWay): Pick<Arrival, 'pose' | 'drawn'> {
  return part === 'first' && view !== undefined ? { pose: withoutMargin(pose), drawn: view.pose } : { pose, drawn: whole }
}

/** Tells the rasteriser of the shapes and of their changes, just before it has to draw them. */
function followShapes(editor: Editor, post: (message: ToRasterizer, transfer?: Transferable[]) => void) {
  /** The changed shapes with the records that they had when the rasteriser last heard of them. */
  const changed = new Map<ShapeId, Shape | undefined>()
  /** The changed shapes with the first picture that shows them as they are now. */
  const unsettled = new Map<ShapeId, number>()
  let numbers = numberShapes([])
  let extent: Box | undefined
  let colorBy: EditorState['display']['colorBy'] | undefined
  let hidden = 0

  const stop = editor.onCommit(({ diff }) => {
    const touch = (id: ShapeId, before: Shape | undefined) => {
      if (!changed.has(id)) changed.set(id, before)
      unsettled.set(id, Infinity)
    }
    for (const record of Object.values(diff.removed)) if (record.type === 'shape') touch(record.id, record)
    for (const [before] of Object.values(diff.updated)) if (before.type === 'shape') touch(before.id, before)
    for (const record of Object.values(diff.added)) if (record.type === 'shape') touch(record.id, undefined)
  })
  const pack = (state: EditorState, shapes: readonly Shape[]) => packShapes(shapes.length, (index) => {
    const shape = shapes[index]
    if (shape === undefined) throw new RangeError(`No shape ${index}`)
    return { geometry: shape.geometry, color: colorOf(editor, state, shape) }
  })
  const load = (state: EditorState) => {
    const shapes = pack(state, state.shapes)
    extent = extentOf(shapes)
    numbers = numberShapes(state.shapes)
    hidden = 0
    post({ type: 'load', shapes }, buffersOf(shapes))
  }
  const change = (state: EditorState) => {
    const removed = [...changed.values()].flatMap((before) => (before && numbers.numberOf(before)) ?? [])
    const coming = [...changed.keys()].flatMap((id) => shapeOf(state, id) ?? [])
    const added = pack(state, coming)
    for (const { id } of coming) numbers.add(id)
    extent = boxOfBoxes([extent ?? [], extentOf(added) ?? []].flat())
    post({ type: 'change', removed, added }, buffersOf(added))
  }
  const hide = (state: EditorState) => {
    const absent = absentNumbers(state, numbers)
    if (absent.length === 0 && hidden === 0) return
    hidden = absent.length
    post({ type: 'hide', numbers: absent }, [absent.buffer])
  }

  return {
    unsettled, stop,
    /** Around all shapes that the rasteriser has heard of, in image pixels. */
    get extent() { return extent },
    send(picture: number) {
      const state = editor.state.getState()
      if (colorBy !== state.display.colorBy || changed.size + numbers.later > MOST_CHANGES) load(state)
      else if (changed.size > 0) change(state)
      colorBy = state.display.colorBy
      changed.clear()
      hide(state)
      for (const [id, first] of unsettled) if (first === Infinity) unsettled.set(id, picture)
    },
    arrived(picture: number) {
      for (const [id, first] of unsettled) if (first <= picture) unsettled.delete(id)
    },
    idsOf: (of: readonly number[]) => of.flatMap((each) => numbers.idAt(each) ?? []),
  }
}

/** The numbers of the shapes that are hidden, or held by a gesture, in ascending order. */
function absentNumbers(state: EditorState, numbers: ReturnType<typeof numberShapes>): Uint32Array<ArrayBuffer> {
  const inHand = new Set(shapesInHand(state))
  const absent: number[] = []
  if (hidesNothing(state)) {
    for (const id of inHand) {
      const shape = shapeOf(state, id)
      const number = shape && numbers.numberOf(shape)
      if (number !== undefined) absent.push(number)
    }
    absent.sort((a, b) => a - b)
  } else {
    for (let number = 0; number < numbers.count; number += 1) {
      const id = numbers.idAt(number)
      if (id !== undefined && (!isVisible(state, id) || inHand.has(id))) absent.push(number)
    }
  }
  return Uint32Array.from(absent)
}
