import { compare, decimal, parseDecimal } from '../../base/decimal.ts'
import type { CatalogIssue, Matrix, MatrixRate, NumberRange, UsagePrice } from '../../catalog/plan.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import { attributesOf } from '../attributes.ts'
import { NO_RATE } from './no-rate.ts'
import type { RateSelector } from './rate-selector.ts'
import { firstAfter } from './schedule-rates.ts'

/** What an entry of a matrix is called: its own name, or its values in the order of the keys and its first day. */
function matrixName(matrix: Matrix, { when, name, from }: MatrixRate): string {
  if (name !== undefined) return name
  const values = matrix.keys.map((key) => describeValue(when[key] ?? ''))
  return [...values, ...(from === undefined ? [] : [`from ${from.slice(0, 10)}`])].join(', ')
}

function describeValue(value: string | NumberRange): string {
  if (typeof value === 'string') return value
  const { above, upTo } = value
  return [...(above === undefined ? [] : [`above ${above}`]), ...(upTo === undefined ? [] : [`up to ${upTo}`])].join(
    ' ',
  )
}

/** The rates of an entry: its own, or those of its bands, named after both. */
export function matrixRates(matrix: Matrix): { name: string; terms: RateTerms }[] {
  const own = matrix.rates.flatMap((entry) => {
    const name = matrixName(matrix, entry)
    if (entry.rate !== undefined) return [{ name, terms: entry.rate }]
    const bands = [...(entry.bands ?? []), ...(entry.otherwise === undefined ? [] : [entry.otherwise])]
    return bands.map((band) => ({ name: `${name}, ${band.name}`, terms: band.rate }))
  })
  if (matrix.otherwise === undefined) return own
  return [...own, { name: matrix.otherwise.name, terms: matrix.otherwise.rate }]
}

/** What must hold for an entry besides its exact values, and where its rates are. */
interface Entry {
  readonly conditions: readonly { readonly place: number; readonly wanted: string | NumberRange }[]
  readonly fromMs: number
  readonly untilMs: number
  readonly first: number
  /** Of the entry's own bands. */
  readonly selector: RateSelector | null
}

/** Keys of which every entry names one value: these find an entry at once, the others are compared. */
function exactKeys({ keys, rates }: Matrix): readonly string[] {
  return keys.filter((key) => rates.every(({ when }) => typeof when[key] !== 'object' && when[key] !== ANY))
}

/** Stands for every value of a key, and for none. */
const ANY = '*'

function isWanted(text: string, wanted: string | NumberRange): boolean {
  return typeof wanted === 'string' ? wanted === ANY || wanted === text : isInRange(text, wanted)
}

function isInRange(text: string, { above, upTo }: NumberRange): boolean {
  const number = parseDecimal(text)
  if (number === null) return false
  if (above !== undefined && compare(number, decimal(above)) <= 0) return false
  return upTo === undefined || compare(number, decimal(upTo)) <= 0
}

function toMs(instant: string | undefined, otherwise: number): number {
  return instant === undefined ? otherwise : Date.parse(instant)
}

/** @param compile of a price that has bands alone. */
export function matrixSelector(
  price: UsagePrice,
  matrix: Matrix,
  compile: (price: UsagePrice) => RateSelector,
): RateSelector {
  const placeOf = (key: string): number => attributesOf(price).indexOf(key)
  const exact = exactKeys(matrix)
  const places = exact.map(placeOf)
  const entries = new Map<string, Entry[]>()
  let first = 0
  for (const part of matrix.rates) {
    const { when, rate, bands, otherwise, from, until } = part
    const selector = rate === undefined ? compile({ ...price, matrix: undefined, bands, otherwise }) : null
    const key = keyOf(exact.map((name) => (when[name] as string | undefined) ?? ''))
    const conditions = matrix.keys
      .filter((name) => !exact.includes(name))
      .map((name) => ({ place: placeOf(name), wanted: when[name] ?? '' }))
    const dates = { fromMs: toMs(from, Number.NEGATIVE_INFINITY), untilMs: toMs(until, Number.POSITIVE_INFINITY) }
    entries.set(key, [...(entries.get(key) ?? []), { conditions, ...dates, first, selector }])
    first += rate === undefined ? (bands?.length ?? 0) + (otherwise === undefined ? 0 : 1) : 1
  }
  const rest = matrix.otherwise === undefined ? NO_RATE : first
  const all = [...entries.values()].flat()
  const dates = Float64Array.from(
    all.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]).filter(Number.isFinite),
  ).sort()
  const entryAt = (timeMs: number, values: readonly string[]): Entry | undefined =>
    entries
      .get(keyOf(places.map((place) => values[place] ?? '')))
      ?.find(
        ({ conditions, fromMs, untilMs }) =>
          timeMs >= fromMs &&
          timeMs < untilMs &&
          conditions.every(({ place, wanted }) => isWanted(values[place] ?? '', wanted)),
      )
  return {
    isConstant: dates.length === 0 && all.every(({ selector }) => selector?.isConstant !== false),
    nextAt(timeMs, accountClock, values = []) {
      const date = firstAfter(dates, timeMs)
      const selector = entryAt(timeMs, values)?.selector ?? null
      return selector === null ? date : Math.min(date, selector.nextAt(timeMs, accountClock))
    },
    elementAt(startMs, accountClock, values = []) {
      const entry = entryAt(startMs, values)
      if (entry === undefined) return rest
      if (entry.selector === null) return entry.first
      const element = entry.selector.elementAt(startMs, accountClock)
      return element === NO_RATE ? NO_RATE : entry.first + element
    },
  }
}

/** One value is its own key, so that the common case joins no texts. */
function keyOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] as string) : JSON.stringify(values)
}

/** Whether some record could have the rates of both entries. */
function overlap(matrix: Matrix, one: MatrixRate, other: MatrixRate): boolean {
  if (toMs(one.from, Number.NEGATIVE_INFINITY) >= toMs(other.until, Number.POSITIVE_INFINITY)) return false
  if (toMs(other.from, Number.NEGATIVE_INFINITY) >= toMs(one.until, Number.POSITIVE_INFINITY)) return false
  return matrix.keys.every((key) => canBeBoth(one.when[key] ?? '', other.when[key] ?? ''))
}

function canBeBoth(one: string | NumberRange, other: string | NumberRange): boolean {
  if (one === ANY || other === ANY) return true
  if (typeof one === 'string' && typeof other === 'string') return one === other
  if (typeof one === 'string') return isInRange(one, other as NumberRange)
  if (typeof other === 'string') return isInRange(other, one)
  const ends = (low: NumberRange, high: NumberRange): boolean =>
    low.upTo !== undefined && high.above !== undefined && compare(decimal(low.upTo), decimal(high.above)) <= 0
  return !ends(one, other) && !ends(other, one)
}

/** Entries name a value for every key, no two the same. Rates themselves are checked elsewhere. */
export function checkMatrix(matrix: Matrix): CatalogIssue[] {
  const issues: CatalogIssue[] = []
  const { keys } = matrix
  const double = keys.findIndex((key, index) => keys.indexOf(key) < index)
  if (double >= 0) issues.push({ path: ['keys', double], message: `key "${keys[double]}" stands here twice` })
  const exact = exactKeys(matrix)
  const alike = new Map<string, number[]>()
  matrix.rates.forEach((entry, index) => {
    const path = ['rates', index]
    const named = Object.keys(entry.when)
    const missing = keys.filter((key) => !named.includes(key))
    const unknown = named.find((key) => !keys.includes(key))
    if (missing.length > 0)
      issues.push({ path: [...path, 'when'], message: `"when" needs a value for every key; add ${missing.join(', ')}` })
    if (unknown !== undefined)
      issues.push({ path: [...path, 'when', unknown], message: `"${unknown}" is no key; keys are: ${keys.join(', ')}` })
    if ((entry.rate === undefined) === (entry.bands === undefined))
      issues.push({ path, message: 'an entry of a matrix needs either rate or bands' })
    if (entry.rate !== undefined && entry.otherwise !== undefined)
      issues.push({ path: [...path, 'otherwise'], message: '"otherwise" goes with bands; a single rate needs none' })
    if (Object.values(entry.when).some((wanted) => typeof wanted === 'object' && Object.keys(wanted).length === 0))
      issues.push({ path: [...path, 'when'], message: 'a range needs "above", "upTo" or both' })
    const key = keyOf(exact.map((name) => (entry.when[name] as string | undefined) ?? ''))
    const before = alike.get(key)?.find((at) => overlap(matrix, matrix.rates[at] as MatrixRate, entry))
    if (before !== undefined)
      issues.push({ path: [...path, 'when'], message: `the same values have a rate already, in entry ${before + 1}` })
    alike.set(key, [...(alike.get(key) ?? []), index])
  })
  return issues
}
