import { compare, decimal, toScale, ZERO } from '../../base/decimal.ts'
import { divideRounded, powerOfTen } from '../../base/rounding.ts'
import type { CatalogIssue, Conversion } from '../../catalog/plan.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import type { PriceScales } from '../models/price-model.ts'
import { ratioOf } from './conversion.ts'
import type { Modifier } from './modifier.ts'
import { costsAnything } from './unit-steps.ts'

/** How what a record, or a session as a whole, used becomes what it is billed for. Quantities at the meter's scale. */
export interface SessionRules {
  readonly increments: { readonly first: bigint; readonly next: bigint } | null
  readonly free: bigint
  /**
   * Use is free of charge from its first unit on, whatever covers others: by units that are free of each session, or where the
   * connection fee comes to the maximum cost. It is rated all the same: a call costs its fee.
   */
  readonly isFreeByItself: boolean
  readonly most: MaximumCost | null
}

/** A maximum cost, the connection fee and the price of a unit of the meter, all at the scale of `SessionSoFar.spent`. */
interface MaximumCost {
  readonly amount: bigint
  readonly fee: bigint
  readonly unit: bigint
  readonly afterwards: 'free' | 'disconnect'
  /** The last unit costs what is left of the maximum. Otherwise units that it does not pay in full are not billed. */
  readonly cutsUnits: boolean
  /** What it pays for in all, in whole converted units, where the price converts: 16 minutes are 960 seconds. */
  readonly inAll: bigint | null
}

/** What a session has used until now under one price, in whatever bands. Quantities at the meter's scale. */
export interface SessionSoFar {
  readonly used: bigint
  /** What is covered by increments that have begun: no less than what is used. */
  readonly begun: bigint
  /**
   * What was billed under rates with a maximum cost, fee included: at the price's scale and the meter's, times `per`, and, where the
   * price converts, times what it divides by.
   */
  readonly spent: bigint
  /** Something of it was rated, so its connection fee is charged. */
  readonly isRated: boolean
}

/** Increments, free seconds and maximum costs say what of a record is billed; they make no step of the period's price. */
export const ofSessions: Modifier = {
  amounts: ({ maximumCost }) => [maximumCost?.amount],
  check(terms) {
    const { increments, maximumCost, connectionFee = '0' } = terms
    const issues: CatalogIssue[] = []
    if (
      increments !== undefined &&
      [increments.first, increments.next].some((text) => compare(decimal(text), ZERO) <= 0)
    )
      issues.push({ path: ['increments'], message: 'an increment is more than 0 units' })
    if (maximumCost === undefined) return issues
    if (!costsAnything(terms))
      issues.push({ path: ['maximumCost'], message: 'only a per_unit rate above 0 has a maximum cost of a session' })
    if (compare(decimal(maximumCost.amount), decimal(connectionFee)) < 0)
      issues.push({
        path: ['maximumCost', 'amount'],
        message: 'the connection fee alone is more than the maximum cost',
      })
    return issues
  },
}

export const NOTHING_YET: SessionSoFar = { used: 0n, begun: 0n, spent: 0n, isRated: false }

/**
 * Null where everything used is billed as it is.
 * @param convert the price counts in other units than the meter. At 0.60 a minute of 60 seconds a
 * maximum of 10.00 pays for 16 minutes: those are 960 seconds, for 9.60.
 */
export function compileSessionRules(
  terms: RateTerms,
  meterScale: number,
  { priceScale, per }: PriceScales,
  convert?: Conversion,
): SessionRules | null {
  const { increments, freePerSession, maximumCost, connectionFee = '0' } = terms
  if (increments === undefined && freePerSession === undefined && maximumCost === undefined) return null
  const toQuantity = (text: string): bigint => toScale(decimal(text), meterScale)
  let most: SessionRules['most'] = null
  if (maximumCost !== undefined && terms.model === 'per_unit') {
    const atPrice = (text: string): bigint => toScale(decimal(text), priceScale)
    const { times, over } = convert === undefined ? { times: 1n, over: 1n } : ratioOf(convert)
    const whole = (text: string): bigint => atPrice(text) * per * powerOfTen(meterScale) * over
    const { amount, afterwards } = maximumCost
    const cutsUnits = afterwards === 'free' && convert === undefined
    const unit = atPrice(terms.unitAmount) * times
    const paid = atPrice(amount) - atPrice(connectionFee)
    const inAll =
      convert === undefined || unit === 0n
        ? null
        : wholeUnits(convert, meterScale, paid * per, atPrice(terms.unitAmount))
    most = { amount: whole(amount), fee: whole(connectionFee), unit, afterwards, cutsUnits, inAll }
  }
  const free = toQuantity(freePerSession ?? '0')
  return {
    increments:
      increments === undefined ? null : { first: toQuantity(increments.first), next: toQuantity(increments.next) },
    free,
    isFreeByItself: free > 0n || (most?.afterwards === 'free' && unitsLeft(most, NOTHING_YET) === 0n),
    most,
  }
}

/** The quantity of the meter that so much money pays for at the price of a converted unit, in whole units as the price rounds them. */
function wholeUnits(convert: Conversion, meterScale: number, money: bigint, price: bigint): bigint {
  const { times, over } = ratioOf(convert)
  const digits = powerOfTen(convert.scale)
  const units = divideRounded(money * digits, price, 'floor')
  return divideRounded(units * over * powerOfTen(meterScale), times * digits, 'floor')
}

/**
 * What a record, or a session that has used something before, is billed for when it uses so much: rounded up to
 * increments, less what is free of it, until the maximum cost, after which it is free. An increment is billed where it begins.
 * Of 26 units at 2.16 and at most 17.00, 8 are billed: 7 for 15.12, and the last one for the 1.88 that are left (`cutOf`).
 */
export function billedOf(rules: SessionRules | null, used: bigint, before: SessionSoFar = NOTHING_YET): bigint {
  if (used <= 0n || (rules === null && before === NOTHING_YET)) return used
  if (rules === null) return begunWith(rules, used, before) - before.begun
  const billed = lessFree(rules, begunWith(rules, used, before)) - lessFree(rules, before.begun)
  // Where it disconnects, the maximum cost bounds what is granted: usage that happened all the same is charged in full.
  const { most } = rules
  const left = most?.afterwards === 'free' ? unitsLeft(most, before) : null
  return left !== null && billed > left ? left : billed
}

/**
 * What the last unit that is billed costs less than the others, since the maximum cost is reached within it; at the scale of
 * `SessionSoFar.spent`. Of 8 units at 2.16 that cost 17.00 it is 0.28.
 */
export function cutOf(rules: SessionRules | null, billed: bigint, before: SessionSoFar = NOTHING_YET): bigint {
  const most = rules?.most ?? null
  if (most === null || !most.cutsUnits || billed <= 0n) return 0n
  const beyond = before.spent + (before.isRated ? 0n : most.fee) + billed * most.unit - most.amount
  return beyond > 0n ? beyond : 0n
}

/** The session after it has used so much more. @param isRated whether its fee is charged by now. */
export function sessionAfter(
  rules: SessionRules | null,
  before: SessionSoFar,
  used: bigint,
  billed: bigint,
  isRated: boolean,
): SessionSoFar {
  const begun = begunWith(rules, used, before)
  const most = rules?.most ?? null
  const fee = isRated && !before.isRated ? (most?.fee ?? 0n) : 0n
  const spent = before.spent + billed * (most?.unit ?? 0n) + fee - cutOf(rules, billed, before)
  return { used: before.used + used, begun, spent, isRated }
}

/** What is covered by increments when so much more is used: the first one begins with the session. */
function begunWith(rules: SessionRules | null, used: bigint, before: SessionSoFar): bigint {
  const reached = before.used + used
  if (reached <= before.begun) return before.begun
  const increments = rules?.increments ?? null
  if (increments === null) return reached
  const { first, next } = increments
  const from = before.begun === 0n ? first : before.begun
  return reached <= from ? from : from + divideRounded(reached - from, next, 'ceiling') * next
}

function lessFree({ free }: SessionRules, quantity: bigint): bigint {
  return quantity > free ? quantity - free : 0n
}

/** What the maximum cost still pays for, its last unit in part where it cuts units; null where a unit costs nothing. */
function unitsLeft(most: MaximumCost, { spent, isRated }: SessionSoFar): bigint | null {
  if (most.unit === 0n) return null
  const left =
    most.inAll === null
      ? divideRounded(most.amount - spent - (isRated ? 0n : most.fee), most.unit, most.cutsUnits ? 'ceiling' : 'floor')
      : most.inAll - divideRounded(spent - (isRated ? most.fee : 0n), most.unit, 'ceiling')
  return left > 0n ? left : 0n
}

/** The most that a session may use in all, where its maximum cost ends it; null where nothing does. */
export function mostUsed(rules: SessionRules, before: SessionSoFar = NOTHING_YET): bigint | null {
  const left = rules.most?.afterwards === 'disconnect' ? unitsLeft(rules.most, before) : null
  if (left === null) return null
  const { increments, free } = rules
  const whole = (before.begun > free ? before.begun : free) + left
  if (increments === null) return whole
  const { first, next } = increments
  const from = before.begun === 0n ? first : before.begun
  return whole < from ? 0n : from + ((whole - from) / next) * next
}
