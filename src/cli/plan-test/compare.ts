import { add, decimal, formatDecimal, parseDecimal, ZERO } from '../../core/base/decimal.ts'

/** What a case expected of one thing, and what came out. */
export interface Difference {
  readonly what: string
  readonly expected: string
  readonly got: string
}

/**
 * Where something is not as it was expected: decimals by their value (`5` is `5.00`), objects by the fields that are expected,
 * lists by their length and each entry.
 */
export function differencesOf(what: string, expected: unknown, got: unknown): Difference[] {
  if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length)
    return expected.flatMap((one, at) => differencesOf(`${what}, ${at + 1}`, one, got[at]))
  if (isObject(expected) && isObject(got))
    return Object.entries(expected).flatMap(([name, inner]) => differencesOf(`${what}, ${name}`, inner, got[name]))
  return isSame(expected, got) ? [] : [{ what, expected: toText(expected), got: toText(got) }]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isSame(expected: unknown, got: unknown): boolean {
  const [one, other] = [String(expected), String(got)]
  if (one === other && !isObject(got)) return true
  const [a, b] = [parseDecimal(one), parseDecimal(other)]
  return a !== null && b !== null && formatDecimal(a) === formatDecimal(b)
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The exact sum of amounts. */
export function sumOf(lines: readonly { readonly amount: string }[]): string {
  return formatDecimal(lines.reduce((sum, { amount }) => add(sum, decimal(amount)), ZERO))
}
