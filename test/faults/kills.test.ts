import { describe, expect, it } from 'vitest'
import { playHistory } from './history/playHistory.ts'
import { seedsFrom } from './history/seeds.ts'

describe('a history of faults and kills keeps every promise', () => {
  it.concurrent.each(seedsFrom(1001, 30))('seed %i', async (seed) => {
    const { breaches } = await playHistory({ seed, kills: true })
    expect(breaches).toEqual([])
  }, 180_000)
})
