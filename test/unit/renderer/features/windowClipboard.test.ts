import { describe, expect, it } from 'vitest'
import type { Clipboard } from '../../../../renderer/editor/store/clipboard.ts'
import { createWindowClipboard } from '../../../../renderer/features/annotate/windowClipboard.ts'
import type { CopiedShapes } from '../../../../shared/domain/copiedShapes.ts'
import { ClassIdSchema } from '../../../../shared/domain/ids.ts'

const shapesAt = (x: number): CopiedShapes => ({ shapes: [{ classId: ClassIdSchema.parse('car'), geometry: { kind: 'point', x, y: 1 }, attributes: {} }], classNames: new Map() })
const reading = (clipboard: Clipboard) => new Promise<CopiedShapes | undefined>((resolve) => { clipboard.read(resolve) })

/** The system's clipboard. */
class System {
  text: string | undefined
  refuses = false

  readonly copyShapes = (text: string) => {
    if (this.refuses) return Promise.reject(new Error('refused'))
    this.text = text
    return Promise.resolve()
  }

  readonly copiedShapes = () => (this.refuses ? Promise.reject(new Error('refused')) : Promise.resolve(this.text))
}

describe('the clipboard of a window', () => {
  it('is shared with other windows', async () => {
    const system = new System()
    const [one, other] = [createWindowClipboard(() => system), createWindowClipboard(() => system)]
    one.write(shapesAt(1))
    await reading(one)
    expect(await reading(other)).toEqual(shapesAt(1))
    other.write(shapesAt(2))
    await reading(other)
    expect(await reading(one)).toEqual(shapesAt(2))
  })

  it('holds no shapes once something else was copied elsewhere, or what cannot be read', async () => {
    const system = new System()
    const clipboard = createWindowClipboard(() => system)
    clipboard.write(shapesAt(1))
    expect(await reading(clipboard)).toEqual(shapesAt(1))
    system.text = undefined
    expect(await reading(clipboard)).toBeUndefined()
    system.text = '{"format":"fieldmark.shapes/1","shapes":"none"}'
    expect(await reading(clipboard)).toBeUndefined()
  })

  it.each([
    ['refuses', () => { const system = new System(); system.refuses = true; return system }],
    ['is not there', () => { throw new Error('not opened by the application') }],
  ])('is one of the window alone where the system %s', async (_, system) => {
    const clipboard = createWindowClipboard(system)
    expect(await reading(clipboard)).toBeUndefined()
    clipboard.write(shapesAt(1))
    expect(await reading(clipboard)).toEqual(shapesAt(1))
  })

  it('pastes what was copied here last, though the system took only what came before', async () => {
    const system = new System()
    const clipboard = createWindowClipboard(() => system)
    clipboard.write(shapesAt(1))
    await reading(clipboard)
    system.copyShapes('{"format":"fieldmark.shapes/1",old').catch(() => undefined)
    const refusing = createWindowClipboard(() => ({ copyShapes: () => Promise.reject(new Error('full')), copiedShapes: system.copiedShapes }))
    refusing.write(shapesAt(2))
    expect(await reading(refusing)).toEqual(shapesAt(2))
  })
})
