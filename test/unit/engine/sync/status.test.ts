import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phaseOf, type SyncFacts } from '../../../../electron/engine/sync/status.ts'

const facts = (fields: Partial<SyncFacts> = {}): SyncFacts => ({
  workOffline: false, notStoring: undefined, roundIsRunning: false, lastPullWorked: true, link: 'ok', needsAttention: false, lastSyncAt: undefined, nextAttemptAt: undefined, lastError: undefined, refused: undefined, ...fields,
})
const nothing = { waiting: 0, dead: 0, auditBacklog: 0, journalBacklog: 0 }

describe('phase', () => {
  it.each([
    ['synced', facts(), nothing],
    ['synced', facts({ roundIsRunning: true }), nothing],
    ['waiting', facts({ lastPullWorked: false }), nothing],
    ['waiting', facts(), { ...nothing, waiting: 1 }],
    ['waiting', facts(), { ...nothing, auditBacklog: 1 }],
    ['waiting', facts(), { ...nothing, journalBacklog: 1 }],
    ['syncing', facts({ roundIsRunning: true }), { ...nothing, waiting: 1 }],
    ['offline', facts({ link: 'offline', lastPullWorked: false, roundIsRunning: true }), nothing],
    ['attention', facts({ link: 'offline' }), { ...nothing, dead: 1 }],
    ['attention', facts({ needsAttention: true }), nothing],
    ['unauthorized', facts({ link: 'unauthorized' }), { ...nothing, dead: 1 }],
    ['diskFull', facts({ notStoring: 'diskFull' }), nothing],
    ['notSaving', facts({ notStoring: 'databaseDamaged', workOffline: true }), nothing],
    ['notSaving', facts({ notStoring: 'readOnly' }), { ...nothing, waiting: 1 }],
    ['workOffline', facts({ workOffline: true, link: 'unauthorized' }), nothing],
  ] as const)('is %s', (phase, known, load) => {
    expect(phaseOf(known, load, 'synced')).toBe(phase)
  })

  it('has a word of its own for a project that nobody is synced with', () => {
    expect(phaseOf(facts(), nothing, 'local')).toBe('local')
    expect(phaseOf(facts(), { ...nothing, waiting: 1 }, 'local')).toBe('waiting')
  })

  it('says synced only when nothing waits, nothing was refused, all is receipted and the last pull worked', () => {
    const count = fc.integer({ min: 0, max: 2 })
    fc.assert(fc.property(
      fc.record({ workOffline: fc.boolean(), roundIsRunning: fc.boolean(), lastPullWorked: fc.boolean(), link: fc.constantFrom('ok', 'offline', 'unauthorized'), needsAttention: fc.boolean() }),
      fc.record({ waiting: count, dead: count, auditBacklog: count, journalBacklog: count }),
      (known, load) => {
        const isDone = load.waiting + load.dead + load.auditBacklog + load.journalBacklog === 0 && known.lastPullWorked && known.link === 'ok' && !known.needsAttention && !known.workOffline
        expect(phaseOf(facts(known), load, 'synced') === 'synced').toBe(isDone)
      },
    ))
  })
})
