import { sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileInside, isAppUrl } from '../../../../electron/main/appUrl.ts'

describe('isAppUrl', () => {
  it.each(['fieldmark://app', 'fieldmark://app/index.html'])('takes %s as a page of the application', (url) => {
    expect(isAppUrl(url)).toBe(true)
  })
  it.each(['fieldmark://application/index.html', 'https://app/index.html', 'file:///index.html', 'fieldmark-data://app/x'])('takes %s as foreign', (url) => {
    expect(isAppUrl(url)).toBe(false)
  })
})

describe('fileInside', () => {
  const root = ['', 'opt', 'app', 'renderer'].join(sep)

  it('gives the page for the root', () => {
    expect(fileInside(root, '/')).toBe([root, 'index.html'].join(sep))
  })
  it('gives a file below the root', () => {
    expect(fileInside(root, '/assets/a%20b.js')).toBe([root, 'assets', 'a b.js'].join(sep))
  })
  it.each(['/../main/index.js', '/%2e%2e/main/index.js', '/assets/..%2f..%2f..%2fetc/passwd', '/a%00.js', '/%'])('refuses %s', (path) => {
    expect(fileInside(root, path)).toBeUndefined()
  })
  it('refuses a neighbour whose name begins like the root', () => {
    expect(fileInside(root, '/../renderer-secret/x')).toBeUndefined()
  })
})
