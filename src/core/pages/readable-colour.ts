import { assert } from '../base/assert.ts'

/** The least contrast of text, by WCAG 2.2, success criterion 1.4.3. */
const LEAST_CONTRAST = 4.5
const [WHITE, DARK] = ['#ffffff', '#1a1a1a'] as const

/** What is written on a colour so that it can be read best: white on `#005bbb`, dark on `#ffd500`. @param colour `#005bbb` */
export function inkOn(colour: string): string {
  return contrast(colour, WHITE) >= contrast(colour, DARK) ? WHITE : DARK
}

/** Whether text of a colour can be read on white. */
export function isReadableOnWhite(colour: string): boolean {
  return contrast(colour, WHITE) >= LEAST_CONTRAST
}

/** From 1 to 21, by the formula of WCAG 2.2: (lighter + 0.05) / (darker + 0.05). */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)?.slice(1) ?? []
  assert(digits.length === 3, 'a colour has six digits')
  const [red, green, blue] = digits.map((two) => linear(Number.parseInt(two, 16) / 255)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
