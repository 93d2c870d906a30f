import { currencyOf } from '../../core/base/currency.ts'
import { decimal, fitsScale, formatScaled, MOST_AT_ONCE, toScale } from '../../core/base/decimal.ts'
import { toRatingScale } from '../../core/base/money.ts'
import { UNIT_SCALE } from '../../core/base/quantity.ts'
import { powerOfTen } from '../../core/base/rounding.ts'
import type { LotScope, LotSource } from '../../core/charging/balances.ts'
import type { LotDraft } from '../../core/charging/operations.ts'
import { Refusal } from '../../platform/problems.ts'

/** What a lot is to be, as callers write it. */
export interface LotTerms {
  readonly priority?: number | undefined
  /** An instant; null never. */
  readonly expiresAt?: string | null | undefined
  /** Hours after it in which money still pays for usage and fees of before. */
  readonly graceHours?: number | undefined
  readonly scope?: LotScope | null | undefined
  readonly shared?: boolean | undefined
}

/** Bonuses go before paid money, so that what is the customer's own is kept longest. */
const PRIORITIES: Readonly<Record<LotSource, number>> = { bonus: 40, plan: 50, paid: 60, promise: 90 }

/** An amount at the rating scale as text, without needless zeros after the minor units. */
export function formatRating(amount: bigint, currency: string): string {
  const { minorDigits, ratingScale } = currencyOf(currency)
  const text = formatScaled(amount, ratingScale)
  const whole = text.length - (ratingScale - minorDigits) - (minorDigits === 0 ? 1 : 0)
  return /^0*$/.test(text.slice(whole).replace('.', '')) ? text.slice(0, whole) : text.replace(/0+$/, '')
}

/** A lot of money, or, with a unit, of units. @param amount in minor units of money, or at UNIT_SCALE. */
export function lotDraft(
  source: LotSource,
  content: { currency: string; unit: string | null; amount: bigint },
  terms: LotTerms,
  origin: string,
  nowMs: number,
): LotDraft {
  const { unit, amount, currency } = content
  const { expiresAt = null } = terms
  const scale = unit === null ? currencyOf(currency).minorDigits : UNIT_SCALE
  if (amount > MOST_AT_ONCE * powerOfTen(scale))
    throw new Refusal('unprocessable', `amount: at most ${MOST_AT_ONCE} (10^15)`)
  const untilMs = expiresAt === null ? null : Date.parse(expiresAt)
  if (untilMs !== null && untilMs <= nowMs) throw new Refusal('unprocessable', 'expiresAt is past')
  return {
    unit,
    source,
    amount: unit === null ? toRatingScale(amount, currency) : amount,
    priority: terms.priority ?? PRIORITIES[source],
    // Usage may arrive a little after it happened; units are valid at the time of use.
    fromMs: nowMs,
    untilMs,
    ...graceOf(terms, unit),
    scope: terms.scope ?? null,
    isShared: terms.shared ?? false,
    origin,
  }
}

const MS_PER_HOUR = 3_600_000

function graceOf({ expiresAt = null, graceHours = 0 }: LotTerms, unit: string | null): { graceMs?: number } {
  if (graceHours === 0) return {}
  if (expiresAt === null) throw new Refusal('unprocessable', 'graceHours: only what expires has a grace')
  if (unit !== null) throw new Refusal('unprocessable', 'graceHours: units pay for usage of their time anyway')
  return { graceMs: graceHours * MS_PER_HOUR }
}

export function unitsOf(text: string): bigint {
  const value = decimal(text)
  if (!fitsScale(value, UNIT_SCALE)) throw new Refusal('unprocessable', `units: at most ${UNIT_SCALE} digits`)
  return toScale(value, UNIT_SCALE)
}
