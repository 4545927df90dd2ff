import { closeSync, existsSync, openSync, readdirSync, readlinkSync } from 'node:fs'

const OPEN_FILES = '/proc/self/fd'

/** Whether open files can be exchanged here; only Linux shows them. */
export const canSwapFiles = existsSync(OPEN_FILES)

/**
 * Lets everything that is done from now on to a file that this process has open happen to another one: `/dev/full` has no room for what is written;
 * what is written to `/dev/null` is lost, and it cannot be synced; opened for reading it cannot be written. A new file gets the lowest free
 * number, so a lower one than the file's must not be free.
 */
export function swapFile(path: string, other: { path: '/dev/full' | '/dev/null'; flags: 'r' | 'r+' }): void {
  const number = readdirSync(OPEN_FILES).map(Number).find((each) => linkOf(each) === path)
  if (number === undefined) throw new Error(`${path} is not open`)
  const fillers: number[] = []
  for (let filler = openSync('/dev/null', 'r'); filler < number; filler = openSync('/dev/null', 'r')) fillers.push(filler)
  closeSync(number)
  if (openSync(other.path, other.flags) !== number) throw new Error('The file got another number')
  for (const filler of fillers) closeSync(filler)
}

function linkOf(number: number): string | undefined {
  try {
    return readlinkSync(`${OPEN_FILES}/${number}`)
  } catch {
    return undefined
  }
}
