import { assertSteps } from '../base/calendar-range.ts'
import { type Exact, exact } from '../base/exact.ts'
import { type Cycle, type DayPeriod, daysIn, overlapOf, periodAt, periodIndexOf, startOfDayMs } from '../base/period.ts'
import { daysLeftOfThirty, daysOfThirty } from '../base/thirty-day-months.ts'
import { isOfPhase, type Plan, type RecurringPrice } from '../catalog/plan.ts'
import type { LocalInterval } from '../subscriptions/local-days.ts'
import { amountOfSeats, type SeatChange, seatRateOf } from './seat-rate.ts'

/** The life of a subscription as a recurring price of one of its plan versions sees it. */
export interface BillingTimeline {
  readonly anchor: string
  readonly zone: string
  readonly intervals: readonly LocalInterval[]
  /** The price applies in these. */
  readonly applies: (interval: LocalInterval) => boolean
  /** In the first of these in a period, prices without proration are charged for all of it. */
  readonly opens: (interval: LocalInterval) => boolean
}

/** A recurring charge that is due: the parts of a period in which it applies, and their shares of it. */
export interface RecurringDue {
  /** The whole period, which names the charge. */
  readonly period: DayPeriod
  readonly active: DayPeriod
  /** The day from which all of it can be billed, as far as it is known. */
  readonly dueDay: string
  /** Of all parts together. */
  readonly share: Share
  /** By the number of seats, in the order of time. */
  readonly parts: readonly SeatPart[]
  /** Flat amounts of tiers of seats that are reached, once in the period. */
  readonly flat: Exact
  readonly amount: Exact
}

/** A number of seats, for a share of the period, and what that comes to. */
export interface SeatPart {
  readonly seats: number
  readonly share: Share
  readonly amount: Exact
}

interface Share {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** A part of a period; `from` and `until` say how much of the period is left when it begins and ends. */
interface Piece {
  readonly days: DayPeriod
  readonly seats: number
  /** Of the charge that it is a part of. */
  readonly dueDay: string
  readonly from: bigint
  readonly until: bigint
}

/** Whether a price of a plan applies in an interval that is on this plan. */
export function isCharged(price: RecurringPrice, { phase, isPaused }: LocalInterval): boolean {
  return isOfPhase(price, phase) && (!isPaused || price.whilePaused === 'charged')
}

/** Whether a plan charges something without proration in an interval, in periods of this length. */
export function opensPeriods(plan: Plan | undefined, every: Cycle, interval: LocalInterval): boolean {
  const isOfCycle = (price: RecurringPrice): boolean =>
    price.proration === 'none' && price.every.unit === every.unit && price.every.count === every.count
  return (plan?.prices ?? []).some(
    (price) => price.kind === 'recurring' && isOfCycle(price) && isCharged(price, interval),
  )
}

/**
 * The recurring charges due on a day: in advance of periods in which the price has begun to apply, in arrears of parts
 * that have ended. A part of a period is
 * charged by its share (domain policies 3, 9 and 11); the shares of all parts of a period add up to one.
 */
export function recurringDue(price: RecurringPrice, timeline: BillingTimeline, onDay: string): RecurringDue[] {
  const { anchor } = timeline
  const pieces = new Map<number, Piece[]>()
  for (const interval of timeline.intervals) {
    const range = price.proration === 'second' ? interval.touched : interval.owned
    if (range === null || !timeline.applies(interval)) continue
    const first = periodIndexOf(anchor, price.every, range.start)
    for (let index = first; ; index++) {
      assertSteps(index - first, `periods of ${price.code} that are due`)
      const period = periodAt(anchor, price.every, index)
      const days = overlapOf(period, range.start, range.end)
      if (days === null) break
      // In advance, all that is known of a period is due with its first part.
      const before = pieces.get(index) ?? []
      const charged = daysOfCharge(price, timeline, period, days)
      const dueDay = price.timing === 'advance' ? (before[0]?.dueDay ?? days.start) : charged.end
      if (dueDay > onDay) break
      const piece = pieceOf(price, timeline, interval, period, charged, dueDay)
      if (piece === null) continue
      // Until the period has ended, it continues with the seats that it began with.
      const isHeld = price.seatChanges === 'period_end' && period.end > onDay
      pieces.set(index, [...before, isHeld ? { ...piece, seats: before[0]?.seats ?? piece.seats } : piece])
    }
  }
  return [...pieces]
    .sort(([a], [b]) => a - b)
    .map(([index, parts]) => toDue(price, periodAt(anchor, price.every, index), timeline.zone, parts))
}

/**
 * The days that a part of a period is charged for: its own or, where the first part is charged for the whole period, all until the
 * last one ends. A fee of November without proration is for November, and in arrears due on 1 December, also where seats change on
 * the 2nd; so is a minimum, also where a phase ends on the 2nd.
 */
function daysOfCharge(
  { proration }: RecurringPrice,
  timeline: BillingTimeline,
  period: DayPeriod,
  days: DayPeriod,
): DayPeriod {
  if (proration !== 'none') return days
  const ends = timeline.intervals.flatMap((interval) => {
    const { owned } = interval
    const part = owned === null || !timeline.applies(interval) ? null : overlapOf(period, owned.start, owned.end)
    return part === null ? [] : [part.end]
  })
  return { start: days.start, end: ends.reduce((last, end) => (end > last ? end : last), days.end) }
}

function pieceOf(
  { proration, every }: RecurringPrice,
  timeline: BillingTimeline,
  interval: LocalInterval,
  period: DayPeriod,
  days: DayPeriod,
  dueDay: string,
): Piece | null {
  const base = { days, seats: interval.quantity, dueDay }
  switch (proration) {
    case 'none': {
      const touches = ({ owned }: LocalInterval): boolean =>
        owned !== null && overlapOf(period, owned.start, owned.end) !== null
      const opening = timeline.intervals.find((other) => touches(other) && timeline.opens(other))
      return opening === interval ? { ...base, from: 1n, until: 0n } : null
    }
    case 'day':
      return { ...base, from: daysLeft(period, days.start), until: daysLeft(period, days.end) }
    case 'fixed30': {
      const left = (day: string): bigint => daysLeftOfThirty(period, day, fixedDays(every))
      return { ...base, from: left(days.start), until: left(days.end) }
    }
    case 'second': {
      const [startMs, endMs] = [startOfDayMs(period.start, timeline.zone), startOfDayMs(period.end, timeline.zone)]
      const left = (epochMs: number): bigint => BigInt(endMs - Math.min(Math.max(epochMs, startMs), endMs))
      return { ...base, from: left(interval.fromMs), until: left(interval.untilMs) }
    }
  }
}

function wholeOf({ proration, every }: RecurringPrice, period: DayPeriod, zone: string): bigint {
  if (proration === 'none') return 1n
  if (proration === 'day') return BigInt(daysIn(period))
  if (proration === 'fixed30') return BigInt(fixedDays(every))
  return BigInt(startOfDayMs(period.end, zone) - startOfDayMs(period.start, zone))
}

function fixedDays({ unit, count }: Cycle): number {
  return daysOfThirty(count * (unit === 'year' ? 12 : 1))
}

function daysLeft(period: DayPeriod, from: string): bigint {
  return BigInt(daysIn({ start: from, end: period.end }))
}

function toDue(price: RecurringPrice, period: DayPeriod, zone: string, pieces: readonly Piece[]): RecurringDue {
  const whole = wholeOf(price, period, zone)
  const rate = seatRateOf(price)
  const most = Math.max(...pieces.map(({ seats }) => seats))
  const changes: SeatChange[] = []
  const lengths = new Map<number, bigint>()
  for (const { seats, from, until } of pieces) {
    if (changes.at(-1)?.left === from) changes.pop()
    changes.push({ seats, left: from }, { seats: null, left: until })
    lengths.set(seats, (lengths.get(seats) ?? 0n) + from - until)
  }
  return {
    period,
    active: { start: (pieces[0] as Piece).days.start, end: (pieces.at(-1) as Piece).days.end },
    dueDay: (pieces.at(-1) as Piece).dueDay,
    share: shareOf(
      [...lengths.values()].reduce((sum, length) => sum + length, 0n),
      whole,
    ),
    parts: [...lengths].map(([seats, length]) => ({
      ...{ seats, share: shareOf(length, whole), amount: exact(rate.forPeriod(seats) * length, rate.scale, whole) },
    })),
    flat: exact(rate.once(most), rate.scale),
    amount: amountOfSeats(rate, changes, whole),
  }
}

function shareOf(numerator: bigint, denominator: bigint): Share {
  return numerator === denominator ? { numerator: 1n, denominator: 1n } : { numerator, denominator }
}
