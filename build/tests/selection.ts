/** The suites that run in plain Node; each is the folder of that name under test/. */
export const nodeSuites = ['unit', 'contract', 'integration', 'faults']

/** The suites that Vitest runs. */
export const vitestSuites = [...nodeSuites, 'window']

/** What a test run covers. */
export interface Selection {
  vitestSuites: readonly string[]
  endToEnd: boolean
  /** Parts of file names: only files that contain one of them run; none means all. */
  files: readonly string[]
}

/** Reads the arguments of `npm test`: names of suites choose among them, anything else is part of a file name. */
export function selectTests(args: readonly string[]): Selection {
  const suites = args.filter((arg) => arg === 'e2e' || isVitestSuite(arg))
  const files = args.filter((arg) => !suites.includes(arg))
  if (suites.length === 0) return { vitestSuites, endToEnd: true, files }
  return { vitestSuites: suites.filter(isVitestSuite), endToEnd: suites.includes('e2e'), files }
}

function isVitestSuite(name: string): boolean {
  return vitestSuites.includes(name)
}
