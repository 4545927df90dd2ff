import { describe, expect, it } from 'vitest'
import type { Assistant } from '../../../../renderer/editor/store/assistance.ts'
import type { AssistAnswer, AssistQuestion, AssistTool } from '../../../../shared/domain/assist.ts'
import type { Assistant as AssistantName } from '../../../../shared/domain/shape.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { polygonArea } from '../../../../shared/geometry/polygon.ts'
import { selfIntersections } from '../../../../shared/geometry/selfIntersections.ts'
import { EditorDriver } from './editorDriver.ts'

const SQUARE: Point[] = [[10, 10], [50, 10], [50, 50], [10, 50]]
const FAR: Point[] = [[110, 10], [150, 10], [150, 50]]
const MASK = { size: [800, 1000] as const, counts: '0' }

/** An assistant whose answers the test gives when it wants to. */
class Questions implements Assistant {
  readonly asked: { question: AssistQuestion; cancelled: boolean; answer: (answer: AssistAnswer) => Promise<void> }[] = []

  prepare() { return { done: Promise.resolve(undefined), cancel: () => undefined } }

  ask(question: AssistQuestion) {
    let resolve: (answer: AssistAnswer) => void = () => undefined
    const done = new Promise<AssistAnswer>((settle) => { resolve = settle })
    const asked = {
      question, cancelled: false,
      answer: async (answer: AssistAnswer) => {
        resolve(answer)
        // The editor hears of it a few turns later.
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
      },
    }
    this.asked.push(asked)
    return { done, cancel: () => { asked.cancelled = true } }
  }

  get last() {
    const last = this.asked.at(-1)
    if (last === undefined) throw new Error('Nothing was asked')
    return last
  }
}

function start(tool: AssistTool, classId = 'car') {
  const questions = new Questions()
  const driver = new EditorDriver({}, questions)
  driver.editor.update({ activeClassId: [...driver.editor.classes.keys()].find((id) => id === classId)! })
  return { questions, driver: driver.tool(tool) }
}
const region = (assistant: AssistantName, ...parts: Point[][]): AssistAnswer => ({ kind: 'region', parts: parts.map((ring) => [ring]), mask: MASK, assistant })
const WAND = { tool: 'magicWand' } as const

describe('assisted tools', () => {
  it('are said to be getting ready, and then to be ready', async () => {
    const { driver } = start('magicWand')
    expect(driver.state.assistReadiness).toEqual({ kind: 'preparing' })
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    expect(driver.state.assistReadiness).toEqual({ kind: 'ready' })
  })
})

describe('magic wand', () => {
  it('shows what has the colour under a click, and makes it one edit by Enter', async () => {
    const { driver, questions } = start('magicWand')
    driver.click(30, 30)
    expect(questions.last.question).toMatchObject({ tool: 'magicWand', view: { x: 0, y: 0, width: 1000, height: 800 }, seeds: [{ point: [30, 30], tolerance: 24, subtract: false }], withMask: false })
    expect(driver.state.assistBusy).toBe(true)
    await questions.last.answer(region(WAND, SQUARE))
    expect(driver.state).toMatchObject({ assistBusy: false, preview: { kind: 'proposal', parts: [[SQUARE]] } })
    expect(driver.shapes).toEqual([])
    driver.key('Enter')
    expect(driver.shapes).toMatchObject([{ classId: 'car', geometry: { kind: 'polygon', rings: [SQUARE] }, provenance: { source: 'assisted', assistant: WAND } }])
    expect(driver.edits).toEqual(['addAssisted'])
    expect(driver.selection).toEqual(['new-1'])
    driver.run('edit.undo')
    expect(driver.shapes).toEqual([])
  })

  it('adds places with Shift, takes away with Alt, and steps back by Escape', async () => {
    const { driver, questions } = start('magicWand')
    driver.click(30, 30)
    await questions.last.answer(region(WAND, SQUARE))
    driver.click(130, 20, { shift: true })
    await questions.last.answer(region(WAND, SQUARE, FAR))
    driver.click(40, 40, { alt: true })
    expect(questions.last.question).toMatchObject({ seeds: [{ subtract: false }, { point: [130, 20], subtract: false }, { point: [40, 40], subtract: true }] })
    driver.key('Escape')
    await questions.last.answer(region(WAND, SQUARE))
    expect(questions.last.question).toMatchObject({ seeds: [{ point: [30, 30] }, { point: [130, 20] }] })
    driver.key('Escape')
    driver.key('Escape')
    expect(driver.state).toMatchObject({ toolState: 'idle', preview: undefined })
  })

  it('tolerates more by dragging to the right, and by keys', () => {
    const { driver, questions } = start('magicWand')
    driver.dragWithoutRelease([30, 30], [90, 30])
    expect(driver.state.wandTolerance).toBe(44)
    driver.up(90, 30)
    driver.key('ArrowDown')
    expect(driver.state.wandTolerance).toBe(42)
    expect(questions.asked).toHaveLength(1)
  })

  it('asks one question at a time and then only the newest', async () => {
    const { driver, questions } = start('magicWand')
    driver.click(30, 30)
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp']) driver.key(key)
    expect(questions.asked).toHaveLength(1)
    await questions.last.answer(region(WAND, SQUARE))
    expect(questions.asked).toHaveLength(2)
    expect(questions.last.question).toMatchObject({ seeds: [{ tolerance: 30 }] })
  })

  it('ignores answers to what was given up', async () => {
    const { driver, questions } = start('magicWand')
    driver.click(30, 30)
    const first = questions.last
    driver.key('Escape')
    expect(first.cancelled).toBe(true)
    driver.click(40, 40)
    await first.answer(region(WAND, FAR))
    expect(driver.state.preview).toMatchObject({ kind: 'proposal', parts: [] })
  })

  it('makes several parts one mask where the class may have masks, and several polygons otherwise', async () => {
    for (const [classId, kinds] of [['person', ['mask']], ['car', ['polygon', 'polygon']]] as const) {
      const { driver, questions } = start('magicWand', classId)
      driver.click(30, 30)
      await questions.last.answer(region(WAND, SQUARE, FAR))
      driver.key('Enter')
      expect(driver.shapes.map(({ geometry }) => geometry.kind)).toEqual(kinds)
      expect(driver.edits).toEqual(['addAssisted'])
    }
  })

  it('says when nothing was found and when there was no answer', async () => {
    const { driver, questions } = start('magicWand')
    driver.click(30, 30)
    await questions.last.answer(region(WAND))
    expect(driver.state.message?.key).toBe('editor.message.nothingFound')
    driver.key('Enter')
    expect(driver.shapes).toEqual([])
    driver.click(30, 30)
    await questions.last.answer({ kind: 'failed', reason: 'failed' })
    expect(driver.state.message?.key).toBe('editor.message.assistFailed')
  })
})

describe('GrabCut', () => {
  it('asks about a dragged box and again after every stroke', async () => {
    const { driver, questions } = start('grabCut')
    driver.drag([10, 10], [110, 90])
    expect(questions.last.question).toMatchObject({ tool: 'grabCut', box: { x: 10, y: 10, width: 100, height: 80 }, strokes: [] })
    await questions.last.answer(region({ tool: 'grabCut' }, SQUARE))
    driver.drag([20, 20], [40, 20], { alt: true })
    expect(questions.last.question).toMatchObject({ strokes: [{ radius: 5, subtract: true, points: [[20, 20], [25, 20], [30, 20], [40, 20]] }] })
    driver.key('Escape')
    await questions.last.answer(region({ tool: 'grabCut' }, SQUARE))
    driver.key('Enter')
    expect(driver.shapes).toMatchObject([{ provenance: { source: 'assisted', assistant: { tool: 'grabCut' } } }])
  })

  it('does nothing for a click without a box', () => {
    const { driver, questions } = start('grabCut')
    driver.click(10, 10)
    expect(questions.asked).toEqual([])
    expect(driver.state).toMatchObject({ toolState: 'idle', preview: undefined })
  })
})

describe('intelligent scissors', () => {
  const path = (...points: Point[]): AssistAnswer => ({ kind: 'path', points })

  it('follow edges from click to click and close at the first place', async () => {
    const { driver, questions } = start('scissors')
    driver.click(100, 100)
    await questions.last.answer(path([100, 100], [100, 100]))
    driver.click(300, 100)
    // What was asked while the pointer moved is skipped or stale; the way to the click is answered.
    while (!(questions.last.question.tool === 'scissors' && questions.last.question.to[0] === 300)) await questions.last.answer(path([0, 0], [0, 0]))
    await questions.last.answer(path([100, 100], [200, 80], [300, 100]))
    driver.click(200, 300).click(100, 100)
    expect(driver.state.toolState).toBe('finishing')
    for (let count = 0; driver.state.toolState === 'finishing'; count += 1) {
      const { question } = questions.last
      if (question.tool !== 'scissors' || count > 9) throw new Error('Only ways may be asked for')
      await questions.last.answer(path(question.from, question.to))
    }
    expect(driver.shapes).toMatchObject([{ provenance: { assistant: { tool: 'scissors' } }, geometry: { kind: 'polygon' } }])
    const [shape] = driver.shapes
    const ring = shape?.geometry.kind === 'polygon' ? shape.geometry.rings[0] : []
    expect(ring?.[0]).toEqual([100, 100])
    expect(ring?.slice(-1)).toEqual([[200, 300]])
  })

  it('leave no loop where two ways cross on their way to a click', async () => {
    const { driver, questions } = start('scissors')
    driver.click(100, 100).click(300, 100).click(300, 300).click(100, 300).click(100, 100)
    const tangled: Record<string, Point[]> = { '300,100': [[100, 100], [310, 100], [310, 90], [300, 100]], '300,300': [[300, 100], [305, 110], [305, 95], [300, 300]] }
    for (let count = 0; driver.state.toolState === 'finishing'; count += 1) {
      const { question } = questions.last
      if (question.tool !== 'scissors' || count > 9) throw new Error('Only ways may be asked for')
      await questions.last.answer(path(...(tangled[String(question.to)] ?? [question.from, question.to])))
    }
    const [shape] = driver.shapes
    const rings = shape?.geometry.kind === 'polygon' ? shape.geometry.rings : []
    expect(selfIntersections(rings)).toEqual([])
    expect(polygonArea(rings) / 40_000).toBeCloseTo(1, 1)
  })

  it('step back anchor by anchor and give up at the first', () => {
    const { driver } = start('scissors')
    driver.click(100, 100).click(300, 100)
    expect(driver.state.preview).toMatchObject({ anchors: [[100, 100], [300, 100]] })
    driver.key('Escape')
    expect(driver.state.preview).toMatchObject({ anchors: [[100, 100]], fixed: [] })
    driver.key('Escape')
    expect(driver.state).toMatchObject({ toolState: 'idle', preview: undefined })
  })
})

describe('segmenting by a model', () => {
  const MODEL = { tool: 'segmentAnything', model: 'tiny', modelVersion: 'a'.repeat(64) as never } as const

  it('asks about points, on the object and beside it, and about a box', async () => {
    const { driver, questions } = start('segmentAnything')
    driver.drag([10, 10], [60, 60])
    await questions.last.answer(region(MODEL, SQUARE))
    driver.click(30, 30)
    await questions.last.answer(region(MODEL, SQUARE))
    driver.click(55, 55, { alt: true })
    expect(questions.last.question).toMatchObject({
      box: { x: 10, y: 10, width: 50, height: 50 }, prompts: [{ point: [30, 30], subtract: false }, { point: [55, 55], subtract: true }],
    })
    await questions.last.answer(region(MODEL, SQUARE))
    driver.key('Enter')
    expect(driver.shapes).toMatchObject([{ provenance: { source: 'assisted', assistant: { model: 'tiny', modelVersion: 'a'.repeat(64) } } }])
  })
})
