// Measures Fieldmark's canvas beside other ways to show shapes over an image. `npm run bench:canvas -- [--subjects fieldmark,svg] [--shapes 1000,10000] [--tiles fieldmark]
// [--brush | --no-brush] [--seed 1] [--limit 180] [--pictures FOLDER]`; shapes are polygons, half as many boxes come besides; the limit is in seconds for each subject;
// an empty list, as in `--tiles=`, leaves a part out. The next cached task is timed by `npm run bench -- next`.
// Timing is not a test: a goal that is missed is printed, and the exit code is 0.
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { machineLine } from '../report.ts'
import { paceOf, shapeGoals } from './goals.ts'
import { measureSubject } from './measureSubject.ts'
import type { Measured } from './measureSubject.ts'
import { SUBJECTS } from './page/subjects/subjects.ts'
import type { SubjectName } from './page/subjects/subjects.ts'
import { serve } from './serve.ts'
import { brushGoals, measureBrush } from './measureBrush.ts'
import { printBrush, printGoals, printScene, printTiles } from './table.ts'
import type { MeasuredTiles } from './measureTiles.ts'
import { measureTiles } from './measureTiles.ts'
import { TILE_SUBJECTS } from './page/tiles/tileSubjects.ts'
import type { TileSubjectName } from './page/tiles/tileSubjects.ts'
import { tileGoals } from './tileGoals.ts'

const OUT = resolve(import.meta.dirname, '../../../out')
const FOLDER = join(OUT, 'bench')
const names = Object.keys(SUBJECTS) as SubjectName[]
const tileNames = Object.keys(TILE_SUBJECTS) as TileSubjectName[]

const ListSchema = z.string().transform((text) => text.split(',').filter((item) => item !== ''))
const OptionsSchema = z.object({
  subjects: ListSchema.pipe(z.array(z.enum(names))), tiles: ListSchema.pipe(z.array(z.enum(tileNames))), shapes: ListSchema.pipe(z.array(z.coerce.number<string>().int().positive())), seed: z.coerce.number().int(), limit: z.coerce.number().positive(), pictures: z.string().optional(), brush: z.boolean(),
})

function readOptions() {
  const text = (value: string) => ({ type: 'string', default: value }) as const
  const options = { subjects: text(names.join()), tiles: text(tileNames.join()), shapes: text('1000,10000,50000'), seed: text('1'), limit: text('180'), pictures: { type: 'string' }, brush: { type: 'boolean', default: true } } as const
  return OptionsSchema.parse(parseArgs({ options, allowNegative: true }).values)
}

async function measure(): Promise<void> {
  const { subjects, tiles: tileSubjects, shapes, seed, limit, pictures, brush } = readOptions()
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
  console.log(`${machineLine()}\nSeed ${seed}; window of 1600 x 1000`)
  const server = await serve(join(OUT, 'bench-canvas'))
  const all: Measured[] = []
  for (const polygons of shapes) {
    const scene: Measured[] = []
    for (const subject of subjects) {
      console.error(`${subject}, ${polygons} polygons ...`)
      scene.push(await measureSubject(subject, polygons, { url: server.url, folder: FOLDER, seed, limitMs: limit * 1000, pictures }))
    }
    printScene(polygons, scene)
    all.push(...scene)
  }
  const tiles: MeasuredTiles[] = []
  for (const subject of tileSubjects) tiles.push(await measureTiles(subject, server.url, FOLDER))
  if (tiles.length > 0) printTiles(tiles)
  const strokes = brush ? await measureBrush(server.url, FOLDER) : []
  if (strokes.length > 0) printBrush(strokes)
  const pace = paceOf(all)
  printGoals([...shapeGoals(all, pace), ...tileGoals(tiles, pace), ...brushGoals(strokes)])
  server.close()
}

const cleanUp = () => { rmSync(FOLDER, { recursive: true, force: true }) }
cleanUp()
process.on('exit', cleanUp)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
await measure()
