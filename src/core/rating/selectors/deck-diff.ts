import { compare, decimal } from '../../base/decimal.ts'
import type { DeckRow } from '../../catalog/rate-deck.ts'
import { describeRates } from './compiled-deck.ts'

/** How a prefix differs: `changed` is what is neither dearer nor cheaper as a whole. */
export const DECK_CHANGES = ['added', 'removed', 'raised', 'lowered', 'changed'] as const
type DeckChange = (typeof DECK_CHANGES)[number]

export interface DeckDifference {
  readonly change: DeckChange
  readonly prefix: string
  readonly name: string
  readonly before: string | null
  readonly after: string | null
}

/** What differs between two lists of rows, in the order of prefixes, and how many say the same. */
export function diffDecks(
  before: readonly DeckRow[],
  after: readonly DeckRow[],
): { differences: DeckDifference[]; unchanged: number } {
  const keyOf = ({ prefix, from }: DeckRow): string => `${prefix} ${from ?? ''}`
  const old = new Map(before.map((row) => [keyOf(row), row]))
  const differences: DeckDifference[] = []
  let unchanged = 0
  for (const row of after) {
    const key = keyOf(row)
    const known = old.get(key)
    old.delete(key)
    if (known === undefined) differences.push(toDifference('added', row, null, row))
    else if (JSON.stringify(toTexts(known)) === JSON.stringify(toTexts(row))) unchanged++
    else differences.push(toDifference(changeOf(known, row), row, known, row))
  }
  for (const row of old.values()) differences.push(toDifference('removed', row, row, null))
  differences.sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0))
  return { differences, unchanged }
}

function toTexts(row: DeckRow): readonly unknown[] {
  return [row.name, describeRates(row), row.until]
}

function toDifference(
  change: DeckChange,
  { prefix, name }: DeckRow,
  before: DeckRow | null,
  after: DeckRow | null,
): DeckDifference {
  const describe = (row: DeckRow): string =>
    [describeRates(row), ...(row.until === undefined ? [] : [`until ${row.until}`])].join(', ')
  const isRenamed = before !== null && after !== null && before.name !== after.name
  return {
    change,
    prefix,
    name: isRenamed ? `${before.name} → ${name}` : name,
    before: before === null ? null : describe(before),
    after: after === null ? null : describe(after),
  }
}

/** What is neither an amount of a unit nor a fee. */
function otherTerms({ increments, freePerSession, maximumCost, until, steps, columns }: DeckRow): unknown[] {
  const ofColumns = columns?.map((column) => (column === null ? null : { ...column, connectionFee: undefined }))
  return [increments, freePerSession, maximumCost, until, steps?.map(({ after }) => after), ofColumns]
}

/** Raised or lowered where no amount goes the other way and nothing else differs. */
function changeOf(before: DeckRow, after: DeckRow): DeckChange {
  const amounts = ({ rates, connectionFee, steps = [], columns = [] }: DeckRow): string[] => [
    ...rates,
    connectionFee ?? '0',
    ...steps.flatMap((step) => step.rates),
    ...columns.map((column) => column?.connectionFee ?? connectionFee ?? '0'),
  ]
  const [old, now] = [amounts(before), amounts(after)]
  const signs = now.map((text, at) => compare(decimal(text), decimal(old[at] ?? '0')))
  const isSameOtherwise = JSON.stringify(otherTerms(before)) === JSON.stringify(otherTerms(after))
  if (!isSameOtherwise || signs.every((sign) => sign === 0)) return 'changed'
  if (signs.every((sign) => sign >= 0)) return 'raised'
  return signs.every((sign) => sign <= 0) ? 'lowered' : 'changed'
}
