import { type Deduction, LOT_SOURCES, type LotSource } from '../../core/charging/balances.ts'
import { NO_ROW, type RowLists } from '../columnar/row-lists.ts'

/** Rows of takes are of this kind in every list; other kinds are greater. */
const TAKE = 1
/** Words of a take. */
const AMOUNT = 0
const LOT = 1
const KIND_OF_LOT = 2
/** Units that are numbered; what is counted in further ones stays an object. */
const MAX_UNITS = 1000

/** Numbers of units and sources of lots, both in one number. */
export class LotKinds {
  private readonly units: (string | null)[] = [null]
  private readonly numbers = new Map<string | null, number>([[null, 0]])

  /** Whether lots in a unit have a number. */
  has(unit: string | null): boolean {
    if (unit === null || this.numbers.has(unit)) return true
    if (this.units.length > MAX_UNITS) return false
    this.numbers.set(unit, this.units.push(unit) - 1)
    return true
  }

  numberOf(unit: string | null, source: LotSource | null): number {
    const place = source === null ? 0 : LOT_SOURCES.indexOf(source) + 1
    return (unit === null ? 0 : (this.numbers.get(unit) as number)) * 8 + place
  }

  unitOf(number: number): string | null {
    return this.units[number >>> 3] as string | null
  }

  sourceOf(number: number): LotSource | null {
    return (number & 7) === 0 ? null : (LOT_SOURCES[(number & 7) - 1] as LotSource)
  }
}

/** Adds takes to a list that is being written. @param own the account whose lots are meant where a row names none. */
export function addDeductions(lists: RowLists, kinds: LotKinds, takes: readonly Deduction[], own: string | null): void {
  for (const { account, lot, unit, source, amount } of takes) {
    const at = lists.add(TAKE, account === own ? null : account)
    lists.integers[at + AMOUNT] = amount
    lists.numbers[at + LOT] = lot
    lists.numbers[at + KIND_OF_LOT] = kinds.numberOf(unit, source)
  }
}

/** Reads the takes from a row on into a list. @returns the first row that is none. */
export function readDeductions(
  lists: RowLists,
  kinds: LotKinds,
  from: number,
  takes: Deduction[],
  own: string,
): number {
  let row = from
  while (row !== NO_ROW && lists.kindOf(row) === TAKE) {
    const at = lists.wordsOf(row)
    const kind = lists.numbers[at + KIND_OF_LOT] as number
    takes.push({
      account: (lists.thingOf(row) ?? own) as string,
      lot: lists.numbers[at + LOT] as number,
      unit: kinds.unitOf(kind),
      source: kinds.sourceOf(kind),
      amount: lists.integers[at + AMOUNT] as bigint,
    })
    row = lists.next(row)
  }
  return row
}
