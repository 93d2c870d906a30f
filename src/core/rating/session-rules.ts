import { decimal, toScale } from '../base/decimal.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import type { PriceScales } from './price-model.ts'

/** How what a record, or a session as a whole, used becomes what it is billed for. Quantities at the meter's scale. */
export interface SessionRules {
  readonly increments: { readonly first: bigint; readonly next: bigint } | null
  readonly free: bigint
  /** Its maximum cost less the connection fee, and the price of a unit, both at the scale of `SessionSoFar.spent`. */
  readonly most: { readonly budget: bigint; readonly unit: bigint; readonly afterwards: 'free' | 'disconnect' } | null
}

/** What a session has used until now under one price, in whatever bands. */
export interface SessionSoFar {
  /** At the meter's scale. */
  readonly used: bigint
  /** What was billed under rates with a maximum cost: at the price's scale and the meter's, times `per`. */
  readonly spent: bigint
}

export const NOTHING_YET: SessionSoFar = { used: 0n, spent: 0n }

/** Null where everything used is billed as it is. */
export function compileSessionRules(
  terms: RateTerms,
  meterScale: number,
  { priceScale, per }: PriceScales,
): SessionRules | null {
  const { increments, freePerSession, maximumCost, connectionFee = '0' } = terms
  if (increments === undefined && freePerSession === undefined && maximumCost === undefined) return null
  const toQuantity = (text: string): bigint => toScale(decimal(text), meterScale)
  let most: SessionRules['most'] = null
  if (maximumCost !== undefined && terms.model === 'per_unit') {
    const atPrice = (text: string): bigint => toScale(decimal(text), priceScale)
    const budget = (atPrice(maximumCost.amount) - atPrice(connectionFee)) * per * powerOfTen(meterScale)
    most = { budget, unit: atPrice(terms.unitAmount), afterwards: maximumCost.afterwards }
  }
  return {
    increments:
      increments === undefined ? null : { first: toQuantity(increments.first), next: toQuantity(increments.next) },
    free: toQuantity(freePerSession ?? '0'),
    most,
  }
}

/**
 * What a record, or a session that has used something before, is billed for when it uses so much: rounded up to
 * increments, less what is free of it, until its maximum cost. An increment is billed where it begins.
 */
export function billedOf(rules: SessionRules | null, used: bigint, before: SessionSoFar = NOTHING_YET): bigint {
  if (rules === null || used <= 0n) return used
  const billed = billableOf(rules, before.used + used) - (before.used === 0n ? 0n : billableOf(rules, before.used))
  const left = unitsLeft(rules, before)
  return left !== null && billed > left ? left : billed
}

/** What billing so much adds to what the session has spent. */
export function spentOn(rules: SessionRules | null, billed: bigint): bigint {
  return rules === null || rules.most === null ? 0n : billed * rules.most.unit
}

/** Rounded up to increments, less what is free of it. */
function billableOf({ increments, free }: SessionRules, used: bigint): bigint {
  let billed = used
  if (increments !== null) {
    const { first, next } = increments
    billed = used <= first ? first : first + divideRounded(used - first, next, 'ceiling') * next
  }
  return billed > free ? billed - free : 0n
}

/** What the maximum cost still pays for; null where there is none. */
function unitsLeft({ most }: SessionRules, { spent }: SessionSoFar): bigint | null {
  if (most === null) return null
  const left = divideRounded(most.budget - spent, most.unit, 'floor')
  return left > 0n ? left : 0n
}

/** The most that a session may use in all, where its maximum cost ends it; null where nothing does. */
export function mostUsed(rules: SessionRules, before: SessionSoFar = NOTHING_YET): bigint | null {
  const left = rules.most?.afterwards === 'disconnect' ? unitsLeft(rules, before) : null
  if (left === null) return null
  const { increments, free } = rules
  const whole = (before.used === 0n ? 0n : billableOf(rules, before.used)) + left + free
  if (increments === null) return whole
  const { first, next } = increments
  return whole < first ? 0n : first + ((whole - first) / next) * next
}
