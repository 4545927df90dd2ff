/** Closes a discriminated union of geometry kinds; `domain/assertNever` lies above this folder. */
export function unknownGeometry(value: never): never {
  throw new TypeError(`Unknown geometry: ${JSON.stringify(value)}`)
}
