import fc from 'fast-check'

/** The seed of every property in this run: FIELDMARK_SEED, or a new one. */
const seed = Number(process.env['FIELDMARK_SEED'] ?? Date.now() % 2_147_483_647)

/** Checks a property and prints the seed by which the run can be repeated. */
export function holds<Ts>(name: string, property: fc.IProperty<Ts>, numRuns = 200): void {
  console.info(`seed ${seed} · ${name} (repeat with FIELDMARK_SEED=${seed})`)
  fc.assert(property, { seed, numRuns })
}

/** As `holds`, for a property that waits for something. */
export async function holdsInTime<Ts>(name: string, property: fc.IAsyncProperty<Ts>, numRuns = 200): Promise<void> {
  console.info(`seed ${seed} · ${name} (repeat with FIELDMARK_SEED=${seed})`)
  await fc.assert(property, { seed, numRuns })
}
