import { decimal, toScale } from '../base/decimal.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import type { PriceScales } from './price-model.ts'

/** How what a record, or a session as a whole, used becomes what it is billed for. Quantities at the meter's scale. */
export interface SessionRules {
  readonly increments: { readonly first: bigint; readonly next: bigint } | null
  readonly free: bigint
  /** What its maximum cost pays for. */
  readonly most: { readonly billed: bigint; readonly afterwards: 'free' | 'disconnect' } | null
}

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
    const forUnits = (atPrice(maximumCost.amount) - atPrice(connectionFee)) * per * powerOfTen(meterScale)
    most = { billed: divideRounded(forUnits, atPrice(terms.unitAmount), 'floor'), afterwards: maximumCost.afterwards }
  }
  return {
    increments:
      increments === undefined ? null : { first: toQuantity(increments.first), next: toQuantity(increments.next) },
    free: toQuantity(freePerSession ?? '0'),
    most,
  }
}

/** What a record or session that used so much is billed for: rounded up to increments, less what is free of it. */
export function billedOf(rules: SessionRules | null, used: bigint): bigint {
  if (rules === null || used <= 0n) return used
  const { increments, free, most } = rules
  let billed = used
  if (increments !== null) {
    const { first, next } = increments
    billed = used <= first ? first : first + divideRounded(used - first, next, 'ceiling') * next
  }
  billed = billed > free ? billed - free : 0n
  return most !== null && billed > most.billed ? most.billed : billed
}

/** The most that a session may use, where its maximum cost ends it; null where nothing does. */
export function mostUsed({ increments, free, most }: SessionRules): bigint | null {
  if (most?.afterwards !== 'disconnect') return null
  const whole = most.billed + free
  if (increments === null) return whole
  const { first, next } = increments
  return whole < first ? 0n : first + ((whole - first) / next) * next
}
