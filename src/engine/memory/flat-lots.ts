import { type Balances, type Lot, type Pool, withEntry } from '../../core/charging/balances.ts'
import { NO_ROW, RowLists } from '../columnar/row-lists.ts'
import { addDeductions, LotKinds, readDeductions } from './flat-deductions.ts'

/** Kinds of rows of an account, in this order; a pool is followed by its takes, a lot by what few lots have. */
const LOT = 2
const LOT_TERMS = 3
const POOL = 4
const ALLOWANCE = 5
const CROSSED = 6
const PROMISE = 7

/** Words of a lot. */
const AMOUNT = 0
const REMAINING = 1
const HELD = 2
const NUMBER = 3
const PRIORITY = 4
const FROM_MS = 5
const UNTIL_MS = 6
/** Number of its unit and source, times two, and one where it is shared. */
const LOT_KIND = 7
/** Words of a pool. */
const QUANTITY = 0
const SESSIONS = 1
const CUT = 2
const HAS_CUT = 3
/** Periods of an allowance that a row has: this word says how many, and they follow. */
const PERIODS = 0
const MOST_PERIODS = 7
/** Words of a promise. */
const FEE = 0
const PROMISED_LOT = 1
const DUE_MS = 2

/** Rows that are written for an account whenever something of it has changed; one that needs more stays an object. */
const MAX_ROWS = 32

/** What only few lots have. */
type LotTerms = Pick<Lot, 'scope' | 'graceMs' | 'unitPrice' | 'isTaxed'>

/** Lots of accounts, with what else they have a changing number of, as lists of rows in flat memory. */
export class FlatLots {
  private readonly lists = new RowLists()
  private readonly kinds = new LotKinds()

  /** Keeps what an account has, if there is place for all of it. @param before the list that it had. @returns its list, or null. */
  put(before: number, balances: Balances): number | null {
    if (!this.isKept(balances)) return null
    const { lists } = this
    const { account, lots, pools, allowances, crossed, promise } = balances
    lists.begin(before)
    for (const lot of lots) this.addLot(lot)
    for (const [name, pool] of pools) this.addPool(name, pool, account)
    for (const [name, periods] of allowances) this.addPeriods(name, periods)
    for (const code of crossed) lists.add(CROSSED, code)
    if (promise !== null) {
      const at = lists.add(PROMISE, null)
      lists.integers[at + FEE] = promise.fee
      lists.numbers[at + PROMISED_LOT] = promise.lot
      lists.numbers[at + DUE_MS] = promise.dueMs
    }
    return lists.end()
  }

  remove(list: number): void {
    this.lists.remove(list)
  }

  private isKept({ lots, pools, allowances, crossed, promise }: Balances): boolean {
    let rows = lots.length + crossed.length + (promise === null ? 0 : 1)
    if (rows + pools.size + allowances.size > MAX_ROWS) return false
    for (const lot of lots) {
      if (!fits(lot.amount) || !fits(lot.remaining) || !fits(lot.held) || !this.kinds.has(lot.unit)) return false
    }
    for (const { quantity, sessions, cut = 0n, takes } of pools.values()) {
      rows += 1 + takes.length
      if (!fits(quantity) || !fits(sessions) || !fits(cut)) return false
      for (const { amount, unit } of takes) if (!fits(amount) || !this.kinds.has(unit)) return false
    }
    for (const periods of allowances.values()) rows += 1 + periods.length / MOST_PERIODS
    return rows <= MAX_ROWS && (promise === null || fits(promise.fee))
  }

  private addLot(lot: Lot): void {
    const { lists } = this
    const at = lists.add(LOT, lot.origin)
    const { integers, numbers } = lists
    integers[at + AMOUNT] = lot.amount
    integers[at + REMAINING] = lot.remaining
    integers[at + HELD] = lot.held
    numbers[at + NUMBER] = lot.number
    numbers[at + PRIORITY] = lot.priority
    numbers[at + FROM_MS] = lot.fromMs
    numbers[at + UNTIL_MS] = lot.untilMs ?? Number.NaN
    numbers[at + LOT_KIND] = this.kinds.numberOf(lot.unit, lot.source) * 2 + (lot.isShared ? 1 : 0)
    const { scope, graceMs, unitPrice, isTaxed } = lot
    if (scope === null && graceMs === undefined && unitPrice === undefined && isTaxed === undefined) return
    const known = lists.thingBefore(LOT_TERMS) as LotTerms | undefined
    const isSameMoney = known?.graceMs === graceMs && known?.unitPrice === unitPrice && known?.isTaxed === isTaxed
    const isKnown = known?.scope === scope && isSameMoney
    lists.add(LOT_TERMS, isKnown ? known : termsOf(lot))
  }

  private addPool(name: string, { quantity, sessions, cut, takes }: Pool, account: string): void {
    const { lists } = this
    const at = lists.add(POOL, name)
    lists.integers[at + QUANTITY] = quantity
    lists.integers[at + SESSIONS] = sessions
    lists.integers[at + CUT] = cut ?? 0n
    lists.numbers[at + HAS_CUT] = cut === undefined ? 0 : 1
    addDeductions(lists, this.kinds, takes, account)
  }

  private addPeriods(name: string, periods: readonly number[]): void {
    for (let from = 0; from === 0 || from < periods.length; from += MOST_PERIODS) {
      const { lists } = this
      const at = lists.add(ALLOWANCE, name)
      const some = periods.slice(from, from + MOST_PERIODS)
      lists.numbers[at + PERIODS] = some.length
      for (const [index, period] of some.entries()) lists.numbers[at + 1 + index] = period
    }
  }

  /** Gives balances that have none of it what a list has. */
  read(list: number, balances: Balances): void {
    const { lists } = this
    const lots: Lot[] = []
    const crossed: string[] = []
    for (let row = list; row !== NO_ROW; ) {
      const at = lists.wordsOf(row)
      const [kind, thing] = [lists.kindOf(row), lists.thingOf(row)]
      row = lists.next(row)
      switch (kind) {
        case LOT: {
          const terms = row !== NO_ROW && lists.kindOf(row) === LOT_TERMS ? (lists.thingOf(row) as LotTerms) : NO_TERMS
          if (terms !== NO_TERMS) row = lists.next(row)
          lots.push(this.lotAt(at, thing as string, terms))
          break
        }
        case POOL: {
          const pool = this.poolAt(at)
          row = readDeductions(lists, this.kinds, row, pool.takes, balances.account)
          balances.pools = withEntry(balances.pools, thing as string, pool)
          break
        }
        case ALLOWANCE: {
          const name = thing as string
          const known = balances.allowances.get(name) ?? []
          balances.allowances = withEntry(balances.allowances, name, [...known, ...this.periodsAt(at)])
          break
        }
        case CROSSED:
          crossed.push(thing as string)
          break
        default: {
          const [fee, lot, dueMs] = [
            lists.integers[at + FEE],
            lists.numbers[at + PROMISED_LOT],
            lists.numbers[at + DUE_MS],
          ]
          balances.promise = { lot: lot as number, dueMs: dueMs as number, fee: fee as bigint }
        }
      }
    }
    if (lots.length > 0) balances.lots = lots
    if (crossed.length > 0) balances.crossed = crossed
  }

  private lotAt(at: number, origin: string, terms: LotTerms): Lot {
    const { integers, numbers } = this.lists
    const kind = numbers[at + LOT_KIND] as number
    const untilMs = numbers[at + UNTIL_MS] as number
    const lot = {
      number: numbers[at + NUMBER] as number,
      unit: this.kinds.unitOf(kind >>> 1),
      source: this.kinds.sourceOf(kind >>> 1) as Lot['source'],
      priority: numbers[at + PRIORITY] as number,
      fromMs: numbers[at + FROM_MS] as number,
      untilMs: Number.isNaN(untilMs) ? null : untilMs,
      scope: terms.scope,
      isShared: (kind & 1) === 1,
      origin,
      amount: integers[at + AMOUNT] as bigint,
      remaining: integers[at + REMAINING] as bigint,
      held: integers[at + HELD] as bigint,
    }
    return terms === NO_TERMS ? lot : { ...lot, ...terms }
  }

  private poolAt(at: number): Pool {
    const { integers, numbers } = this.lists
    const [quantity, sessions] = [integers[at + QUANTITY] as bigint, integers[at + SESSIONS] as bigint]
    const cut = numbers[at + HAS_CUT] === 1 ? (integers[at + CUT] as bigint) : undefined
    return { quantity, sessions, cut, takes: [] }
  }

  private periodsAt(at: number): Float64Array {
    const { numbers } = this.lists
    return numbers.subarray(at + 1, at + 1 + (numbers[at + PERIODS] as number))
  }
}

const NO_TERMS: LotTerms = { scope: null }

function termsOf({ scope, graceMs, unitPrice, isTaxed }: LotTerms): LotTerms {
  return {
    scope,
    ...(graceMs === undefined ? {} : { graceMs }),
    ...(unitPrice === undefined ? {} : { unitPrice }),
    ...(isTaxed === undefined ? {} : { isTaxed }),
  }
}

/** Whether a row has a place for an integer: 64 bits. */
export function fits(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value
}
