import { accessSync, constants, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'

/** A new folder in memory, where there is such a place: thousands of histories wait for thousands of fsyncs, and a SIGKILL loses nothing either way. */
export function memoryFolder(name: string): string {
  return mkdtempSync(join(isWritable(MEMORY) ? MEMORY : tmpdir(), `fieldmark-${name}-`))
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
