/** Units of length with their micrometres, the longest first. */
const UNITS = [['km', 1e9], ['m', 1e6], ['cm', 1e4], ['mm', 1e3], ['µm', 1], ['nm', 1e-3]] as const

/** A length in the largest unit of which it has at least one, with four digits that matter. */
export function lengthText(micrometres: number, language: string): string {
  const [unit, size] = UNITS.find(([, each]) => micrometres >= each) ?? ['nm', 1e-3]
  return `${new Intl.NumberFormat(language, { maximumSignificantDigits: 4 }).format(micrometres / size)} ${unit}`
}
