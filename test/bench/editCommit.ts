import { join } from 'node:path'
import { setPragmas } from '../../electron/engine/db/pragmas.ts'
import { Database } from '../../electron/engine/db/sqlite.ts'
import { commitEdits } from '../../electron/engine/work/commitEdits.ts'
import { CHANNELS } from '../../shared/rpc/channels.ts'
import type { DraftDiff } from '../../shared/domain/draft.ts'
import { adding, aShape, updating } from '../builders/records.ts'
import { inTurns, timed } from './comparison.ts'
import type { Comparison } from './comparison.ts'
import { withWorkspace } from './manyTasks.ts'

const ROUNDS = 600
const CORNERS = 24

/** One edit on its way to the disk, as the engine does it: validated, then journal, record and task in one transaction. */
export async function editCommit(workspace: string, folder: string): Promise<Comparison> {
  const edits = Array.from({ length: ROUNDS }, (_, round) => polygonEdit(round))
  const bare = openBare(join(folder, 'bare.db'))
  const insert = bare.prepare('INSERT INTO lines (line) VALUES (?)')
  const times = await withWorkspace(workspace, (context) => inTurns(ROUNDS,
    async (round) => timed(() => commitEdits(context, CHANNELS['tasks.commit'].request.parse({
      taskId: 'task-1', afterSeq: round, lines: [{ kind: 'edit', name: 'addShape', diff: edits[round] }], timeOnTaskMs: round * 1000,
    }))),
    async (round) => {
      const line = JSON.stringify(edits[round])
      return timed(() => insert.run(line))
    },
  ))
  bare.close()
  return {
    name: 'durable edit commit', fieldmark: times.fieldmark, goal: { kind: 'timeAtMost', ratio: 1.5 },
    floor: { name: 'one better-sqlite3 insert of the same bytes with the same pragmas', times: times.floor },
  }
}

function openBare(file: string): InstanceType<typeof Database> {
  const db = new Database(file)
  setPragmas(db)
  db.exec('CREATE TABLE lines (id INTEGER PRIMARY KEY, line TEXT NOT NULL)')
  return db
}

/** In even rounds a polygon is drawn, in odd ones one of its corners is moved. */
export function polygonEdit(round: number): DraftDiff {
  const drawn = polygon(round - (round % 2), 0)
  return round % 2 === 0 ? adding(drawn) : updating(drawn, polygon(round - 1, 3))
}

function polygon(number: number, moved: number) {
  const outline = Array.from({ length: CORNERS }, (_, corner) => {
    const angle = (corner / CORNERS) * 2 * Math.PI
    return [320 + 100 * Math.cos(angle) + (corner === 0 ? moved : 0), 240 + 100 * Math.sin(angle)]
  })
  return aShape({ id: `shape-${number}`, order: number, geometry: { kind: 'polygon', rings: [outline] } })
}
