import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EngineLostError } from '../../../../renderer/bridge/engineLost.ts'
import { JournalSender } from '../../../../renderer/features/annotate/journalSender.ts'
import { emptyDiff } from '../../../../shared/diff/recordsDiff.ts'
import type { DraftRecord } from '../../../../shared/domain/draft.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import type { JournalLine } from '../../../../shared/rpc/openTask.ts'
import { openTask } from '../../../builders/windowRecords.ts'

const taskId = 'task-1' as TaskId
const line = (target: number): JournalLine => ({ kind: 'undo', target, diff: emptyDiff<DraftRecord>() })
const targets = (lines: JournalLine[]) => lines.map((each) => (each.kind === 'edit' ? 0 : each.target))

interface Commit { afterSeq: number; lines: JournalLine[]; timeOnTaskMs: number }

/** An engine with a journal, which can refuse, or be lost before or after it stored what came. */
class JournalEngine {
  journal: number[] = []
  readonly commits: Commit[] = []
  failures: ('diskFull' | 'conflict' | 'lostBefore' | 'lostAfter')[] = []
  #connected: (() => void)[] = []
  hold: Promise<void> = Promise.resolve()

  readonly onConnection = (listener: () => void) => {
    this.#connected.push(listener)
    return () => {}
  }

  reconnect() {
    for (const listener of this.#connected) listener()
  }

  request = (async (channel: string, payload: Commit) => {
    if (channel === 'tasks.open') return openTask(1, { journalSeq: this.journal.length })
    this.commits.push(payload)
    await this.hold
    const failure = this.failures.shift()
    if (failure === 'lostBefore') throw new EngineLostError('lost')
    if (failure === 'diskFull' || failure === 'conflict') throw new RpcError(failure, failure)
    if (payload.afterSeq !== this.journal.length) throw new RpcError('conflict', 'another line')
    this.journal.push(...targets(payload.lines))
    if (failure === 'lostAfter') throw new EngineLostError('lost')
    return { journalSeq: this.journal.length, savedAt: '2026-11-24T10:00:00.000Z' }
  }) as never
}

let engine: JournalEngine
let stored: number[]
let sender: JournalSender

beforeEach(() => {
  vi.useFakeTimers()
  engine = new JournalEngine()
  stored = []
  sender = new JournalSender({ engine, taskId, journalSeq: 0, timeOnTaskMs: () => 1234, onStored: (seq) => stored.push(seq) })
})
afterEach(() => vi.useRealTimers())

const settle = () => vi.advanceTimersByTimeAsync(0)
const kind = () => sender.state.getState().kind

describe('JournalSender', () => {
  it('says saved only after the engine stored the lines', async () => {
    let release = () => {}
    engine.hold = new Promise((resolve) => { release = resolve })
    sender.push(line(1))
    await settle()
    expect(kind()).toBe('saving')
    expect(stored).toEqual([])
    release()
    await settle()
    expect(sender.state.getState()).toEqual({ kind: 'saved', at: '2026-11-24T10:00:00.000Z' })
    expect(stored).toEqual([1])
    expect(engine.commits[0]?.timeOnTaskMs).toBe(1234)
  })

  it('has one request under way and sends what gathered meanwhile in order with the next', async () => {
    let release = () => {}
    engine.hold = new Promise((resolve) => { release = resolve })
    for (const target of [1, 2, 3]) sender.push(line(target))
    await settle()
    expect(engine.commits.map(({ lines }) => targets(lines))).toEqual([[1]])
    release()
    await settle()
    expect(engine.commits.map(({ lines }) => targets(lines))).toEqual([[1], [2, 3]])
    expect(engine.journal).toEqual([1, 2, 3])
  })

  it('keeps every line through failures and tries again', async () => {
    engine.failures = ['diskFull', 'diskFull']
    sender.push(line(1))
    await settle()
    sender.push(line(2))
    expect(kind()).toBe('failed')
    expect(sender.unsaved).toBe(2)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(kind()).toBe('saved')
    expect(engine.journal).toEqual([1, 2])
  })

  it('tries again at once when asked', async () => {
    engine.failures = ['diskFull']
    sender.push(line(1))
    await settle()
    sender.retry()
    await settle()
    expect(kind()).toBe('saved')
  })

  it.each(['lostBefore', 'lostAfter'] as const)('stores each line once when the engine is %s', async (failure) => {
    engine.failures = [failure]
    sender.push(line(1))
    await settle()
    expect(kind()).toBe('failed')
    sender.push(line(2))
    engine.reconnect()
    await settle()
    expect(engine.journal).toEqual([1, 2])
    expect(kind()).toBe('saved')
    expect(stored.at(-1)).toBe(2)
  })

  it('stops at a conflict and keeps the lines until they are given up', async () => {
    engine.failures = ['conflict']
    sender.push(line(1))
    await settle()
    sender.push(line(2))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(kind()).toBe('conflict')
    expect(sender.unsaved).toBe(2)
    expect(await sender.flush()).toBe(false)
    sender.discard()
    await sender.drained()
    expect(sender.unsaved).toBe(0)
    expect(engine.journal).toEqual([])
  })

  it('flushes: true when stored, false when the attempt fails', async () => {
    expect(await sender.flush()).toBe(true)
    engine.failures = ['diskFull', 'diskFull']
    sender.push(line(1))
    expect(await sender.flush()).toBe(false)
    expect(await sender.flush()).toBe(false)
    expect(await sender.flush()).toBe(true)
    expect(engine.journal).toEqual([1])
  })
})
