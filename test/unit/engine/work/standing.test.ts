import { describe, expect, it } from 'vitest'
import { standingOf } from '../../../../electron/engine/work/standing.ts'
import type { StandingFacts } from '../../../../electron/engine/work/standing.ts'
import { TaskStateSchema } from '../../../../shared/domain/task.ts'

const facts = (fields: Partial<StandingFacts> = {}): StandingFacts => ({ state: 'assigned', mine: true, worked: false, edited: false, waiting: false, latest: undefined, ...fields })
const worked = { worked: true, edited: true }

describe('standingOf', () => {
  it.each([
    ['a fresh task', {}, 'new'],
    ['one with a draft', worked, 'inProgress'],
    ["another person's", { mine: false }, 'observed'],
    ["another person's that was handed in", { mine: false, state: 'submitted' as const }, 'observed'],
    ["another person's that was corrected here", { ...worked, mine: false, state: 'submitted' as const }, 'inProgress'],
    ['one handed in', { worked: true, waiting: true, latest: 'waiting' as const }, 'queued'],
    ['one handed in and gone on with', { ...worked, waiting: true, latest: 'waiting' as const }, 'inProgress'],
    ['one refused', { worked: true, latest: 'dead' as const }, 'refused'],
    ['one refused and gone on with', { ...worked, latest: 'dead' as const }, 'inProgress'],
    ['one with its receipt', { state: 'submitted' as const, worked: true, latest: 'acknowledged' as const }, 'submitted'],
    ['one sent back', { state: 'returned' as const, worked: true, latest: 'acknowledged' as const }, 'returned'],
    ['one sent back and gone on with', { ...worked, state: 'returned' as const, latest: 'acknowledged' as const }, 'inProgress'],
    ['one accepted', { state: 'accepted' as const, worked: true, latest: 'acknowledged' as const }, 'accepted'],
    ['one given away with a draft', { ...worked, state: 'released' as const }, 'released'],
    ['one given away after it was taken', { worked: true, state: 'released' as const, latest: 'acknowledged' as const }, 'submitted'],
    ['one cancelled with a draft', { ...worked, state: 'cancelled' as const }, 'cancelled'],
    ['one cancelled while it waits to be sent', { worked: true, state: 'cancelled' as const, waiting: true, latest: 'waiting' as const }, 'queued'],
  ])('says of %s', (_, fields, standing) => {
    expect(standingOf(facts(fields))).toBe(standing)
  })

  it.each(TaskStateSchema.options)('never says that all is well while something waits, when the server says %s', (state) => {
    expect(['queued', 'inProgress']).toContain(standingOf(facts({ state, worked: true, waiting: true, latest: 'waiting' })))
    expect(standingOf(facts({ state, worked: true, latest: 'dead' }))).toBe('refused')
  })
})
