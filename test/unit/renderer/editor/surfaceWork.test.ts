import { describe, expect, it } from 'vitest'
import type { Workshop } from '../../../../renderer/editor/store/surfaceWork.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { geometryArea } from '../../../../shared/geometry/measure.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { doSurfaceWork } from '../../../../shared/geometry/surfaceWork.ts'
import { aShape } from '../../../builders/records.ts'
import { EditorDriver, rectangle, settled } from './editorDriver.ts'

/** A square of 200 pixels with thousands of vertices along its sides. */
function largeSquare(id: string, x: number, order: number): Shape {
  const along = Array.from({ length: 1000 }, (_, step) => step / 5)
  const ring = [
    ...along.map((at): Point => [x + at, 100]), ...along.map((at): Point => [x + 200, 100 + at]), ...along.map((at): Point => [x + 200 - at, 300]),
    ...along.map((at): Point => [x, 300 - at]),
  ]
  return aShape({ id, order, classId: 'person', geometry: { kind: 'polygon', rings: [ring] } })
}

/** A thread that is done when the test says so. */
class Thread implements Workshop {
  readonly kinds: string[] = []
  cancelled = 0
  readonly #ends: { finish: () => void; fail: () => void }[] = []

  readonly start: Workshop['start'] = (kind, input) => {
    this.kinds.push(kind)
    const done = new Promise<ReturnType<typeof doSurfaceWork<typeof kind>>>((resolve, reject) => {
      this.#ends.push({ finish: () => { resolve(doSurfaceWork(kind, input)) }, fail: () => { reject(new Error('lost')) } })
    })
    return { done, cancel: () => { this.cancelled += 1 } }
  }

  async finish(): Promise<void> { this.#ends.shift()?.finish(); await settled() }
  async fail(): Promise<void> { this.#ends.shift()?.fail(); await settled() }
}

const areas = (driver: EditorDriver) => driver.shapes.map(({ geometry }) => Math.round(geometryArea(geometry)))

function withLargeShapes() {
  const thread = new Thread()
  const records = [largeSquare('a', 100, 1), largeSquare('b', 200, 2), rectangle('small', 700, 100, 50, 50), rectangle('other', 720, 100, 50, 50)]
  return { thread, driver: new EditorDriver({ records }, undefined, undefined, thread).select('a', 'b') }
}

describe('work on large surfaces', () => {
  it('leaves the shapes alone until the other thread is done, and then is one edit', async () => {
    const { thread, driver } = withLargeShapes()
    driver.run('polygons.join')
    expect([driver.edits, driver.state.isWorking, thread.kinds]).toEqual([[], true, ['unite']])
    await thread.finish()
    expect([driver.edits, driver.state.isWorking, driver.selection]).toEqual([['joinShapes'], false, ['a']])
    expect(areas(driver)[0]).toBe(60_000)
  })

  it('takes the other thread for cutting, intersecting, splitting and converting too', async () => {
    const { thread, driver } = withLargeShapes()
    for (const command of ['polygons.subtract', 'polygons.intersect', 'polygons.cutByNeighbours', 'convert.mask']) driver.run(command)
    driver.select().tool('knife').click(50, 200).click(450, 200).key('Enter')
    expect(thread.kinds).toEqual(['cutOut', 'intersect', 'cutOut', 'convert', 'split'])
    await thread.finish()
    expect(driver.edits).toEqual(['subtractShapes'])
  })

  it('is done at once for small shapes', () => {
    const { thread, driver } = withLargeShapes()
    driver.select('small', 'other').run('polygons.join')
    expect([driver.edits, thread.kinds]).toEqual([['joinShapes'], []])
  })

  it('does nothing, and says so, when one of the shapes has changed meanwhile', async () => {
    const { thread, driver } = withLargeShapes()
    driver.run('polygons.join')
    driver.select('b').run('edit.delete')
    await thread.finish()
    expect([driver.edits, driver.state.message?.key, driver.state.isWorking]).toEqual([['deleteShape'], 'editor.message.changedMeanwhile', false])
  })

  it('waits for the end of a gesture, which would take it back otherwise', async () => {
    const { thread, driver } = withLargeShapes()
    driver.run('polygons.join')
    driver.select().tool('rectangle').dragWithoutRelease([600, 400], [700, 500])
    await thread.finish()
    expect([driver.edits, driver.state.isWorking]).toEqual([[], true])
    driver.up(700, 500)
    await settled()
    expect([driver.edits, driver.state.isWorking]).toEqual([['addShape', 'joinShapes'], false])
  })

  it('is given up by Escape', async () => {
    const { thread, driver } = withLargeShapes()
    driver.run('polygons.join')
    expect([driver.key('Escape'), driver.state.isWorking, thread.cancelled]).toEqual([true, false, 1])
    await thread.finish()
    expect([driver.edits, driver.selection]).toEqual([[], ['a', 'b']])
  })

  it('says when the other thread has failed', async () => {
    const { thread, driver } = withLargeShapes()
    driver.run('polygons.join')
    await thread.fail()
    expect([driver.edits, driver.state.message?.key, driver.state.isWorking]).toEqual([[], 'editor.message.workFailed', false])
  })
})
