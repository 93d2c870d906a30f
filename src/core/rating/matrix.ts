import type { CatalogIssue, Matrix, MatrixRate, UsagePrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { attributesOf } from './attributes.ts'
import type { CellSelector } from './cell-selector.ts'
import { NO_CELL } from './no-cell.ts'

/** What an entry of a matrix is called: its own name, or its values in the order of the keys. */
function matrixName(matrix: Matrix, { when, name }: MatrixRate): string {
  return name ?? matrix.keys.map((key) => when[key] ?? '').join(', ')
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

interface Entry {
  readonly first: number
  /** Of the entry's own bands. */
  readonly selector: CellSelector | null
}

/** @param compile of a price that has bands alone. */
export function matrixSelector(
  price: UsagePrice,
  matrix: Matrix,
  compile: (price: UsagePrice) => CellSelector,
): CellSelector {
  const places = matrix.keys.map((key) => attributesOf(price).indexOf(key))
  const entries = new Map<string, Entry>()
  let first = 0
  for (const { when, rate, bands, otherwise } of matrix.rates) {
    const selector = rate === undefined ? compile({ ...price, matrix: undefined, bands, otherwise }) : null
    entries.set(keyOf(matrix.keys.map((key) => when[key] ?? '')), { first, selector })
    first += rate === undefined ? (bands?.length ?? 0) + (otherwise === undefined ? 0 : 1) : 1
  }
  const rest = matrix.otherwise === undefined ? NO_CELL : first
  return {
    isConstant: matrix.rates.every(({ rate }) => rate !== undefined),
    cellAt(startMs, accountClock, values = []) {
      const entry = entries.get(keyOf(places.map((place) => values[place] ?? '')))
      if (entry === undefined) return rest
      if (entry.selector === null) return entry.first
      const cell = entry.selector.cellAt(startMs, accountClock)
      return cell === NO_CELL ? NO_CELL : entry.first + cell
    },
  }
}

/** One value is its own key, so that the common case joins no texts. */
function keyOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] as string) : JSON.stringify(values)
}

/** Entries name a value for every key, no two the same. Rates themselves are checked elsewhere. */
export function checkMatrix(matrix: Matrix): CatalogIssue[] {
  const issues: CatalogIssue[] = []
  const { keys } = matrix
  const double = keys.findIndex((key, index) => keys.indexOf(key) < index)
  if (double >= 0) issues.push({ path: ['keys', double], message: `key "${keys[double]}" stands here twice` })
  const seen = new Map<string, number>()
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
    const key = keyOf(keys.map((name) => entry.when[name] ?? ''))
    const before = seen.get(key)
    if (before !== undefined)
      issues.push({ path: [...path, 'when'], message: `the same values have a rate already, in entry ${before + 1}` })
    seen.set(key, before ?? index)
  })
  return issues
}
