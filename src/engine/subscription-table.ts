import { grown, NONE } from './service-directory.ts'

const FIRST_CAPACITY = 1024
/** Columns of a subscription's row, one line of the processor's cache. */
const FROM = 0
const UNTIL = 1
const SERVICE = 2
const PLAN = 3
const NEXT_OF_ACCOUNT = 4
const STAMP = 5
const PLACE = 6
const RECENT_COUNTER = 7
const ROW = 8

/** Subscriptions in flat memory. Their numbers name their counters and are never reused. */
export class SubscriptionTable {
  readonly ids: string[] = []
  private readonly numbers = new Map<string, number>()
  private readonly firstOfAccount: number[] = []
  private readonly accounts: number[] = []
  private rows = new Float64Array(FIRST_CAPACITY * ROW)

  /** The number of a subscription, given on first sight: recovery meets counters before definitions. */
  numberOf(id: string): number {
    const known = this.numbers.get(id)
    if (known !== undefined) return known
    const number = this.ids.push(id) - 1
    this.numbers.set(id, number)
    if ((number + 1) * ROW > this.rows.length) this.rows = grown(this.rows)
    const row = number * ROW
    this.rows[row + UNTIL] = Number.NEGATIVE_INFINITY
    this.rows[row + PLAN] = this.rows[row + STAMP] = this.rows[row + RECENT_COUNTER] = NONE
    return number
  }

  /** Adds a subscription to an account, or brings it up to date. @param service NONE covers all of the account. */
  put(id: string, account: number, service: number, plan: number, fromMs: number, untilMs: number): void {
    const number = this.numberOf(id)
    const row = number * ROW
    if (this.rows[row + PLAN] === NONE) {
      this.rows[row + NEXT_OF_ACCOUNT] = this.firstOfAccount[account] ?? NONE
      this.firstOfAccount[account] = number
    }
    this.accounts[number] = account
    this.rows[row + FROM] = fromMs
    this.rows[row + UNTIL] = untilMs
    this.rows[row + SERVICE] = service
    this.rows[row + PLAN] = plan
  }

  /** The first subscription of an account; `next` gives the others. */
  first(account: number): number {
    return this.firstOfAccount[account] ?? NONE
  }

  next(subscription: number): number {
    return this.rows[subscription * ROW + NEXT_OF_ACCOUNT] as number
  }

  covers(subscription: number, service: number, timeMs: number): boolean {
    const row = subscription * ROW
    const own = this.rows[row + SERVICE]
    return (
      timeMs >= (this.rows[row + FROM] as number) &&
      timeMs < (this.rows[row + UNTIL] as number) &&
      (own === NONE || own === service)
    )
  }

  /** Exclusive end in epoch milliseconds; infinite where it is open. */
  untilOf(subscription: number): number {
    return this.rows[subscription * ROW + UNTIL] as number
  }

  isOfOneService(subscription: number): boolean {
    return this.rows[subscription * ROW + SERVICE] !== NONE
  }

  /** Undefined for one that only the journal knows. */
  accountOf(subscription: number): number | undefined {
    return this.accounts[subscription]
  }

  planOf(subscription: number): number {
    return this.rows[subscription * ROW + PLAN] as number
  }

  /** The counter that was used last: most records of a subscription go to the same one. */
  recentCounter(subscription: number): number {
    return this.rows[subscription * ROW + RECENT_COUNTER] as number
  }

  setRecentCounter(subscription: number, counter: number): void {
    this.rows[subscription * ROW + RECENT_COUNTER] = counter
  }

  placeIn(subscription: number, stamp: number): number {
    const row = subscription * ROW
    return this.rows[row + STAMP] === stamp ? (this.rows[row + PLACE] as number) : NONE
  }

  setPlace(subscription: number, stamp: number, place: number): void {
    this.rows[subscription * ROW + STAMP] = stamp
    this.rows[subscription * ROW + PLACE] = place
  }
}
