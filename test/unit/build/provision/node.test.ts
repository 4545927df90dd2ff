import { describe, expect, it } from 'vitest'
import { isNewEnough } from '../../../../build/provision/node.mjs'

describe('whether a Node runs the project', () => {
  it.each(['22.18.0', '22.20.1', '23.0.0', '24.21.0', '100.0.0'])('takes %s', (version) => {
    expect(isNewEnough(version)).toBe(true)
  })

  it.each(['20.20.2', '22.17.9', '18.0.0', '9.99.0'])('refuses %s', (version) => {
    expect(isNewEnough(version)).toBe(false)
  })
})
