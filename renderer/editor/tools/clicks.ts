import type { Point } from '../../../shared/geometry/point.ts'
import { clampPoint } from '../../../shared/geometry/transform.ts'
import type { InputEvent, PointerDown } from '../input/inputEvent.ts'
import type { Editor, Mark } from '../store/editor.ts'

/** A gesture of several clicks: what they have placed so far, and where the next is to be. */
interface Clicked { readonly mark: Mark; readonly points: readonly unknown[]; readonly cursor: Point }

/** What is a tool's own about such a gesture; each answers the state that follows. */
export interface Clicks<D extends Clicked, S> {
  /** Shows the gesture as it is by now. */
  readonly show: (editor: Editor, data: D) => S
  readonly place: (editor: Editor, data: D, event: PointerDown) => S
  /** Undefined when the key is not for the tool. */
  readonly key: (editor: Editor, data: D, key: string) => S | undefined
  readonly idle: S
}

/** Follows the pointer, places by clicks on the image, takes steps back, and gives up with the first. */
export function handleClicks<D extends Clicked & S, S>({ show, place, key, idle }: Clicks<D, S>, editor: Editor, data: D, event: InputEvent): S | undefined {
  const at = (point: Point): D => ({ ...data, cursor: clampPoint(point, editor.imageSize) })
  const giveUp = () => {
    editor.bail(data.mark)
    return idle
  }
  const stepBack = () => (data.points.length <= 1 ? giveUp() : show(editor, { ...data, points: data.points.slice(0, -1) }))
  switch (event.type) {
    case 'pointerMove': return show(editor, at(event.point))
    case 'pointerDown': return event.button === 'primary' ? place(editor, at(event.point), event) : undefined
    case 'pointerUp': return data
    case 'stepBack': return stepBack()
    case 'cancel':
    case 'pointerCancel': return giveUp()
    case 'keyDown': return event.key === 'Escape' || event.key === 'Backspace' ? stepBack() : key(editor, data, event.key)
    default: return undefined
  }
}
