import { decimal, toScale } from '../base/decimal.ts'
import { divideRounded } from '../base/rounding.ts'

/** What comes along with top-ups. Amounts are decimals of the currency. */
export interface BonusRule {
  readonly code: string
  readonly currency: string
  /** A share of the top-up in per cent, or a fixed amount. */
  readonly kind: 'percent' | 'fixed'
  readonly value: string
  /** The account's first top-up only. */
  readonly firstOnly: boolean
  /** From this top-up on. */
  readonly fromAmount: string | null
  readonly validFrom: string | null
  readonly validUntil: string | null
  /** How long the bonus can be used; null for ever. */
  readonly validDays: number | null
  readonly priority: number
}

/** Per cent may have this many digits after the point. */
const PERCENT_DIGITS = 4

/** @returns the bonus in minor units, rounded down; 0 where the rule does not apply. */
export function bonusFor(
  rule: BonusRule,
  topUp: { amountMinor: bigint; currency: string; isFirst: boolean; nowMs: number },
  minorDigits: number,
): bigint {
  const { amountMinor, currency, isFirst, nowMs } = topUp
  const isDue =
    rule.currency === currency &&
    (!rule.firstOnly || isFirst) &&
    (rule.fromAmount === null || amountMinor >= toScale(decimal(rule.fromAmount), minorDigits)) &&
    (rule.validFrom === null || nowMs >= Date.parse(rule.validFrom)) &&
    (rule.validUntil === null || nowMs < Date.parse(rule.validUntil))
  if (!isDue) return 0n
  if (rule.kind === 'fixed') return toScale(decimal(rule.value), minorDigits, 'floor')
  const percent = toScale(decimal(rule.value), PERCENT_DIGITS, 'floor')
  return divideRounded(amountMinor * percent, 100n * 10n ** BigInt(PERCENT_DIGITS), 'floor')
}
