import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withLock } from '../../../build/provision/lock.mjs'
import { aptGet, mayInstallPackages } from '../../builders/debianPackages.ts'

const run = promisify(execFile)
const PRELOAD = ['/usr/lib/fiu/fiu_run_preload.so', '/usr/lib/fiu/fiu_posix_preload.so']
const CONTROL = '/usr/bin/fiu-ctrl'

/** What the operating system does with a call of the process, by the names of libfiu; `errno` for those that fail. Sooner or later work is `refused` then, or not. */
export const FILE_FAULTS = {
  'a write that fails (EIO)': { name: 'posix/io/rw/pwrite', errno: 5, refused: true },
  'a write for which there is no room (ENOSPC)': { name: 'posix/io/rw/pwrite', errno: 28, refused: true },
  'a write of a part of the bytes': { name: 'posix/io/rw/pwrite/reduce', errno: 0, refused: false },
  'a read that fails (EIO)': { name: 'posix/io/rw/pread', errno: 5, refused: false },
  'a read of a part of the bytes': { name: 'posix/io/rw/pread/reduce', errno: 0, refused: false },
  'an fsync that fails (EIO)': { name: 'posix/io/sync/fsync', errno: 5, refused: true },
  'a file that cannot be cut (EIO)': { name: 'posix/io/rw/ftruncate', errno: 5, refused: false },
} as const
export type FileFault = keyof typeof FILE_FAULTS

/** Why no file faults can be made here, for the names of the tests that are skipped; undefined when they can. Installs Debian's `fiu-utils` where this process may. */
export async function whyNoFileFaults(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'libfiu stands between a program and Linux only'
  if (existsSync(CONTROL)) return undefined
  if (!mayInstallPackages()) return 'fiu-utils is not installed and only root may install it with apt-get'
  try {
    await withLock('/var/lock/fieldmark-fiu.lock', async () => {
      if (existsSync(CONTROL)) return
      await aptGet('update')
      await aptGet('install', '-y', '--no-install-recommends', 'fiu-utils')
    })
    return undefined
  } catch (error) {
    console.error(error)
    return 'apt-get could not install fiu-utils'
  }
}

/** Stands between one process at a time and its files. */
export class FailingFiles {
  /** With these variables a process listens to it. */
  readonly environment: Record<string, string>
  readonly #pipe: string

  /** @param folder where the pipes of the remote control are */
  constructor(folder: string) {
    this.#pipe = join(folder, 'fiu')
    this.environment = { LD_PRELOAD: PRELOAD.join(' '), FIU_CTRL_FIFO: this.#pipe, FIU_ENABLE: '' }
  }

  /** From now on calls of the process meet the fault with a probability from 0 to 1. */
  async begin(pid: number, fault: FileFault, probability: number): Promise<void> {
    const { name, errno } = FILE_FAULTS[fault]
    await this.#tell(pid, `enable_random name=${name},probability=${probability},failinfo=${errno}`)
  }

  async #tell(pid: number, command: string): Promise<void> {
    await run(CONTROL, ['-f', this.#pipe, '-c', command, String(pid)], { timeout: 10_000 })
  }
}
