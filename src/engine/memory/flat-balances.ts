import { enlarged } from '../../core/base/enlarged.ts'
import { type Balances, newBalances } from '../../core/charging/balances.ts'
import { NO_ROW } from '../columnar/row-lists.ts'
import { FlatLots, fits } from './flat-lots.ts'

const FIRST_CAPACITY = 1024

/** Words of a row. Integers of 64 bits first, at the rating scale; then numbers. */
const OWED = 0
const CREDIT_HELD = 1
const OVERRUN = 2
const PAID = 3
const BONUS = 4
const SPENT = 5
const OPENED_MS = 6
const LAST_LOT = 7
const SPENT_PERIOD = 8
/** The list of its lots, and of what else there may be several of. */
const LOTS = 9
const ROW = 10

/**
 * Balances by the account's number in flat memory: those of all accounts but few that sponsor pays for, that have
 * very much, or amounts beyond 64 bits. As objects they would be most of what a collection of garbage looks at.
 */
export class FlatBalances {
  private integers = new BigInt64Array(FIRST_CAPACITY * ROW)
  /** The same memory as the integers. */
  private numbers = new Float64Array(this.integers.buffer)
  private readonly lots = new FlatLots()

  /** Keeps balances, if there is a place for all that they are; otherwise nothing of them. @returns whether there is. */
  put(account: number, balances: Balances): boolean {
    const { owed, creditHeld, overrun, consumed, spent } = balances
    const row = account * ROW
    if (row + ROW > this.integers.length) {
      this.integers = enlarged(this.integers, Math.max(row + ROW, this.integers.length * 2))
      this.numbers = new Float64Array(this.integers.buffer)
    }
    const before = this.numbers[row + LOTS] as number
    const lots = isFlat(balances) ? this.lots.put(before, balances) : null
    if (lots === null) {
      this.lots.remove(before)
      this.numbers[row + LOTS] = NO_ROW
      return false
    }
    this.numbers[row + LOTS] = lots
    const { integers, numbers } = this
    integers[row + OWED] = owed
    integers[row + CREDIT_HELD] = creditHeld
    integers[row + OVERRUN] = overrun
    integers[row + PAID] = consumed.paid
    integers[row + BONUS] = consumed.bonus
    integers[row + SPENT] = spent.amount
    numbers[row + OPENED_MS] = balances.openedMs ?? Number.NaN
    numbers[row + LAST_LOT] = balances.lastLot
    numbers[row + SPENT_PERIOD] = spent.period
    return true
  }

  /** The balances of a row as an object of its own. @param id of the account. */
  get(account: number, id: string): Balances {
    const { integers, numbers } = this
    const row = account * ROW
    const openedMs = numbers[row + OPENED_MS] as number
    const balances = newBalances(id)
    balances.openedMs = Number.isNaN(openedMs) ? null : openedMs
    balances.lastLot = numbers[row + LAST_LOT] as number
    balances.owed = integers[row + OWED] as bigint
    balances.creditHeld = integers[row + CREDIT_HELD] as bigint
    balances.overrun = integers[row + OVERRUN] as bigint
    balances.consumed.paid = integers[row + PAID] as bigint
    balances.consumed.bonus = integers[row + BONUS] as bigint
    balances.spent.amount = integers[row + SPENT] as bigint
    balances.spent.period = numbers[row + SPENT_PERIOD] as number
    this.lots.read(numbers[row + LOTS] as number, balances)
    return balances
  }

  touch(account: number): number {
    return this.numbers[account * ROW + OPENED_MS] ?? 0
  }
}

function isFlat({
  sponsoredBy,
  sponsored,
  given,
  taxedUse,
  owed,
  creditHeld,
  overrun,
  consumed,
  spent,
}: Balances): boolean {
  if (sponsoredBy.size + sponsored.amounts.size + sponsored.paid.size > 0 || sponsored.period !== 0) return false
  if (given !== undefined || taxedUse !== undefined) return false
  return (
    fits(owed) && fits(creditHeld) && fits(overrun) && fits(consumed.paid) && fits(consumed.bonus) && fits(spent.amount)
  )
}
