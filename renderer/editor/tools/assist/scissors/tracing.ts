import type { Point } from '../../../../../shared/geometry/point.ts'
import { clampPoint } from '../../../../../shared/geometry/transform.ts'
import { distance } from '../../../../../shared/geometry/vector.ts'
import type { Editor } from '../../../store/editor.ts'
import { handleReach } from '../../../store/targets.ts'
import type { StateNode } from '../../tool.ts'
import { decision } from '../proposal.ts'
import { askWay, finishWire, segmentTo, showWire, withWay } from './wire.ts'
import type { WireState, WireTracing } from './wireState.ts'

/** Two clicks nearer than this (CSS pixels) are one: the second click of a double click adds no anchor. */
const SAME_PLACE = 3
const LEAST_ANCHORS = 2

export const tracing: StateNode<WireState, 'tracing'> = {
  handle(data, event, editor) {
    switch (event.type) {
      case 'proposal': {
        const segments = withWay(data.segments, event.id, event.answer)
        const live = event.id >= data.since && event.answer.kind === 'path' ? event.answer.points : data.live
        return show(editor, { ...data, segments, live })
      }
      case 'pointerMove': return moved(editor, data, event.point, event.coarse)
      case 'pointerUp': return data
      case 'pointerDown': {
        if (event.button !== 'primary') return undefined
        const now = moved(editor, data, event.point, event.coarse)
        return now.closing ? close(editor, now) : anchored(editor, now)
      }
      default:
    }
    switch (decision(event)) {
      case 'accept': return data.anchors.length >= LEAST_ANCHORS ? close(editor, data) : data
      case 'back': return stepBack(editor, data)
      case 'discard': return giveUp(editor, data)
      case undefined:
      default: return undefined
    }
  },
  cursor: (data) => (data.closing ? 'pointer' : 'crosshair'),
}

function moved(editor: Editor, data: WireTracing, point: Point, coarse: boolean): WireTracing {
  const cursor = clampPoint(point, editor.imageSize)
  const [first] = data.anchors
  const last = data.anchors.at(-1)
  const closing = first !== undefined && data.anchors.length >= LEAST_ANCHORS && distance(cursor, first) <= handleReach(editor, coarse)
  if (last !== undefined) askWay(editor, last, cursor, false)
  return show(editor, { ...data, cursor, closing })
}

function anchored(editor: Editor, data: WireTracing): WireState {
  const last = data.anchors.at(-1)
  if (last === undefined || distance(last, data.cursor) < SAME_PLACE / editor.state.getState().camera.zoom) return data
  const segment = segmentTo(editor, last, data.cursor)
  // Ways from the anchor before are stale now.
  return show(editor, { ...data, anchors: [...data.anchors, data.cursor], segments: [...data.segments, segment], live: [], since: segment.id + 1 })
}

function close(editor: Editor, { mark, labelClass, anchors, segments }: WireTracing): WireState {
  const [first] = anchors
  const last = anchors.at(-1)
  const whole = first === undefined || last === undefined ? segments : [...segments, segmentTo(editor, last, first)]
  return finishWire(editor, { name: 'finishing', mark, labelClass, anchors, segments: whole })
}

function stepBack(editor: Editor, data: WireTracing): WireState {
  const anchors = data.anchors.slice(0, -1)
  const last = anchors.at(-1)
  if (last === undefined) return giveUp(editor, data)
  return show(editor, { ...data, anchors, segments: data.segments.slice(0, -1), live: [], closing: false, since: askWay(editor, last, data.cursor, false) })
}

function giveUp(editor: Editor, { mark }: WireTracing): WireState {
  editor.stopAsking()
  editor.bail(mark)
  return { name: 'idle' }
}

function show(editor: Editor, data: WireTracing): WireTracing {
  showWire(editor, data)
  return data
}
