import { describe, expect, it } from 'vitest'
import { aShape } from '../../../builders/records.ts'
import { encodeMask } from '../../../../shared/geometry/mask.ts'
import { EditorDriver, rectangle } from './editorDriver.ts'

const places = (driver: EditorDriver, ...ids: string[]) => ids.map((id) => {
  const { geometry } = driver.shape(id)
  return geometry.kind === 'rectangle' ? [geometry.x, geometry.y] : geometry
})
const three = () => new EditorDriver({ records: [
  { ...rectangle('a', 100, 100, 50, 50), order: 1 }, { ...rectangle('b', 200, 130, 100, 20), order: 2 }, { ...rectangle('c', 500, 300, 50, 50), order: 3 },
] })
const stack = (driver: EditorDriver) => driver.shapes.map(({ id }) => id)

describe('aligning and distributing', () => {
  it.each([
    ['left', [[100, 100], [100, 130], [100, 300]]], ['centre', [[300, 100], [275, 130], [300, 300]]], ['right', [[500, 100], [450, 130], [500, 300]]],
    ['top', [[100, 100], [200, 100], [500, 100]]], ['middle', [[100, 200], [200, 215], [500, 200]]], ['bottom', [[100, 300], [200, 330], [500, 300]]],
  ])('puts shapes on one line: %s', (alignment, expected) => {
    const driver = three().select('a', 'b', 'c')
    expect(driver.run(`arrange.align.${alignment}`)).toBe(true)
    expect(places(driver, 'a', 'b', 'c')).toEqual(expected)
    expect(driver.edits).toEqual(['align'])
  })

  it('leaves equal gaps, the outermost staying', () => {
    const driver = three().select('a', 'b', 'c')
    driver.run('arrange.distribute.across')
    expect(places(driver, 'a', 'b', 'c')).toEqual([[100, 100], [275, 130], [500, 300]])
    expect(driver.edits).toEqual(['distribute'])
    expect(three().select('a', 'b').run('arrange.distribute.across')).toBe(false)
  })

  it('moves a group as one, and passes over locked shapes', () => {
    const driver = three().select('a', 'b')
    driver.run('arrange.group')
    driver.select('a', 'b', 'c').run('arrange.align.right')
    expect(places(driver, 'a', 'b', 'c')).toEqual([[350, 100], [450, 130], [500, 300]])
    driver.select('c').run('objects.lock')
    driver.select('b', 'c').run('arrange.align.top')
    expect(places(driver, 'c')).toEqual([[500, 300]])
  })
})

describe('groups', () => {
  const grouped = () => {
    const driver = three().select('a', 'b')
    driver.run('arrange.group')
    return driver.select()
  }

  it('are selected by any of their members, by one member with Alt, and as part of a marquee', () => {
    const driver = grouped()
    expect(driver.click(110, 110).selection).toEqual(['a', 'b'])
    expect(driver.click(110, 110, { alt: true }).selection).toEqual(['a'])
    driver.select().dragWithoutRelease([190, 120], [310, 160])
    expect(driver.selection).toEqual(['a', 'b'])
  })

  it('are moved as one, and fall apart when ungrouped', () => {
    const driver = grouped().drag([110, 110], [120, 120])
    expect(places(driver, 'a', 'b')).toEqual([[110, 110], [210, 140]])
    driver.run('arrange.ungroup')
    expect(driver.click(120, 120).selection).toEqual(['a'])
    expect(driver.edits).toEqual(['group', 'moveShape', 'ungroup'])
    expect(driver.shape('a')).not.toHaveProperty('groupId')
  })

  it('are copied as groups of their own', () => {
    const driver = grouped().select('a', 'b')
    driver.run('edit.duplicate')
    const [first, second] = driver.shapes.slice(3)
    expect(first?.groupId).toBeDefined()
    expect(first?.groupId).toBe(second?.groupId)
    expect(first?.groupId).not.toBe(driver.shape('a').groupId)
  })
})

describe('the stack', () => {
  it('is gone through step by step', () => {
    const driver = three().select('a')
    driver.run('edit.bringForward')
    expect(stack(driver)).toEqual(['b', 'a', 'c'])
    driver.run('edit.bringForward')
    driver.run('edit.bringForward')
    expect(stack(driver)).toEqual(['b', 'c', 'a'])
    driver.select('c', 'a').run('edit.sendBackward')
    expect(stack(driver)).toEqual(['c', 'a', 'b'])
    expect(driver.edits).toEqual(['reorder', 'reorder', 'reorder'])
  })

  it('is ordered also where shapes had the same place in it', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 0, 0, 5, 5), rectangle('b', 0, 0, 5, 5), rectangle('c', 0, 0, 5, 5)] }).select('a')
    driver.run('edit.bringForward')
    expect(stack(driver)).toEqual(['b', 'a', 'c'])
  })
})

describe('isolating', () => {
  it('shows the selected shapes alone, then all as they were', () => {
    const driver = three().select('c')
    driver.run('objects.hide')
    driver.select('a').run('objects.isolate')
    expect([...driver.state.hidden].sort()).toEqual(['b', 'c'])
    expect(driver.click(220, 140).selection).toEqual([])
    driver.run('objects.isolate')
    expect([...driver.state.hidden]).toEqual(['c'])
    expect(driver.lines).toEqual([])
  })

  it('lets new shapes be seen, and ends when all are shown', () => {
    const driver = three().select('a')
    driver.run('objects.isolate')
    driver.tool('rectangle').drag([700, 500], [750, 550])
    expect(driver.state.hidden.has(driver.shapes.at(-1)?.id ?? driver.shape('a').id)).toBe(false)
    driver.run('objects.hideAll')
    expect(driver.state).toMatchObject({ isolated: undefined, hidden: new Set() })
  })
})

describe('converting', () => {
  const one = (geometry: unknown) => new EditorDriver({ records: [aShape({ id: 'a', geometry })] }).select('a')

  it('makes a polygon of a rectangle and back, each as one edit', () => {
    const driver = one({ kind: 'rectangle', x: 10, y: 20, width: 30, height: 40 })
    driver.run('convert.polygon')
    expect(driver.shape('a').geometry).toEqual({ kind: 'polygon', rings: [[[10, 20], [40, 20], [40, 60], [10, 60]]] })
    driver.run('convert.rectangle')
    expect(driver.shape('a').geometry).toEqual({ kind: 'rectangle', x: 10, y: 20, width: 30, height: 40 })
    expect(driver.edits).toEqual(['convert', 'convert'])
  })

  it('makes a polygon of each region of a mask, and a mask of a polygon', () => {
    const pixels = new Uint8Array(1000 * 800)
    for (const at of [5 * 1000 + 5, 5 * 1000 + 6, 50 * 1000 + 50]) pixels[at] = 1
    const driver = one({ kind: 'mask', rle: encodeMask(pixels, 1000, 800) })
    driver.run('convert.polygon')
    expect(driver.shapes.map(({ geometry }) => geometry.kind)).toEqual(['polygon', 'polygon'])
    expect(driver.selection).toEqual(['a', 'new-1'])
    driver.select('a').run('convert.mask')
    expect(driver.shape('a').geometry).toMatchObject({ kind: 'mask', rle: { size: [800, 1000] } })
  })

  it('leaves shapes alone whose class does not allow the kind, and offers nothing to points', () => {
    const driver = new EditorDriver({ records: [{ ...rectangle('a', 0, 0, 9, 9), classId: aShape({ classId: 'car' }).classId }] }).select('a')
    expect(driver.run('convert.ellipse')).toBe(false)
    expect(one({ kind: 'point', x: 1, y: 1 }).run('convert.polygon')).toBe(false)
  })
})
