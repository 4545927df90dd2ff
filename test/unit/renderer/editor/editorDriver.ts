import { LabelSchemaSchema, LABEL_SCHEMA_FORMAT } from '../../../../shared/domain/labelSchema.ts'
import { InstantSchema, ShapeIdSchema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import type { ShapeId } from '../../../../shared/domain/ids.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { UPRIGHT, imageToScreen } from '../../../../shared/geometry/camera.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { JournalLine } from '../../../../renderer/editor/history/history.ts'
import type { Modifiers, PointerButton } from '../../../../renderer/editor/input/inputEvent.ts'
import type { Assistant } from '../../../../renderer/editor/store/assistance.ts'
import { createClipboard } from '../../../../renderer/editor/store/clipboard.ts'
import type { Clipboard } from '../../../../renderer/editor/store/clipboard.ts'
import { createEditor } from '../../../../renderer/editor/store/createEditor.ts'
import type { Editor, OpenDraft } from '../../../../renderer/editor/store/editor.ts'
import type { Workshop } from '../../../../renderer/editor/store/surfaceWork.ts'
import type { EditorState, ToolId } from '../../../../renderer/editor/store/state.ts'
import { aShape } from '../../../builders/records.ts'

type Held = Partial<Modifiers> & { readonly button?: PointerButton; readonly coarse?: boolean; readonly pressure?: number; readonly eraser?: boolean }

/** Cars may be boxes and polygons; people anything but skeletons; signs only points; faces skeletons of two eyes and a mouth. */
export const SCHEMA = LabelSchemaSchema.parse({
  format: LABEL_SCHEMA_FORMAT,
  name: 'Street',
  classes: [
    { id: 'car', name: 'Car', color: '#3366cc', kinds: ['rectangle', 'polygon'], attributes: [{ type: 'boolean', id: 'parked', name: 'Parked', default: false }] },
    { id: 'person', name: 'Person', color: '#cc6633', hotkey: 'r', kinds: ['rectangle', 'rotatedRectangle', 'polygon', 'polyline', 'point', 'ellipse', 'mask'] },
    { id: 'sign', name: 'Sign', color: '#66cc33', hotkey: 's', kinds: ['point'] },
    {
      id: 'face', name: 'Face', color: '#33cc99', kinds: ['skeleton'],
      skeleton: { keypoints: [{ name: 'Left eye', at: [0, 0] }, { name: 'Right eye', at: [1, 0] }, { name: 'Mouth', at: [0.5, 1] }], edges: [[0, 1], [1, 2]] },
    },
  ],
})

const shapeId = (id: string): ShapeId => ShapeIdSchema.parse(id)
export const rectangle = (id: string, x: number, y: number, width: number, height: number): Shape =>
  aShape({ id, geometry: { kind: 'rectangle', x, y, width, height } })

/** Comes back when work on surfaces has. */
export const settled = () => new Promise<void>((resolve) => { setTimeout(resolve) })

/** Drives an editor by gestures in image pixels, as a person would, on an image of 1000 x 800 pixels seen at 100 %. */
export class EditorDriver {
  readonly editor: Editor
  readonly lines: { line: JournalLine; seq: number }[] = []

  constructor(open: Partial<OpenDraft> = {}, assistant?: Assistant, clipboard: Clipboard = createClipboard(), workshop?: Workshop) {
    let ids = 0
    let seconds = 0
    this.editor = createEditor({
      open: {
        records: [], predictions: [], schema: SCHEMA, undo: [], redo: [], journalSeq: 0,
        imageSize: { width: 1000, height: 800 }, user: UserIdSchema.parse('ada'), readOnly: false, threshold: 0.5, ...open,
      },
      now: () => InstantSchema.parse(new Date(Date.UTC(2026, 0, 1) + 1000 * (seconds += 1)).toISOString()),
      newId: () => shapeId(`new-${(ids += 1)}`),
      ...(assistant && { assistant }),
      clipboard,
      ...(workshop && { workshop }),
    })
    this.editor.onCommit((line, seq) => { this.lines.push({ line, seq }) })
    this.editor.dispatch({ type: 'resize', size: { width: 1000, height: 800 } })
    this.editor.look({ ...UPRIGHT, x: 0, y: 0, zoom: 1 })
  }

  get state(): EditorState { return this.editor.state.getState() }
  get shapes(): readonly Shape[] { return this.state.shapes }
  get selection(): string[] { return [...this.state.selection].sort() }
  get edits(): string[] { return this.lines.map(({ line }) => (line.kind === 'edit' ? line.name : line.kind)) }

  shape(id: string): Shape {
    const shape = this.shapes.find((candidate) => candidate.id === id)
    if (shape === undefined) throw new Error(`No shape ${id}`)
    return shape
  }

  tool(tool: ToolId): this { this.editor.setTool(tool); return this }
  down(x: number, y: number, held: Held = {}): this { return this.#point('pointerDown', [x, y], held) }
  move(x: number, y: number, held: Held = {}): this { return this.#point('pointerMove', [x, y], held) }
  up(x: number, y: number, held: Held = {}): this { return this.#point('pointerUp', [x, y], held) }

  click(x: number, y: number, held: Held = {}): this { return this.move(x, y, held).down(x, y, held).up(x, y, held) }
  doubleClick(x: number, y: number): this { return this.click(x, y).click(x, y).#point('doubleClick', [x, y], {}) }

  /** Presses at `from`, moves to `to` in steps, and lets go. */
  drag(from: Point, to: Point, held: Held = {}): this {
    return this.dragWithoutRelease(from, to, held).up(to[0], to[1], held)
  }

  dragWithoutRelease(from: Point, to: Point, held: Held = {}): this {
    this.move(from[0], from[1], held).down(from[0], from[1], held)
    for (const part of [0.25, 0.5, 1]) this.move(from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part, held)
    return this
  }

  /** Presses and lets go of a key; answers whether the editor wanted it. */
  key(key: string, held: Partial<Modifiers> = {}): boolean {
    const wanted = this.keyDown(key, held)
    this.keyUp(key, held)
    return wanted
  }
  keyDown(key: string, held: Partial<Modifiers> = {}, repeat = false): boolean {
    return this.editor.dispatch({ type: 'keyDown', key, modifiers: modifiers(held), repeat })
  }
  keyUp(key: string, held: Partial<Modifiers> = {}): boolean {
    return this.editor.dispatch({ type: 'keyUp', key, modifiers: modifiers(held) })
  }
  run(commandId: string): boolean { return this.editor.execute(commandId) }
  select(...ids: string[]): this { this.editor.update({ selection: new Set(ids.map(shapeId)) }); return this }

  #point(type: 'pointerDown' | 'pointerMove' | 'pointerUp' | 'doubleClick', point: Point, held: Held): this {
    const common = { point, screen: imageToScreen(this.state.camera, point), modifiers: modifiers(held), coarse: held.coarse ?? false, pressure: held.pressure ?? 1, eraser: held.eraser ?? false }
    this.editor.dispatch(type === 'pointerDown' || type === 'pointerUp' ? { type, ...common, button: held.button ?? 'primary' } : { type, ...common })
    return this
  }
}

function modifiers({ shift = false, alt = false, mod = false }: Partial<Modifiers>): Modifiers {
  return { shift, alt, mod }
}
