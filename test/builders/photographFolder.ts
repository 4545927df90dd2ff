import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The folder of the photographs that come with face-api, `sample1.jpg` to `sample6.jpg`. */
export const photographFolder = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
