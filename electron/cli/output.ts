/** Prints one JSON document for scripts, or lines for people. */
export function print(options: { json?: boolean }, value: unknown, lines: () => string[]): void {
  process.stdout.write(options.json === true ? `${JSON.stringify(value, null, 2)}\n` : `${lines().join('\n')}\n`)
}
