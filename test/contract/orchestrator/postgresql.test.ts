import { afterAll, beforeAll, describe } from 'vitest'
import { postgresObstacle, startPostgres } from '../../orchestrator/postgres.ts'
import type { TemporaryPostgres } from '../../orchestrator/postgres.ts'
import { openLab } from './lab.ts'
import { describeOrchestrator } from './suites/all.ts'

const obstacle = postgresObstacle()
const name = obstacle === undefined ? 'the orchestrator on PostgreSQL' : `the orchestrator on PostgreSQL (skipped: ${obstacle})`
/** Time for apt-get, at the first run on a machine, in milliseconds. */
const INSTALLATION = 300_000

describe.skipIf(obstacle !== undefined)(name, () => {
  let postgres: TemporaryPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  }, INSTALLATION)
  afterAll(() => postgres.stop())

  describeOrchestrator(async (options = {}) => openLab({ databaseUrl: await postgres.createDatabase(), ...options }))
})
