import { describe, expect, it } from 'vitest'
import { COMMANDS, commandsFor } from '../../../../renderer/editor/commands/commands.ts'
import { setThreshold } from '../../../../renderer/editor/actions/predictionActions.ts'
import { aPrediction } from '../../../builders/records.ts'
import { imageTagsOf } from '../../../../shared/domain/draftOperations.ts'
import { TagIdSchema } from '../../../../shared/domain/ids.ts'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'
import { EditorDriver, SCHEMA, rectangle } from './editorDriver.ts'

const PREDICTIONS = [aPrediction({ shapes: [0.9, 0.6, 0.3].map((confidence, index) => ({
  id: `predicted-${index + 1}`, classId: 'person', confidence, geometry: { kind: 'rectangle', x: 100 * index, y: 10, width: 50, height: 50 },
})) })]
const hotkeysOf = (id: string) => commandsFor(SCHEMA).find((command) => command.id === id)?.hotkeys

describe('image tags', () => {
  const schema = { ...SCHEMA, imageTags: [{ id: TagIdSchema.parse('night'), name: 'Night', hotkey: '7' }, { id: TagIdSchema.parse('rain'), name: 'Rain', hotkey: '1' }] }

  it('have the key of their schema unless something else has it', () => {
    const hotkeys = commandsFor(schema).filter(({ id }) => id.startsWith('tags.')).map((command) => [command.id, command.hotkeys])
    expect(hotkeys).toEqual([['tags.night', ['7']], ['tags.rain', []]])
  })

  it('are put on and taken off by their command, as edits that can be undone', () => {
    const driver = new EditorDriver({ schema })
    const tags = () => imageTagsOf(driver.editor.state.getState().records)
    driver.run('tags.night')
    driver.run('tags.rain')
    expect(tags()).toEqual(['night', 'rain'])
    driver.run('tags.night')
    expect(tags()).toEqual(['rain'])
    driver.run('edit.undo')
    expect(tags()).toEqual(['night', 'rain'])
  })
})

describe('the registry', () => {
  it('names every command once and gives no key twice, but to commands that take turns', () => {
    const all = commandsFor(SCHEMA)
    const ids = all.map((command) => command.id)
    const keys = all.flatMap((command) => command.hotkeys.map((key) => key.toLowerCase()))
    expect(new Set(ids).size).toBe(ids.length)
    // The size of the brush while it is in hand, else the confidence of predictions.
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual(['[', ']'])
    expect(COMMANDS.length).toBeLessThan(all.length)
  })

  it('gives classes the keys of their schema unless a command has them, and digits else', () => {
    expect(hotkeysOf('classes.car')).toEqual(['1'])
    expect(hotkeysOf('classes.person')).toEqual(['2'])
    expect(hotkeysOf('classes.sign')).toEqual(['s'])
  })

  it('knows no command of another name', () => {
    expect(new EditorDriver().run('edit.explode')).toBe(false)
  })

  it('offers nothing that changes a read-only task', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 0, 0, 10, 10)], predictions: PREDICTIONS, readOnly: true }).select('a')
    const changing = ['edit.undo', 'edit.delete', 'edit.duplicate', 'edit.nudgeLeft', 'predictions.accept', 'predictions.rejectAll', 'tools.rectangle']
    expect(changing.filter((id) => driver.run(id))).toEqual([])
    expect(driver.run('tools.select')).toBe(true)
  })
})

describe('objects', () => {
  const three = () => new EditorDriver({ records: [rectangle('a', 0, 0, 10, 10), rectangle('b', 20, 0, 10, 10), rectangle('c', 40, 0, 10, 10)].map((shape, order) => ({ ...shape, order })) })

  it('are walked through round and round', () => {
    const driver = three()
    const walk = ['objects.next', 'objects.next', 'objects.previous', 'objects.previous'].map((id) => {
      driver.run(id)
      return driver.selection[0]
    })
    expect(walk).toEqual(['a', 'b', 'a', 'c'])
  })

  it('are all selected but for the locked and hidden', () => {
    const driver = three().select('a')
    driver.run('objects.lock')
    driver.select('b')
    driver.run('objects.hide')
    driver.run('edit.selectAll')
    expect(driver.selection).toEqual(['c'])
  })

  it('are not deleted while locked', () => {
    const driver = three().select('a')
    driver.run('objects.lock')
    driver.run('edit.delete')
    expect(driver.shapes).toHaveLength(3)
    expect(driver.state.message).toMatchObject({ key: 'editor.message.locked' })
    driver.run('objects.lock')
    driver.run('edit.delete')
    expect(driver.shapes.map((shape) => shape.id)).toEqual(['b', 'c'])
  })

  it('are all hidden, and all shown again', () => {
    const driver = three()
    driver.run('objects.hideAll')
    expect(driver.state.allHidden).toBe(true)
    expect(driver.click(5, 5).selection).toEqual([])
    driver.run('objects.hideAll')
    expect(driver.click(5, 5).selection).toEqual(['a'])
  })

  it('are duplicated, and the copy is selected', () => {
    const driver = three().select('a')
    driver.run('edit.duplicate')
    expect(driver.selection).toEqual(['new-1'])
    expect(driver.shape('new-1').geometry).toMatchObject({ x: 10, y: 10 })
  })
})

describe('classes', () => {
  it('relabel the selection with the select tool in hand, where its kind allows it', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 0, 0, 10, 10)] }).select('a')
    driver.run('classes.car')
    expect(driver.shape('a').classId).toBe('car')
    driver.run('classes.sign')
    expect(driver.shape('a').classId).toBe('car')
    expect(driver.state.message).toMatchObject({ key: 'editor.message.kindNotAllowed', params: { name: 'Sign' } })
    expect(driver.edits).toEqual(['relabel'])
  })

  it('change the drawing tool to one that they allow, and leave the last drawn shape alone', () => {
    const driver = new EditorDriver().tool('rectangle').drag([10, 10], [90, 90])
    driver.run('classes.sign')
    expect(driver.state).toMatchObject({ tool: 'point', activeClassId: 'sign' })
    expect(driver.edits).toEqual(['addShape'])
  })
})

describe('predictions', () => {
  const open = () => new EditorDriver({ predictions: PREDICTIONS })

  it('are accepted one by one, the surest first, moving on to the next', () => {
    const driver = open()
    driver.run('predictions.accept')
    expect(driver.shapes[0]?.provenance).toMatchObject({ source: 'acceptedPrediction', predictedShapeId: 'predicted-1' })
    expect(driver.state.selectedPrediction).toBe('predicted-2')
    driver.run('predictions.reject')
    expect(driver.state.pending).toEqual([])
    expect(driver.edits).toEqual(['acceptPrediction', 'rejectPrediction'])
    expect(driver.run('predictions.accept')).toBe(false)
  })

  it('are accepted all at once above the threshold, as one edit', () => {
    const driver = open()
    driver.run('predictions.acceptAll')
    expect(driver.shapes).toHaveLength(2)
    driver.run('edit.undo')
    expect(driver.state.pending).toHaveLength(2)
  })

  it('come and go with the threshold, which stays between 0 and 1', () => {
    const driver = open()
    setThreshold(driver.editor, 0.3)
    expect(driver.state.pending).toHaveLength(3)
    for (let step = 0; step < 30; step += 1) driver.run('predictions.raiseThreshold')
    expect(driver.state).toMatchObject({ threshold: 1, pending: [] })
  })

  it('do not come back when an accepted one is deleted', () => {
    const driver = open()
    driver.run('predictions.accept')
    driver.run('edit.selectAll')
    driver.run('edit.delete')
    expect(driver.state.pending.map(({ shape }) => shape.id)).toEqual(['predicted-2'])
  })
})

describe('the view', () => {
  it('zooms about its middle, to 100 % and to fit', () => {
    const driver = new EditorDriver()
    driver.run('view.zoomIn')
    expect(driver.state.camera).toEqual({ ...UPRIGHT, x: 100, y: 80, zoom: 1.25 })
    driver.run('view.actualSize')
    expect(driver.state.camera.zoom).toBe(1)
    driver.run('view.fit')
    expect(driver.state.camera.zoom).toBeCloseTo(0.94)
  })

  it('is moved with Space held, in any tool, and stays where it is when Space is let go', () => {
    const driver = new EditorDriver().tool('rectangle')
    expect(driver.keyDown(' ')).toBe(true)
    driver.move(500, 500).down(500, 500).move(450, 480)
    expect(driver.state.cursor).toBe('grabbing')
    expect(driver.state.camera).toEqual({ ...UPRIGHT, x: 50, y: 20, zoom: 1 })
    driver.up(450, 480)
    driver.keyUp(' ')
    expect(driver.state.cursor).toBe('crosshair')
    expect(driver.shapes).toEqual([])
  })

  it('follows wheel and pinch, and a new size keeps the place', () => {
    const { editor, state } = new EditorDriver()
    editor.dispatch({ type: 'zoom', screen: [100, 100], factor: 2 })
    expect(editor.state.getState().camera).toEqual({ ...UPRIGHT, x: 50, y: 50, zoom: 2 })
    editor.dispatch({ type: 'scroll', delta: [-20, 0] })
    editor.dispatch({ type: 'resize', size: { width: 640, height: 480 } })
    expect(editor.state.getState()).toMatchObject({ camera: { ...UPRIGHT, x: 60, y: 50, zoom: 2 }, viewSize: { width: 640, height: 480 } })
    expect(state.display.labels).toBe('all')
  })

  it('fits a view again that was fitted, when it gets another size', () => {
    const driver = new EditorDriver()
    driver.run('view.fit')
    driver.editor.dispatch({ type: 'resize', size: { width: 640, height: 800 } })
    const resized = driver.state.camera
    driver.run('view.fit')
    expect(resized).toEqual(driver.state.camera)
    expect(resized.zoom).toBeLessThan(0.6)
  })

  it('shows labels at all shapes, at the selected ones, at none, and round again', () => {
    const driver = new EditorDriver()
    const shown = [1, 2, 3].map(() => {
      driver.run('view.toggleLabels')
      return driver.state.display.labels
    })
    expect(shown).toEqual(['selected', 'none', 'all'])
  })
})
