import { execFileSync } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

/** Small real file systems for tests, which only root on Linux may make; elsewhere such a test is skipped and says so. */
export const mountMemory = {
  /** A test body that gets a folder on a new file system of a size such as `4m`. */
  test: (size: string, body: (folder: string) => void) => (context: TestContext) => {
    const folder = temporaryFolder()
    mountMemory.over(folder, size, context)
    body(folder)
  },
  /** Lays a new file system over a folder until the test ends. */
  over: (folder: string, size: string, context: TestContext) => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' })
    } catch {
      context.skip('needs the right to mount a file system')
    }
    context.onTestFinished(() => { execFileSync('umount', ['-l', folder]) })
  },
  /** Writes until nothing fits any more. */
  fill: (folder: string) => {
    const file = openSync(join(folder, 'filler'), 'w')
    try {
      for (;;) writeSync(file, Buffer.alloc(4096))
    } catch {
      // The disk is full: that was the point.
    } finally {
      closeSync(file)
    }
  },
  makeReadOnly: (folder: string) => { execFileSync('mount', ['-o', 'remount,ro', folder]) },
}
