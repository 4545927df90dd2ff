import { describe, expect, it } from 'vitest'
import { selectTests, vitestSuites } from '../../../../build/tests/selection.ts'

describe('selecting tests', () => {
  it('takes every suite without arguments', () => {
    expect(selectTests([])).toEqual({ vitestSuites, endToEnd: true, files: [] })
  })

  it('takes the named suites only', () => {
    expect(selectTests(['unit', 'faults'])).toEqual({ vitestSuites: ['unit', 'faults'], endToEnd: false, files: [] })
    expect(selectTests(['e2e'])).toEqual({ vitestSuites: [], endToEnd: true, files: [] })
  })

  it('takes anything else as part of a file name', () => {
    expect(selectTests(['unit', 'camera'])).toEqual({ vitestSuites: ['unit'], endToEnd: false, files: ['camera'] })
    expect(selectTests(['camera'])).toEqual({ vitestSuites, endToEnd: true, files: ['camera'] })
  })
})
