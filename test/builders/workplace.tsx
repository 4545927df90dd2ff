import { screen, within } from '@testing-library/react'
import { useState } from 'react'
import { useEngine } from '../../renderer/bridge/EngineContext.tsx'
import { AnnotateModel } from '../../renderer/features/annotate/annotateModel.ts'
import { AnnotateView } from '../../renderer/features/annotate/AnnotateView.tsx'
import type { SubmissionId, TaskId } from '../../shared/domain/ids.ts'
import type { OpenTask, SubmitResult } from '../../shared/rpc/openTask.ts'
import { TaskQuerySchema } from '../../shared/rpc/taskRows.ts'
import { DEFAULT_SETTINGS } from '../../shared/rpc/workspace.ts'
import { FakeEngine, type Handlers } from './fakeEngine.ts'
import { at, openTask, revisionId, shape, syncStatus, taskRow } from './windowRecords.ts'

const LAST = 3
const submitted: SubmitResult = { kind: 'submitted', submissionId: 'submission-1' as SubmissionId, revisionId, at: at('10:20:00') }
const numberOf = (taskId: TaskId) => Number(taskId.split('-')[1])

/** An engine with three tasks that keeps the journal's length as the real one does. */
export function workEngine(over: Handlers = {}, opened: Partial<OpenTask> = {}): FakeEngine {
  let journalSeq = 0
  return new FakeEngine({
    'workspace.info': () => ({
      kind: 'orchestrator', source: 'http://localhost', location: '/tmp/w', user: { id: 'ada', name: 'Ada', roles: ['annotator'] }, deviceId: 'device-1', readOnly: false,
      versions: { app: '0', sqlite: '3', betterSqlite3: '13' },
    }) as never,
    'settings.get': () => ({ ...DEFAULT_SETTINGS, confidenceThreshold: 0.5 }),
    'settings.set': () => DEFAULT_SETTINGS,
    'sync.status': () => syncStatus(),
    'tasks.open': ({ taskId }) => openTask(numberOf(taskId), opened),
    'tasks.image': ({ taskId }) => ({ image: openTask(numberOf(taskId), opened).image }),
    'tasks.commit': ({ lines }) => ({ journalSeq: (journalSeq += lines.length), savedAt: at('10:11:12') }),
    'tasks.neighbours': ({ taskId }) => {
      const number = numberOf(taskId)
      return { ...(number > 1 && { previous: `task-${number - 1}` }), ...(number < LAST && { next: `task-${number + 1}` }), position: number - 1, total: LAST } as never
    },
    'tasks.query': () => ({ total: 1, rows: [taskRow(LAST)] }),
    'tasks.submit': () => submitted,
    'tasks.skip': () => submitted,
    ...over,
  })
}

/** The image of a task, when it is shown. */
export const canvas = (number: number) => screen.findByRole('application', { name: `Image photo-000${number}.jpg` })

/** An object in the list of the open task. */
export const object = (name: string) => within(screen.getByRole('listbox', { name: 'Objects' })).getByText(name)

const query = TaskQuerySchema.parse({})

/** The workplace on its own, walking from task to task. */
export function Annotate({ start = 'task-1' }: { start?: string }) {
  const [taskId, setTaskId] = useState(start as TaskId)
  const engine = useEngine()
  const [model] = useState(() => new AnnotateModel(engine))
  return <AnnotateView model={model} taskId={taskId} query={query} onAnnotate={setTaskId} onLeave={() => {}} onReview={() => {}} />
}

/** A draft with two faces, of which the first lacks a required attribute. */
export const twoFaces = { records: [shape('s1'), shape('s2', { order: 2, attributes: { expression: 'happy' } as never })], journalSeq: 0 }
