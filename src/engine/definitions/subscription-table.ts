import { enlarged } from '../../core/base/enlarged.ts'
import type { GivenSpan } from '../../core/charging/allowance-share.ts'
import type { UuidColumn } from '../columnar/columns.ts'
import { UuidNumbers } from '../columnar/uuid-numbers.ts'
import { NONE } from './service-directory.ts'

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

/** A stretch of a subscription's life: half-open, in epoch milliseconds, with the number of the plan in force. */
export interface PlanSpan {
  readonly fromMs: number
  readonly untilMs: number
  readonly plan: number
  readonly isPaused: boolean
  /** Usage counts anew from here on. */
  readonly restarts: boolean
  /** One when absent. */
  readonly seats?: number
}

/** A time of a billing period in which one plan is in force, pauses included, until the next one is. */
export interface Slot {
  readonly planVersionId: string
  readonly fromMs: number
  /** Usage counts anew from here on. */
  readonly restarts: boolean
}

/** Subscriptions whose slots are kept, at most; then all are found again as they are needed. */
const MAX_KEPT_SLOTS = 50_000

/** What `planAt` returns while a subscription is paused. */
export const PAUSED = -2

/**
 * Subscriptions in flat memory. Their numbers name their counters and are never reused, whatever plan they are on. A row
 * has the last span of a subscription's life; those before are looked up where a time lies outside of it.
 */
export class SubscriptionTable {
  private readonly spansBefore = new Map<number, readonly PlanSpan[]>()
  /** Those whose last span counts usage anew. */
  private readonly restarted = new Set<number>()
  /** The seats of their last spans, of those that have another number than one. */
  private readonly seats = new Map<number, number>()
  /** The slots of the period that was needed last. */
  private readonly slots = new Map<number, { readonly period: number; readonly slots: readonly Slot[] }>()
  private readonly given = new Map<number, { readonly period: number; readonly spans: readonly GivenSpan[] }>()
  private readonly numbers = new UuidNumbers()
  private readonly firstOfAccount: number[] = []
  private readonly accounts: number[] = []
  private rows = new Float64Array(FIRST_CAPACITY * ROW)

  /** How many there are. */
  get size(): number {
    return this.numbers.size
  }

  /** The ids by their numbers, as segments have them. */
  get uuids(): UuidColumn {
    return this.numbers.ids
  }

  idOf(subscription: number): string {
    return this.numbers.idOf(subscription)
  }

  /** The number of a subscription, given on first sight: recovery meets counters before definitions. */
  numberOf(id: string): number {
    const known = this.numbers.size
    const number = this.numbers.add(id)
    if (number < known) return number
    if ((number + 1) * ROW > this.rows.length) this.rows = enlarged(this.rows)
    const row = number * ROW
    this.rows[row + UNTIL] = Number.NEGATIVE_INFINITY
    this.rows[row + PLAN] = this.rows[row + STAMP] = this.rows[row + RECENT_COUNTER] = NONE
    return number
  }

  /**
   * Adds a subscription to an account, or brings it up to date.
   * @param service NONE covers all of the account.
   * @param spans in order, without overlap; none where it never comes to life.
   */
  put(id: string, account: number, service: number, spans: readonly PlanSpan[]): void {
    const number = this.numberOf(id)
    const row = number * ROW
    if (this.accounts[number] === undefined) {
      this.rows[row + NEXT_OF_ACCOUNT] = this.firstOfAccount[account] ?? NONE
      this.firstOfAccount[account] = number
    }
    this.accounts[number] = account
    this.slots.delete(number)
    const last = spans.at(-1)
    this.rows[row + FROM] = last?.fromMs ?? 0
    this.rows[row + UNTIL] = last?.untilMs ?? Number.NEGATIVE_INFINITY
    this.rows[row + SERVICE] = service
    this.rows[row + PLAN] = last === undefined ? NONE : planOrPause(last)
    if (spans.length > 1) this.spansBefore.set(number, spans.slice(0, -1))
    else this.spansBefore.delete(number)
    if (last?.restarts === true) this.restarted.add(number)
    else this.restarted.delete(number)
    const { seats = 1 } = last ?? {}
    if (seats === 1) this.seats.delete(number)
    else this.seats.set(number, seats)
    this.given.delete(number)
  }

  /** Whether its life has more than one span: other plans, phases or pauses. */
  hasHistory(subscription: number): boolean {
    return this.spansBefore.size > 0 && this.spansBefore.has(subscription)
  }

  /** The slots of a period, found once as long as the subscription does not change. */
  inPeriod(subscription: number, period: number, find: () => readonly Slot[]): readonly Slot[] {
    const known = this.slots.get(subscription)
    if (known?.period === period) return known.slots
    if (this.slots.size >= MAX_KEPT_SLOTS) this.slots.clear()
    const slots = find()
    this.slots.set(subscription, { period, slots })
    return slots
  }

  /** What it is given in a period and the one before, found once as long as the subscription does not change. */
  givenIn(subscription: number, period: number, find: () => readonly GivenSpan[]): readonly GivenSpan[] {
    const known = this.given.get(subscription)
    if (known?.period === period) return known.spans
    if (this.given.size >= MAX_KEPT_SLOTS) this.given.clear()
    const spans = find()
    this.given.set(subscription, { period, spans })
    return spans
  }

  /** When its last span begins. */
  lastSpanFrom(subscription: number): number {
    return this.rows[subscription * ROW + FROM] as number
  }

  /** The number of the plan of its last span; NONE without one, or PAUSED. */
  lastPlan(subscription: number): number {
    return this.rows[subscription * ROW + PLAN] as number
  }

  /** The first subscription of an account; `next` gives the others. */
  first(account: number): number {
    return this.firstOfAccount[account] ?? NONE
  }

  next(subscription: number): number {
    return this.rows[subscription * ROW + NEXT_OF_ACCOUNT] as number
  }

  /** The number of the plan that is in force for a service at a time; NONE without one, or PAUSED. */
  planAt(subscription: number, service: number, timeMs: number): number {
    const row = subscription * ROW
    const own = this.rows[row + SERVICE]
    if (own !== NONE && own !== service) return NONE
    if (timeMs >= (this.rows[row + FROM] as number)) {
      return timeMs < (this.rows[row + UNTIL] as number) ? (this.rows[row + PLAN] as number) : NONE
    }
    if (this.spansBefore.size === 0) return NONE
    const span = this.spansBefore.get(subscription)?.find(({ fromMs, untilMs }) => timeMs >= fromMs && timeMs < untilMs)
    return span === undefined ? NONE : planOrPause(span)
  }

  /** Its life, in order; empty for one that only the journal knows. */
  spansOf(subscription: number): PlanSpan[] {
    const row = subscription * ROW
    const [fromMs = 0, untilMs = 0] = [this.rows[row + FROM], this.rows[row + UNTIL]]
    const before = this.spansBefore.get(subscription) ?? []
    const plan = this.rows[row + PLAN] as number
    if (plan === NONE) return [...before]
    const restarts = this.restarted.has(subscription)
    const last = {
      fromMs,
      untilMs,
      plan,
      isPaused: plan === PAUSED,
      restarts,
      seats: this.seats.get(subscription) ?? 1,
    }
    return [...before, last]
  }

  isOfOneService(subscription: number): boolean {
    return this.rows[subscription * ROW + SERVICE] !== NONE
  }

  /** Undefined for one that only the journal knows. */
  accountOf(subscription: number): number | undefined {
    return this.accounts[subscription]
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

function planOrPause({ plan, isPaused }: PlanSpan): number {
  return isPaused ? PAUSED : plan
}
