import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** For the environment of a program that a test starts: what Node compiled for one process is there for the hundreds that follow. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(tmpdir(), 'fieldmark-compiled') }
