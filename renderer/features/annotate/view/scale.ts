/** The longest a scale bar gets, in CSS pixels. */
const LONGEST = 140

/** The roundest bar (1, 2 or 5 times a power of ten micrometres) that is not too long: its micrometres and its CSS pixels. */
export function scaleBar(micrometresPerPixel: number): { micrometres: number; pixels: number } {
  const most = LONGEST * micrometresPerPixel
  const power = 10 ** Math.floor(Math.log10(most))
  const digit = [5, 2, 1].find((each) => each * power <= most) ?? 1
  return { micrometres: digit * power, pixels: (digit * power) / micrometresPerPixel }
}
