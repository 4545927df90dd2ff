import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withLock } from '../../../../build/provision/lock.mjs'

const lockFile = () => join(mkdtempSync(join(tmpdir(), 'fieldmark-lock-')), 'folder', 'lock')

describe('a lock between processes', () => {
  it('is released after the work, also when that fails', async () => {
    const file = lockFile()
    expect(await withLock(file, () => Promise.resolve(existsSync(file)))).toBe(true)
    await expect(withLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(existsSync(file)).toBe(false)
  })

  it('lets one work at a time', async () => {
    const file = lockFile()
    const events: string[] = []
    const work = (name: string) => async () => {
      events.push(`${name} begins`)
      await new Promise((done) => setTimeout(done, 20))
      events.push(`${name} ends`)
    }
    await Promise.all([withLock(file, work('one')), withLock(file, work('other'))])
    expect(events).toEqual(['one begins', 'one ends', 'other begins', 'other ends'])
  })

  it('is taken over from a process that is gone', async () => {
    const file = lockFile()
    await withLock(file, () => Promise.resolve())
    const gone = spawnSync(process.execPath, ['--version']).pid
    writeFileSync(file, String(gone))
    expect(await withLock(file, () => Promise.resolve('done'))).toBe('done')
  })
})
