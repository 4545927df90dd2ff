import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { hasCommand } from './hasCommand.ts'

/** What Electron loads on Linux, and the display to run it on where there is none, as Debian's packages. */
const packages = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'xvfb']

/**
 * Makes sure that an Electron executable finds its system libraries and that Xvfb is there when it is needed: installs them
 * through apt as root on Debian or Ubuntu, else fails with the line to run.
 * @param needsDisplay whether there is no display, so that Xvfb must provide one
 */
export function ensureSystemLibraries(executable: string, needsDisplay: boolean): void {
  if (process.platform !== 'linux') return
  const missing = missingParts(executable, needsDisplay)
  if (missing.length === 0) return
  const line = `apt-get update && apt-get install -y --no-install-recommends ${packages.map(inThisRelease).join(' ')}`
  if (!isDebian() || process.getuid?.() !== 0) {
    throw new Error(`Electron needs system libraries that are missing (${missing.join(', ')}).\nRun as root: ${line}`)
  }
  console.error(`Installing system libraries through apt (${missing.length} missing; half a minute) ...`)
  install()
  const still = missingParts(executable, needsDisplay)
  if (still.length > 0) throw new Error(`Still missing after the installation: ${still.join(', ')}.\nIt ran: ${line}`)
}

/** What an Electron executable lacks on this system: names of shared libraries, and Xvfb where it is needed. */
export function missingParts(executable: string, needsDisplay: boolean): string[] {
  const libraries = [...outputOf('/usr/bin/ldd', [executable]).matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '')
  if (!libraries.includes(openedLate) && !isInLoaderCache(openedLate)) libraries.push(openedLate)
  return needsDisplay && !hasCommand('Xvfb') ? [...libraries, 'Xvfb'] : libraries
}

/** Newer Electron opens this one while it runs, so that the executable does not name it. */
const openedLate = 'libgtk-3.so.0'

function isInLoaderCache(library: string): boolean {
  const known = outputOf('/sbin/ldconfig', ['-p'])
  // Systems without ldconfig keep no such cache: nothing can be said about them.
  return known === '' || known.includes(library)
}

function install(): void {
  const wait = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'APT::Update::Error-Mode=any', '-qq']
  run('apt-get', [...wait, 'update'])
  // Names are looked up after the update: on a bare system apt knows no package before it.
  run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages.map(inThisRelease)])
}

function run(command: string, args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${stdout ?? ''}${stderr ?? ''}\n${command} ${args.join(' ')} failed`)
}

/** Ubuntu 24.04 and Debian 13 renamed libraries when time_t became 64 bits wide. */
function inThisRelease(name: string): string {
  return outputOf('apt-cache', ['show', '--no-all-versions', `${name}t64`]) === '' ? name : `${name}t64`
}

/** What a program says; nothing when it is not there. */
function outputOf(command: string, args: string[]): string {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout ?? ''
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}
