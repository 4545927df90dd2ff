import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openLog, scrub } from '../../../../electron/engine/diagnostics/engineLog.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { aClock } from '../../../builders/workspace.ts'

beforeEach(() => { vi.spyOn(console, 'error').mockImplementation(() => undefined) })
afterEach(() => { vi.restoreAllMocks() })

it('keeps what went wrong over restarts, newest first', () => {
  const folder = temporaryFolder()
  openLog(folder, [], aClock()).error('sync', new Error('first', { cause: new Error('the reason') }))
  const log = openLog(folder, [], aClock())
  log.error('backup', 'second')
  expect(log.newest(10)).toMatchObject([{ source: 'backup', message: 'second' }, { source: 'sync', message: expect.stringMatching(/first[\s\S]*caused by[\s\S]*the reason/) as string }])
  expect(log.newest(1)).toHaveLength(1)
})

it('puts a full file aside and drops the one before, and reads past a line that was cut', () => {
  const folder = temporaryFolder()
  const log = openLog(folder, [], aClock())
  for (let count = 0; count < 1200; count++) log.error('test', 'x'.repeat(3000))
  const [file = '', older = ''] = log.files
  expect(statSync(file).size + statSync(older).size).toBeLessThan(2_100_000)
  expect(existsSync(join(folder, 'engine.log.2'))).toBe(false)
  expect(log.newest(2000)).toHaveLength(1000)
})

it('never writes a secret, in whatever it comes', () => {
  const folder = temporaryFolder()
  const log = openLog(folder, ['tok-123456', 's3/secret+key'], aClock())
  log.error('a', new Error('refused tok-123456 for s3/secret+key'))
  log.error('b', 'GET https://ada:password1@host/path?X-Amz-Signature=abcdef0123&X-Amz-Credential=AKIA9 with Authorization: Bearer another.token-1')
  log.error('c', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI\n-----END PRIVATE KEY-----')
  const written = readFileSync(join(folder, 'engine.log'), 'utf8') + JSON.stringify(log.newest(10)) + JSON.stringify(vi.mocked(console.error).mock.calls)
  for (const secret of ['tok-123456', 's3/secret+key', 'password1', 'abcdef0123', 'AKIA9', 'another.token-1', 'MC4CAQAw']) expect(written).not.toContain(secret)
  expect(written).toContain('https://[removed]@host/path?[removed]')
})

it('leaves alone what is no secret', () => {
  const text = 'The answer of images.example.org ended after 5 of 10 bytes, see https://example.org/help'
  expect(scrub(text, [''])).toBe(text)
})
