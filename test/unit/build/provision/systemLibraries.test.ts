import { describe, expect, it, vi } from 'vitest'
import { ensureSystemLibraries, missingParts } from '../../../../build/provision/systemLibraries.ts'

describe.runIf(process.platform === 'linux')('the system libraries (of Linux)', () => {
  it('says when Xvfb is needed and missing', () => {
    vi.stubEnv('PATH', '/nonexistent')
    expect(missingParts('/bin/ls', true)).toContain('Xvfb')
    expect(missingParts('/bin/ls', false)).not.toContain('Xvfb')
    vi.unstubAllEnvs()
  })

  it('tells a user who is not root the exact line to run', () => {
    const getuid = vi.spyOn(process, 'getuid').mockReturnValue(1000)
    vi.stubEnv('PATH', '/nonexistent')
    const line = /Xvfb[^]*apt-get update && apt-get install -y --no-install-recommends libgtk-3-0 libnss3 libgbm1 libasound2 xvfb/
    expect(() => ensureSystemLibraries('/bin/ls', true)).toThrow(line)
    vi.unstubAllEnvs()
    getuid.mockRestore()
  })
})
