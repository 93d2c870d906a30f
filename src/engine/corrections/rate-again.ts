import { present } from '../../core/base/assert.ts'
import { toDayNumber } from '../../core/base/period.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import { runsOn } from '../../core/metering/series.ts'
import { accumulate } from '../../core/rating/accumulate.ts'
import { chargedAmount } from '../../core/rating/charged-amount.ts'
import type { Cell } from '../../core/rating/compiled-price.ts'
import type { Aggregate } from '../../core/rating/models/price-model.ts'
import { billedCut, billedQuantity, isRatedUse } from '../../core/rating/record-use.ts'
import { splitUse } from '../../core/rating/split-use.ts'
import type { Ground } from '../memory/ground.ts'
import { standingAggregate } from '../rating/counter-sequence.ts'
import { type CountedRate, rateOf } from '../rating/find-rate.ts'
import { attributesAt } from '../rating/locate-record.ts'
import { type LocatedUse, ratedCut } from '../rating/located-use.ts'
import { isOwn, type StandingCharge, type StandingRecord } from './standing-records.ts'

/** What a record brought to a counter, or brings to another one. */
export interface RatedUse {
  /** Of the counter: increments applied, less what balances of units covered. */
  readonly quantity: bigint
  /** Sessions whose fee is in it. */
  readonly sessions: bigint
  /** What its last unit costs less, where a maximum cost is reached within it; negative for what is taken back. */
  readonly cut: bigint
}

/** A charge that stands, with the counter that it is in. */
export interface StandingUse {
  readonly use: LocatedUse
  readonly charge: StandingCharge
  /** Of the record at this rate, with units that balances cover; nothing where the record does not say so. */
  readonly billed: bigint
}

/** The counters that a record's charges are in. */
export function standingUses(
  ground: Ground,
  batch: UsageBatch,
  row: number,
  { subscriptionId, charges, startMs, endMs }: StandingRecord,
): StandingUse[] {
  const { counters, definitions } = ground
  const subscription = definitions.subscriptions.numberOf(subscriptionId)
  // The service of the record may be known by its key alone.
  const account = present(definitions.subscriptions.accountOf(subscription), 'an account')
  const clock = definitions.clockOfAccount(account)
  const billedAt = ({ meter, cell }: CountedRate, quantity: bigint): { billed: bigint; cut: bigint } => {
    const parts = splitUse(meter.price, { startMs, endMs, quantity }, clock, attributesAt(batch, row, meter))
    const part = parts?.find((one) => meter.price.cells[one.cellAt] === cell)
    if (part !== undefined) return { billed: part.billed, cut: part.cut }
    const billed = billedQuantity(cell, quantity)
    return { billed, cut: billedCut(cell, billed) }
  }
  // A meter that runs on is charged under the plan before, too, for the time until the change.
  const isCounted = (charge: StandingCharge): boolean =>
    isOwn(charges, charge) ||
    (!charge.isCarriedOn &&
      runsOn(present(definitions.meterOf(charge.planVersionId, charge.priceCode), 'a price').price.meter))
  return charges.filter(isCounted).map((charge, index, own) => {
    const number = definitions.numberOfCell([charge.planVersionId, charge.priceCode, charge.cell])
    const period = toDayNumber(charge.periodStart)
    const place = counters.place(subscription, number, period)
    const rate = rateOf(ground, place)
    const { meter } = rate
    const used = meter.slot < batch.width ? (batch.quantities[row * batch.width + meter.slot] as bigint) : 0n
    const { billed, cut } = billedAt(rate, used)
    const [after, amountAfter] = [counters.aggregate(place), counters.amount(place)]
    const isContinued = own[index - 1]?.priceCode === charge.priceCode
    const part = { quantity: used, billed, cut, isContinued, observed: null }
    return { charge, billed, use: { ...rate, ...part, after, amountAfter } }
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
  const after = counters.aggregate(use.place).map((measure, index) => measure - (charge.measures[index] ?? 0n))
  const isEmpty = counters.records(use.place) === 1
  const amountAfter = isEmpty ? 0n : chargedAmount(use.meter.price, use.cell, after)
  return { after, amountAfter, amount: amountAfter - counters.amount(use.place) }
}

/** A counter with one more charge. */
export function stepOn(ground: Ground, use: LocatedUse, rated: RatedUse): Step {
  const { cell } = use
  const before = ground.counters.amount(use.place)
  const after = accumulate(cell, standingAggregate(ground, use), rated)
  const amountAfter = chargedAmount(use.meter.price, cell, after)
  return { after, amountAfter, amount: amountAfter - before }
}

/**
 * What was rated of a record under one plan version, for the prices of another one. What balances of units covered stays
 * covered, and a refund stays one. Only where the rules of sessions differ, the quantity is rounded up anew.
 * @returns for each of the uses.
 */
export function carryOver(standing: readonly StandingUse[], uses: readonly LocatedUse[]): RatedUse[] {
  const rated: RatedUse[] = []
  while (rated.length < uses.length) {
    const { meter } = present(uses[rated.length], 'a use')
    const parts = uses.slice(rated.length).filter((use) => use.meter === meter)
    const first = standing.find(({ use }) => use.meter.price.meter.code === meter.price.meter.code)
    const before = standing.filter(({ use }) => use.meter === first?.use.meter)
    rated.push(...carryPrice(standing, before, parts))
  }
  return rated
}

/** Of one price, which may have charged a record at several rates, for another one. */
function carryPrice(
  standing: readonly StandingUse[],
  before: readonly StandingUse[],
  parts: readonly LocatedUse[],
): RatedUse[] {
  // What a series adds was found without the record, and nothing of it is covered yet.
  if (parts.some(({ meter }) => !meter.price.isAdditive))
    return parts.map(({ billed }) => ({ quantity: billed, sessions: 0n, cut: 0n }))
  const isRefund = standing.some(({ charge }) => (charge.measures[0] as bigint) < 0n)
  const anew = sumOf(parts.map(({ billed }) => billed))
  if (before.length === 0) return isRefund ? shares(-anew, -1n, parts) : shares(anew, 1n, parts)
  const rated = sumOf(before.map(({ charge }) => charge.measures[0] as bigint))
  const sessions = sumOf(before.map(sessionsOf))
  const { cell: next } = parts[0] as LocatedUse
  const covered = sumOf(before.map(({ billed }) => billed)) - rated
  const isCovered = rated === 0n && covered > 0n
  if (isCovered || before.every(({ use }) => hasSameRules(use.cell, next)))
    return withCut(shares(rated, sessions, parts), sumOf(before.map(cutIn)))
  if (isRefund) return shares(-anew, sessions, parts)
  const left = covered > 0n ? (anew > covered ? anew - covered : 0n) : anew
  // What was free by itself under the old price may open a session under the new one.
  const opens = isRatedUse(next, sumOf(parts.map(({ quantity }) => quantity)), left)
  return shares(left, sessions === 0n && opens ? 1n : sessions, parts)
}

function sumOf(numbers: readonly bigint[]): bigint {
  return numbers.reduce((sum, one) => sum + one, 0n)
}

/** What was taken off a charge's last unit; a report of a session says it by what its session had cost before. */
function cutIn({ use, charge }: StandingUse): bigint {
  const { perRecord, adjustedAt } = use.cell
  const [rated] = charge.measures as [bigint, ...bigint[]]
  return perRecord === null ? -(charge.measures[adjustedAt] ?? 0n) : ratedCut(use, rated)
}

/** It belongs to the last part that costs anything. */
function withCut(rated: RatedUse[], cut: bigint): RatedUse[] {
  const last = rated.findLastIndex(({ quantity }) => quantity !== 0n)
  return rated.map((part, index) => ({ ...part, cut: index === last ? cut : 0n }))
}

function sessionsOf({ use, charge }: StandingUse): bigint {
  const { cell } = use
  const [rated] = charge.measures as [bigint, ...bigint[]]
  if (cell.sessionsAt >= 0) return charge.measures[cell.sessionsAt] ?? 0n
  if (use.isContinued) return 0n
  // One that is free by itself is a session, too: another price may ask its fee.
  return rated < 0n ? -1n : isRatedUse(cell, use.quantity, rated) ? 1n : 0n
}

/** Shares a quantity out: balances of units cover what is used first, so the last part is rated first. */
function shares(quantity: bigint, sessions: bigint, parts: readonly LocatedUse[]): RatedUse[] {
  const rated: RatedUse[] = []
  let left = quantity
  for (const part of parts.slice(1).toReversed()) {
    const { billed } = part
    const most = quantity < 0n ? -billed : billed
    const isWhole = quantity < 0n ? left <= most : left >= most
    const share = isWhole ? most : left
    rated.unshift({ quantity: share, sessions: 0n, cut: ratedCut(part, share) })
    left -= share
  }
  return [{ quantity: left, sessions, cut: ratedCut(parts[0] as LocatedUse, left) }, ...rated]
}

function hasSameRules({ sessionRules: a }: Cell, { sessionRules: b }: Cell): boolean {
  if (a === null || b === null) return a === b
  const { increments: one, most: top } = a
  const { increments: other, most: end } = b
  const isSameIncrement = one?.first === other?.first && one?.next === other?.next
  return (
    isSameIncrement &&
    a.free === b.free &&
    top?.amount === end?.amount &&
    top?.fee === end?.fee &&
    top?.unit === end?.unit &&
    top?.afterwards === end?.afterwards
  )
}
