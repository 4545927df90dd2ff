/** Closes a discriminated union: reaching it at run time means that a case was forgotten. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`)
}
