import { present } from '../core/base/assert.ts'
import type { UsageBatch } from '../core/mediation/usage-batch.ts'
import { accumulate, billedQuantity, type Cell, cellNamed, chargedAmount } from '../core/rating/compiled-price.ts'
import type { Aggregate } from '../core/rating/price-model.ts'
import type { LocatedUse } from './charge-account.ts'
import type { CounterTable } from './counter-table.ts'
import type { Definitions } from './definitions.ts'
import { toDayNumber } from './period-calendar.ts'
import type { SeriesTable } from './series-table.ts'
import type { StandingCharge, StandingRecord } from './standing-records.ts'

/** Counters to work on, those that are charged or others to try something out, their series, and the definitions. */
export interface Ground {
  readonly counters: CounterTable
  readonly series: SeriesTable
  readonly definitions: Definitions
}

/** What a record brought to a counter, or brings to another one. */
export interface RatedUse {
  /** Of the counter: increments applied, less what balances of units covered. */
  readonly quantity: bigint
  /** Sessions whose fee is in it. */
  readonly sessions: bigint
}

/** A charge that stands, with the counter that it is in. */
export interface StandingUse {
  readonly use: LocatedUse
  readonly charge: StandingCharge
  /** As it was used, at the meter's scale; the record does not say so where its meter is new. */
  readonly used: bigint
}

export function cellOf({ meter, cellAt }: LocatedUse): Cell {
  return present(meter.price.cells[cellAt], 'a cell')
}

/** The counters that a record's charges are in. */
export function standingUses(
  { counters, definitions }: Ground,
  batch: UsageBatch,
  row: number,
  { subscriptionId, charges }: StandingRecord,
): StandingUse[] {
  const subscription = definitions.subscriptions.numberOf(subscriptionId)
  return charges.map((charge) => {
    const meter = present(definitions.meterOf(charge.planVersionId, charge.priceCode), `price ${charge.priceCode}`)
    const cellAt = meter.price.cells.indexOf(present(cellNamed(meter.price, charge.cell), `cell ${charge.cell}`))
    const cell = definitions.numberOfCell([charge.planVersionId, charge.priceCode, charge.cell])
    const period = toDayNumber(charge.periodStart)
    const place = counters.place(subscription, cell, period)
    const used = meter.slot < batch.width ? (batch.quantities[row * batch.width + meter.slot] as bigint) : 0n
    const [after, amountAfter] = [counters.aggregate(place), counters.amount(place)]
    return {
      charge,
      used,
      use: { meter, cellAt, cell, place, period, quantity: used, observed: null, after, amountAfter },
    }
  })
}

/** How a counter changes. */
export interface Step {
  readonly after: Aggregate
  readonly amountAfter: bigint
  readonly amount: bigint
}

/**
 * A sum without one of its charges falls by what the record added. A counter that no record is left
 * in costs nothing, as before the first one.
 */
export function stepBack({ counters }: Ground, { use, charge }: StandingUse): Step {
  const cell = cellOf(use)
  const after = counters.aggregate(use.place).map((measure, index) => measure - (charge.measures[index] ?? 0n))
  const isEmpty = counters.records(use.place) === 1
  const amountAfter = isEmpty ? 0n : chargedAmount(use.meter.price, cell, after)
  return { after, amountAfter, amount: amountAfter - counters.amount(use.place) }
}

/** A counter with one more charge. */
export function stepOn({ counters }: Ground, use: LocatedUse, rated: RatedUse): Step {
  const cell = cellOf(use)
  const before = counters.amount(use.place)
  const after = accumulate(cell, counters.aggregate(use.place), rated)
  const amountAfter = chargedAmount(use.meter.price, cell, after)
  return { after, amountAfter, amount: amountAfter - before }
}

/**
 * What was rated of a record under one plan version, for a price of another one. What balances of units covered stays
 * covered, and a refund stays one. Only where the increments differ, the quantity is rounded up anew.
 */
export function carryOver(standing: readonly StandingUse[], use: LocatedUse): RatedUse {
  const next = cellOf(use)
  const isRefund = standing.some(({ charge }) => (charge.measures[0] as bigint) < 0n)
  const before = standing.find(({ use: { meter } }) => meter.price.meter.code === use.meter.price.meter.code)
  const anew = billedQuantity(next, use.quantity)
  if (before === undefined) return isRefund ? { quantity: -anew, sessions: -1n } : { quantity: anew, sessions: 1n }
  const cell = cellOf(before.use)
  const [rated] = before.charge.measures as [bigint, ...bigint[]]
  const signum = rated > 0n ? 1n : rated < 0n ? -1n : 0n
  const sessions = cell.sessionsAt < 0 ? signum : (before.charge.measures[cell.sessionsAt] as bigint)
  if (hasSameRules(cell, next) || rated === 0n) return { quantity: rated, sessions }
  if (isRefund) return { quantity: -anew, sessions }
  const covered = billedQuantity(cell, before.used) - rated
  return { quantity: covered > 0n ? (anew > covered ? anew - covered : 0n) : anew, sessions }
}

function hasSameRules({ sessionRules: a }: Cell, { sessionRules: b }: Cell): boolean {
  if (a === null || b === null) return a === b
  const { increments: one, most: top } = a
  const { increments: other, most: end } = b
  const isSameIncrement = one?.first === other?.first && one?.next === other?.next
  return isSameIncrement && a.free === b.free && top?.billed === end?.billed
}
