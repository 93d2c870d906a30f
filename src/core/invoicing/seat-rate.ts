import { present } from '../base/assert.ts'
import { decimal } from '../base/decimal.ts'
import { type Exact, exact } from '../base/exact.ts'
import type { RecurringPrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { modelOf } from '../rating/models/models.ts'

/** What a recurring price asks for a number of seats, as integers at a scale. */
export interface SeatRate {
  readonly scale: number
  /** For a whole period; of a part, its share. */
  readonly forPeriod: (seats: number) => bigint
  /** Flat amounts of the tiers that are reached: once in a period, however long they are. */
  readonly once: (seats: number) => bigint
}

/** From here on so many seats are subscribed, or none may be: null. `left` is how much of the period is left then. */
export interface SeatChange {
  readonly seats: number | null
  readonly left: bigint
}

export function seatRateOf({ amount, rate }: RecurringPrice): SeatRate {
  if (rate === undefined) {
    const { coefficient, scale } = decimal(present(amount, 'an amount'))
    return { scale, forPeriod: (seats) => coefficient * BigInt(seats), once: () => 0n }
  }
  const scale = Math.max(
    ...modelOf(rate)
      .amounts(rate)
      .map((text) => decimal(text).scale),
  )
  const whole = amountsOf(rate, scale)
  if (rate.model !== 'graduated' && rate.model !== 'volume') return { scale, forPeriod: whole, once: () => 0n }
  const flats = amountsOf({ ...rate, tiers: rate.tiers.map((tier) => ({ ...tier, unitAmount: '0' })) }, scale)
  return { scale, forPeriod: (seats) => whole(seats) - flats(seats), once: flats }
}

function amountsOf(terms: RateTerms, priceScale: number): (seats: number) => bigint {
  const model = modelOf(terms)
  const compiled = model.compile(terms, { quantityScale: 0, priceScale, per: 1n })
  return (seats) => model.amountFor(compiled, [BigInt(seats)])
}

/**
 * Each change is priced in the tiers that it enters or leaves, times what is left of the period; flat amounts count once.
 * @param whole what `left` is at the beginning of the period.
 */
export function amountOfSeats(rate: SeatRate, changes: readonly SeatChange[], whole: bigint): Exact {
  let [sum, before, most] = [0n, 0n, 0]
  for (const { seats, left } of changes) {
    const after = seats === null ? 0n : rate.forPeriod(seats)
    sum += (after - before) * left
    before = after
    if (seats !== null && seats > most) most = seats
  }
  return exact(sum + rate.once(most) * whole, rate.scale, whole)
}
