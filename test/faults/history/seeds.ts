/** The seeds of a test, or the one that `FIELDMARK_FAULT_SEED` names, to play it again. Many more histories: `npm run test:faults`. */
export function seedsFrom(first: number, count: number): number[] {
  const again = process.env['FIELDMARK_FAULT_SEED']
  return again === undefined ? Array.from({ length: count }, (_, index) => first + index) : [Number(again)]
}
