import { describe, expect, it } from 'vitest'
import { isSameTree } from '../../../../build/provision/dependencies.mjs'

const a = { version: '1.0.0', integrity: 'sha512-a' }
const b = { version: '2.0.0', integrity: 'sha512-b' }

describe('whether the installed packages are what the lock file says', () => {
  it('accepts the same tree, which does not record the project itself', () => {
    expect(isSameTree({ '': {}, 'node_modules/a': a }, { 'node_modules/a': a })).toBe(true)
  })

  it('notices a missing, a left-over and a changed package', () => {
    expect(isSameTree({ 'node_modules/a': a, 'node_modules/b': b }, { 'node_modules/a': a })).toBe(false)
    expect(isSameTree({ 'node_modules/a': a }, { 'node_modules/a': a, 'node_modules/b': b })).toBe(false)
    expect(isSameTree({ 'node_modules/a': a }, { 'node_modules/a': { ...a, version: '1.0.1' } })).toBe(false)
    expect(isSameTree({ 'node_modules/a': a }, { 'node_modules/a': { ...a, integrity: 'sha512-x' } })).toBe(false)
  })

  it('lets optional packages, those of other platforms, be missing', () => {
    expect(isSameTree({ 'node_modules/a': a, 'node_modules/b': { ...b, optional: true } }, { 'node_modules/a': a })).toBe(true)
  })
})
