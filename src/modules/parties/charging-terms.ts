import { currencyOf } from '../../core/base/currency.ts'
import { decimal, toScale } from '../../core/base/decimal.ts'
import { toRatingScale } from '../../core/base/money.ts'
import { UNIT_SCALE } from '../../core/base/quantity.ts'
import type { Threshold, UnitGrant } from '../../core/charging/thresholds.ts'
import type { ChargingTerms } from '../../engine/index.ts'

/** A threshold as callers write it. */
interface ThresholdDraft {
  readonly code: string
  readonly kind: Threshold['kind']
  readonly amount?: string | undefined
  readonly unit?: string | undefined
  readonly percent?: number | undefined
  readonly action: Threshold['action']
  readonly kbps?: number | undefined
  readonly grant?:
    | { readonly unit: string; readonly amount: string; readonly validDays?: number | undefined }
    | undefined
}

/** The charging terms in an account's row. */
export interface StoredTerms {
  readonly creditLimitMinor: string | null
  readonly sponsorAccountId: string | null
  readonly sponsorCaps: Readonly<Record<string, string>>
  readonly thresholds: readonly ThresholdDraft[]
}

/** The terms as the engine keeps them; null where nothing limits or watches the account. */
export function chargingTerms(currency: string, stored: StoredTerms): ChargingTerms | null {
  const { creditLimitMinor, sponsorAccountId, sponsorCaps, thresholds } = stored
  if (creditLimitMinor === null && sponsorAccountId === null && thresholds.length === 0) return null
  const { ratingScale } = currencyOf(currency)
  const toRating = (text: string): bigint => toScale(decimal(text), ratingScale)
  const caps = Object.entries(sponsorCaps).map(
    ([unit, cap]) => [unit, unit === '' ? toRating(cap) : toScale(decimal(cap), UNIT_SCALE)] as const,
  )
  return {
    creditLimit: creditLimitMinor === null ? null : toRatingScale(BigInt(creditLimitMinor), currency),
    sponsor: sponsorAccountId === null ? null : { accountId: sponsorAccountId, caps: new Map(caps) },
    thresholds: thresholds.map(
      ({ code, kind, amount = '0', unit = null, percent = 0, action, kbps = null, grant }) => ({
        code,
        kind,
        amount: kind === 'high_balance' && unit !== null ? toScale(decimal(amount), UNIT_SCALE) : toRating(amount),
        unit,
        percent,
        action,
        kbps,
        grant: grant === undefined ? null : unitGrant(grant),
      }),
    ),
  }
}

const MS_PER_DAY = 86_400_000

function unitGrant({ unit, amount, validDays }: NonNullable<ThresholdDraft['grant']>): UnitGrant {
  const validMs = validDays === undefined ? null : validDays * MS_PER_DAY
  return { unit, amount: toScale(decimal(amount), UNIT_SCALE), validMs }
}
