import { UNIT_SCALE } from '../base/quantity.ts'
import { powerOfTen } from '../base/rounding.ts'
import { accumulate } from '../rating/accumulate.ts'
import { chargedAmount } from '../rating/charged-amount.ts'
import type { CompiledPrice, RateElement } from '../rating/compiled-price.ts'
import type { Aggregate, Use } from '../rating/models/price-model.ts'
import { peakAmount } from '../rating/peak-amount.ts'
import type { Deduction, Pool } from './balances.ts'
import { type BalancePoster, type Payer, planDeductions, type UseContext } from './deductions.ts'
import { takeFrom, totalOf } from './movements.ts'

/** A counter, and what sessions have set aside on it. */
export interface PricedCounter {
  readonly price: CompiledPrice
  readonly element: RateElement
  readonly aggregate: Aggregate
  /** Charged so far, at the rating scale. */
  readonly amount: bigint
  readonly pool: Pool | undefined
}

/** A change of a counter: what is used, and what is set aside or released, after increments and units of balances. */
export interface CounterChange {
  readonly used: bigint
  /** Sessions whose fee becomes due with it. */
  readonly usedSessions: bigint
  readonly reserved: bigint
  readonly reservedSessions: bigint
  /** What maximum costs take off the last unit that is used, and of those set aside. */
  readonly usedCut?: bigint
  readonly reservedCut?: bigint
}

/** What a change makes of a counter, and the money that it needs. */
export interface PlannedChange {
  readonly after: Aggregate
  readonly amountAfter: bigint
  /** Increase of the charged amount; negative where a price falls as usage grows. */
  readonly amount: bigint
  /** What must be set aside for the pool afterwards. */
  readonly holdAfter: bigint
  /** Money needed beyond what is set aside for the pool already; negative where some becomes free. */
  readonly need: bigint
}

/**
 * The price of a change, exactly: `amount + change of the hold`. A hold is the most that the counter can cost on the way
 * from what is used to what is used and set aside, so no order of reports can ever cost more than was held.
 */
export function planChange(counter: PricedCounter, change: CounterChange): PlannedChange {
  const { price, element, pool } = counter
  const isUsed = change.used !== 0n || change.usedSessions !== 0n
  const after = isUsed ? accumulate(element, counter.aggregate, usedIn(change)) : counter.aggregate
  const amountAfter = isUsed ? chargedAmount(price, element, after) : counter.amount
  const amount = amountAfter - counter.amount
  const quantity = (pool?.quantity ?? 0n) + change.reserved
  const sessions = (pool?.sessions ?? 0n) + change.reservedSessions
  // Which of the last units the period has free, only their order will say.
  const cut = element.freeUnits === 0n ? (pool?.cut ?? 0n) + (change.reservedCut ?? 0n) : 0n
  const isHeld = quantity !== 0n || sessions !== 0n
  const holdAfter = isHeld ? peakAmount(price, element, after, { quantity, sessions, cut }) - amountAfter : 0n
  const heldBefore = pool === undefined ? 0n : totalOf(pool.takes)
  return { after, amountAfter, amount, holdAfter, need: amount + holdAfter - heldBefore }
}

function usedIn({ used, usedSessions, usedCut = 0n }: CounterChange): Use {
  return { quantity: used, sessions: usedSessions, cut: usedCut }
}

/** What a change of units in balances is at their scale. */
export function toUnitScale(quantity: bigint, scale: number): bigint {
  return quantity * powerOfTen(UNIT_SCALE - scale)
}

/** Units of balances as a meter's quantity; less than its last digit is left. */
export function fromUnitScale(units: bigint, scale: number): bigint {
  return units / powerOfTen(UNIT_SCALE - scale)
}

/** What balances of units cover of a quantity. @returns the takes, and the quantity that is left for the price. */
export function planUnits(
  payers: readonly Payer[],
  { unit, scale }: { unit: string; scale: number },
  quantity: bigint,
  context: UseContext,
): { takes: Deduction[]; rated: bigint } {
  if (quantity <= 0n) return { takes: [], rated: quantity }
  const wanted = toUnitScale(quantity, scale)
  const first = planDeductions(payers, unit, wanted, context)
  if (first.takes.length === 0) return { takes: [], rated: quantity }
  const covered = fromUnitScale(wanted - first.short, scale)
  if (first.short === 0n || toUnitScale(covered, scale) === wanted - first.short)
    return { takes: first.takes, rated: quantity - covered }
  return { takes: planDeductions(payers, unit, toUnitScale(covered, scale), context).takes, rated: quantity - covered }
}

/**
 * Moves the money of a planned change: pays its amount with what is set aside, then with what is free; then makes the
 * hold what it must be. What nothing covers is owed beyond the limit: usage that has happened is charged.
 * @returns the pool afterwards.
 */
export function applyChange(
  counter: PricedCounter,
  change: CounterChange,
  planned: PlannedChange,
  payers: readonly Payer[],
  context: UseContext,
  poster: BalancePoster,
): Pool {
  const { pool } = counter
  const takes = (pool?.takes ?? []).map((take) => ({ ...take }))
  if (planned.amount < 0n) poster.giveBack(payers, -planned.amount)
  else payAmount(planned.amount, takes, payers, context, poster)
  const held = totalOf(takes)
  if (held > planned.holdAfter) poster.release(takeFrom(takes, held - planned.holdAfter, 'back'))
  else if (held < planned.holdAfter) {
    const more = planDeductions(payers, null, planned.holdAfter - held, context).takes
    poster.hold(more)
    takes.push(...more)
  }
  const cut = (pool?.cut ?? 0n) + (change.reservedCut ?? 0n)
  return {
    quantity: (pool?.quantity ?? 0n) + change.reserved,
    sessions: (pool?.sessions ?? 0n) + change.reservedSessions,
    cut: cut === 0n ? undefined : cut,
    takes,
  }
}

/** Moves money alone: gives it back, or takes it, beyond the limit where nothing covers it. What is set aside stays. */
export function settleDifference(
  amount: bigint,
  payers: readonly Payer[],
  context: UseContext,
  poster: BalancePoster,
): void {
  if (amount < 0n) poster.giveBack(payers, -amount)
  else if (amount > 0n) payAmount(amount, [], payers, context, poster)
}

function payAmount(
  amount: bigint,
  held: Deduction[],
  payers: readonly Payer[],
  context: UseContext,
  poster: BalancePoster,
): void {
  const rest = amount - poster.payHeld(held, amount)
  if (rest === 0n) return
  const { takes, short } = planDeductions(payers, null, rest, context)
  poster.pay(takes)
  const own = payers.at(-1)
  if (short > 0n && own !== undefined)
    poster.pay([{ account: own.balances.account, lot: 0, unit: null, source: null, amount: short }], 'overrun')
}
