import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createShapeLayer, shapeLayerChanged } from '../../../../renderer/canvas/shapes/shapeLayer.ts'
import { visiblePredictions, visibleShapes } from '../../../../renderer/canvas/shapes/drawables.ts'
import { MARGIN, sharpPose } from '../../../../renderer/canvas/held/pose.ts'
import { handworkPose } from '../../../../renderer/canvas/shapes/drawShapes.ts'
import { LABEL_ROOM, isLight } from '../../../../renderer/canvas/shapes/label.ts'
import { readTheme } from '../../../../renderer/canvas/theme.ts'
import { aPrediction } from '../../../builders/records.ts'
import { UPRIGHT, imageToScreen } from '../../../../shared/geometry/camera.ts'
import { EditorDriver, rectangle } from '../editor/editorDriver.ts'

describe('shapes at rest', () => {
  const two = () => new EditorDriver({ records: [{ ...rectangle('near', 10, 10, 50, 50), order: 2 }, rectangle('far', 900, 700, 50, 50)], predictions: [aPrediction()] })
  const drawn = (driver: EditorDriver) => visibleShapes(driver.editor, driver.state).map(({ bounds }) => bounds.x)

  it('are drawn where the view is, bottom of the stack first', () => {
    const driver = two()
    expect(drawn(driver)).toEqual([900, 10])
    driver.editor.look({ ...UPRIGHT, x: 0, y: 0, zoom: 4 })
    expect(drawn(driver)).toEqual([10])
  })

  it('are not drawn while hidden or held by a gesture', () => {
    const driver = two().dragWithoutRelease([30, 30], [60, 60])
    expect(drawn(driver)).toEqual([900])
    driver.up(60, 60).select('far')
    driver.run('objects.hide')
    expect(drawn(driver)).toEqual([40])
    driver.editor.update({ allHidden: true })
    expect(drawn(driver)).toEqual([])
  })

  it('carry the colour and name of their class, and predictions their confidence', () => {
    const driver = two()
    expect(visibleShapes(driver.editor, driver.state)[0]).toMatchObject({ color: '#cc6633', text: 'Person' })
    expect(visiblePredictions(driver.editor, driver.state)).toMatchObject([{ text: 'Person 80%' }])
  })

  it('have a canvas on the screen only where there are any', () => {
    const anything = new Proxy({}, { get: () => () => ({ width: 0 }), set: () => true })
    const drawing = vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(anything as never)
    vi.stubGlobal('OffscreenCanvas', class {
      getContext() { return anything }
      transferToImageBitmap() { return anything }
    })
    onTestFinished(() => {
      drawing.mockRestore()
      vi.unstubAllGlobals()
    })
    const canvases = (driver: EditorDriver) => {
      const host = document.createElement('div')
      const layer = createShapeLayer(host, driver.editor, () => undefined)
      const { camera, viewSize: view } = driver.state
      layer.show({ camera, view, density: 1, moving: false }, readTheme(host), true)
      return [...host.querySelectorAll('canvas')].filter(({ style }) => style.display !== 'none').map(({ width }) => width)
    }
    const elsewhere = new EditorDriver({ records: [rectangle('near', 10, 10, 50, 50)] })
    elsewhere.editor.look({ ...UPRIGHT, x: 300, y: 300, zoom: 4 })
    expect(canvases(elsewhere)).toEqual([1000 + 2 * MARGIN])
    expect(canvases(new EditorDriver())).toEqual([])
  })

  it('that are drawn over those of the rasteriser take no more room than they need with their labels', () => {
    const pose = sharpPose({ ...UPRIGHT, x: 0, y: 0, zoom: 2 }, { width: 2000, height: 1600 }, 1)
    const [near, far] = [rectangle('near', 300, 300, 50, 40), rectangle('far', 700, 300, 50, 40)]
    const { state } = new EditorDriver({ records: [near, far] })
    const handwork = (...ids: (typeof near.id)[]) => handworkPose(state, pose, ids.slice(0, 1), ids.slice(1))
    expect(handwork()).toBeUndefined()
    expect(handwork(near.id)?.size).toEqual({ width: 100 + 2 * LABEL_ROOM, height: 80 + 2 * LABEL_ROOM })
    expect(handwork(near.id, far.id)?.size).toEqual({ width: 900 + 2 * LABEL_ROOM, height: 80 + 2 * LABEL_ROOM })
    const placed = handwork(near.id)
    expect(placed && imageToScreen(placed.camera, [300, 300])).toEqual([LABEL_ROOM, LABEL_ROOM])
    // Where predictions wait is not looked for.
    expect(handworkPose(two().state, pose, [], [])).toBe(pose)
  })

  it('are painted again only when they would look different', () => {
    const driver = two()
    const changes = (act: () => unknown) => {
      const before = driver.state
      act()
      return shapeLayerChanged(before, driver.state)
    }
    expect(changes(() => driver.move(500, 500))).toBe(false)
    expect(changes(() => driver.select('near'))).toBe(false)
    expect(changes(() => driver.dragWithoutRelease([30, 30], [60, 60]))).toBe(true)
    expect(changes(() => driver.move(70, 70))).toBe(false)
    expect(changes(() => driver.up(70, 70))).toBe(true)
    expect(changes(() => driver.run('view.toggleLabels'))).toBe(true)
    expect(changes(() => driver.run('view.zoomIn'))).toBe(false)
  })
})

it('labels are black on light colours and white on dark ones', () => {
  expect(['#ffffff', '#ffd43b', '#3366cc', '#000000'].map(isLight)).toEqual([true, true, false, false])
})
