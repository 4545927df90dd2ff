import { describe, expect, it } from 'vitest'
import { playHistory } from './history/playHistory.ts'
import { seedsFrom } from './history/seeds.ts'

describe('a history of faults keeps every promise', () => {
  it.concurrent.each(seedsFrom(1, 120))('seed %i', async (seed) => {
    const { breaches } = await playHistory({ seed, kills: false })
    expect(breaches).toEqual([])
  }, 180_000)
})
