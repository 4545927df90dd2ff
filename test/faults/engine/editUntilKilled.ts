/**
 * A process that edits one task until it is killed. It prints a line for each edit after the commit was acknowledged, and nothing before.
 * Arguments: the workspace folder and the seed of the edits.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { openDeviceKey } from '../../../electron/engine/audit/deviceKey.ts'
import { openWorkDatabase } from '../../../electron/engine/db/open.ts'
import { commitEdits } from '../../../electron/engine/work/commitEdits.ts'
import { openIdentity } from '../../../electron/engine/work/identity.ts'
import { openTask } from '../../../electron/engine/work/openTask.ts'
import { submitTask } from '../../../electron/engine/work/submitTask.ts'
import { UserIdSchema } from '../../../shared/domain/ids.ts'
import { adding, aShape, taskId } from '../../builders/records.ts'

const [folder = '', seed = '0'] = process.argv.slice(2)
const { db } = openWorkDatabase(join(folder, 'work.db'))
const clock = { now: () => Date.now(), monotonic: () => performance.now() }
const key = openDeviceKey(join(folder, 'device-key.pem'))
const context = { db, key, clock, deviceId: openIdentity({ db, key, clock }), userId: UserIdSchema.parse('ada'), notify: () => undefined }
const task = taskId('task-1')

let { journalSeq } = openTask(db, task)
for (;;) {
  const shape = aShape({ id: `shape-${seed}-${journalSeq}`, geometry: { kind: 'polyline', points: Array.from({ length: 2 + (journalSeq % 40) }, (_, x) => [x, journalSeq % 480]) } })
  journalSeq = commitEdits(context, { taskId: task, afterSeq: journalSeq, lines: [{ kind: 'edit', name: 'addShape', diff: adding(shape) }], timeOnTaskMs: journalSeq }).journalSeq
  writeSync(1, `edit ${journalSeq} ${shape.id}\n`)
  if (journalSeq % 25 !== 0) continue
  const result = submitTask(context, task, journalSeq)
  if (result.kind !== 'submitted') throw new Error('invalid')
  writeSync(1, `submission ${journalSeq} ${result.submissionId}\n`)
}
