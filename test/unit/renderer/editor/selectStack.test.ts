import { describe, expect, it } from 'vitest'
import { EditorDriver, rectangle } from './editorDriver.ts'

const nested = () => new EditorDriver({ records: [rectangle('small', 140, 140, 20, 20), rectangle('middle', 120, 120, 60, 60), rectangle('large', 100, 100, 200, 200)] })

describe('clicking through a stack', () => {
  it('goes from the smallest to the largest and round, while the place stays the same', () => {
    const driver = nested()
    const seen = [0, 1, 2, 3].map(() => driver.click(150, 151).selection[0])
    expect(seen).toEqual(['small', 'middle', 'large', 'small'])
    driver.click(150, 151)
    expect(driver.click(152, 145).selection).toEqual(['small'])
  })

  it('lets what was reached be dragged', () => {
    const driver = nested().click(150, 151).click(150, 151).drag([150, 151], [160, 161])
    expect(driver.shape('middle').geometry).toMatchObject({ x: 130, y: 130 })
    expect(driver.shape('small').geometry).toMatchObject({ x: 140, y: 140 })
  })
})

describe('the lasso', () => {
  const lasso = (driver: EditorDriver, held = {}) => {
    driver.move(90, 90, { mod: true }).down(90, 90, { mod: true, ...held })
    for (const [x, y] of [[210, 90], [210, 190], [110, 190], [90, 190]] as const) driver.move(x, y, { mod: true })
    return driver
  }

  it('selects what lies wholly within the line, wherever it begins', () => {
    const driver = lasso(nested())
    expect(driver.state).toMatchObject({ toolState: 'lassoing', preview: { kind: 'lasso' } })
    driver.up(90, 190, { mod: true })
    expect(driver.selection).toEqual(['middle', 'small'])
    expect(driver.state.preview).toBeUndefined()
  })

  it('adds with Shift, and is given up by Escape', () => {
    const driver = nested().select('large')
    expect(lasso(driver, { shift: true }).selection).toEqual(['large', 'middle', 'small'])
    driver.key('Escape')
    expect(driver.selection).toEqual(['large'])
  })

  it('takes a click with Control for taking in or out', () => {
    const driver = nested().select('large').click(150, 150, { mod: true })
    expect(driver.selection).toEqual(['large', 'small'])
    expect(driver.click(150, 150, { mod: true }).selection).toEqual(['large'])
  })
})

it('selects all of the same class, and all others', () => {
  const driver = new EditorDriver({ records: [rectangle('a', 0, 0, 9, 9), rectangle('b', 20, 0, 9, 9), rectangle('c', 40, 0, 9, 9)] })
  driver.select('c').run('classes.car')
  driver.select('a').run('edit.selectSameClass')
  expect(driver.selection).toEqual(['a', 'b'])
  driver.run('edit.invertSelection')
  expect(driver.selection).toEqual(['c'])
})
