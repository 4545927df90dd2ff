import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cached, cacheFolder } from '../../../../build/provision/cache.mjs'

const write = (text: string) => (folder: string) => {
  writeFileSync(join(folder, 'file'), text)
  return Promise.resolve()
}

describe('the cache of what is fetched', () => {
  beforeEach(() => vi.stubEnv('XDG_CACHE_HOME', mkdtempSync(join(tmpdir(), 'fieldmark-cache-'))))
  afterEach(() => vi.unstubAllEnvs())

  it('lies in the cache folder of the user', () => {
    vi.stubEnv('XDG_CACHE_HOME', '/somewhere')
    expect(cacheFolder()).toBe('/somewhere/fieldmark')
  })

  it('makes an entry once', async () => {
    const first = await cached('thing-1.0', write('first'))
    const second = await cached('thing-1.0', write('second'))
    expect(second).toBe(first)
    expect(readFileSync(join(first, 'file'), 'utf8')).toBe('first')
  })

  it('leaves nothing behind when making it fails, and tries again', async () => {
    const failing = (folder: string) => write('half')(folder).then(() => Promise.reject(new Error('no network')))
    await expect(cached('thing-1.0', failing)).rejects.toThrow('no network')
    expect(readdirSync(cacheFolder())).toEqual([])
    expect(existsSync(join(await cached('thing-1.0', write('whole')), 'file'))).toBe(true)
  })

  it('gives both of two that make it at once the same, whole entry', async () => {
    const slowly = (text: string) => (folder: string) => new Promise((done) => setTimeout(done, 50)).then(() => write(text)(folder))
    const [one, other] = await Promise.all([cached('thing-1.0', slowly('one')), cached('thing-1.0', slowly('other'))])
    expect(one).toBe(other)
    expect(readdirSync(cacheFolder())).toEqual(['thing-1.0'])
    expect(['one', 'other']).toContain(readFileSync(join(one, 'file'), 'utf8'))
  })
})
