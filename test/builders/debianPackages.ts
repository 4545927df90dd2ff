import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

/** Others may install at the same time; settings of a package that are there already stay. */
const OPTIONS = ['-q', '-o', 'DPkg::Lock::Timeout=600', '-o', 'DPkg::Options::=--force-confold']

/** Whether this process may install Debian's packages. */
export function mayInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Runs apt-get without blocking: it may take a minute, and the test runner must stay in touch. @throws with its output in `stderr`. */
export async function aptGet(...args: string[]): Promise<void> {
  await promisify(execFile)('apt-get', [...OPTIONS, ...args], { maxBuffer: 16 * 1024 * 1024, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}
