import { notifications } from '@mantine/notifications'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { Violation } from '../../../shared/domain/validateDraft.ts'
import type { RevisionId } from '../../../shared/domain/ids.ts'
import type { CorrectionResult } from '../../../shared/rpc/reviewing.ts'
import type { SubmitResult } from '../../../shared/rpc/openTask.ts'
import { describeError } from '../common/describeError.ts'
import type { TaskSession } from './session.ts'
import { useSessionState } from './useSessionState.ts'

export interface TaskActions {
  submit: () => Promise<void>
  skip: (reason: string) => Promise<void>
  busy: boolean
  /** What kept the last submit from happening. */
  violations: Violation[]
  clearViolations: () => void
}

const NO_VIOLATIONS: Violation[] = []

/** Ends work on a task: every edit is stored first, then the engine freezes the result. One that corrects another result is accepted with it. */
export function useTaskActions({ id, task, sender, clock, workbench }: TaskSession, corrects: RevisionId | undefined, onFinished: () => Promise<void>): TaskActions {
  const { t } = useTranslation()
  const engine = useEngine()
  const [violations, setViolations] = useSessionState<Violation[]>(id, NO_VIOLATIONS)
  const [busy, setBusy] = useState(false)
  const underWay = useRef(false)
  const { asset: { name }, task: { id: taskId } } = task

  const finish = async (send: (timeOnTaskMs: number) => Promise<SubmitResult | CorrectionResult>, message: string) => {
    // A key held down asks again and again.
    if (underWay.current) return
    underWay.current = true
    setBusy(true)
    try {
      workbench?.editor.dispatch({ type: 'cancel' })
      leaveField()
      if (!(await sender.flush())) throw failureOf(sender.state.getState())
      const result = await send(Math.round(clock.ms()))
      setViolations(result.kind === 'invalid' ? result.violations : NO_VIOLATIONS)
      if (result.kind === 'invalid') return
      notifications.show({ message, autoClose: 2500 })
      await onFinished()
    } catch (error) {
      notifications.show({ color: 'red', title: t('annotate.submitFailed', { name }), message: describeError(t, error) })
    } finally {
      underWay.current = false
      setBusy(false)
    }
  }
  return {
    submit: () => (corrects === undefined
      ? finish((timeOnTaskMs) => engine.request('tasks.submit', { taskId, timeOnTaskMs }), t('annotate.submitted', { name }))
      : finish((timeOnTaskMs) => engine.request('reviews.acceptCorrection', { taskId, corrects, timeOnTaskMs }), t('review.done.accepted'))),
    skip: (reason) => finish((timeOnTaskMs) => engine.request('tasks.skip', { taskId, timeOnTaskMs, reason }), t('annotate.skipped', { name })),
    busy,
    violations,
    clearViolations: () => setViolations(NO_VIOLATIONS),
  }
}

/** What is being typed into an attribute counts when the field is left. */
function leaveField(): void {
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur()
}

function failureOf(state: ReturnType<TaskSession['sender']['state']['getState']>): unknown {
  return state.kind === 'failed' ? state.error : new Error('The edits are not stored')
}
