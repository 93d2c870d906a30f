import type { CatalogIssue } from '../../catalog/plan.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import { belowZero } from './below-zero.ts'
import { connectionFee } from './connection-fee.ts'
import { conversion } from './conversion.ts'
import { discount } from './discount.ts'
import { freeUnits } from './free-units.ts'
import { maximum } from './maximum.ts'
import type { AmountModifier, Modifier, QuantityModifier, RateToModify } from './modifier.ts'
import { perRecord } from './per-record.ts'
import { ofSessions } from './session-rules.ts'

/**
 * Everything that a rate may say besides its model, in the order in which it holds. What of a record or session is billed at all
 * is known before any of it (`session-rules.ts`); then the period's quantity is converted and rounded, and free units are taken off
 * it; the model prices the rest; fees of sessions, and rounding and bounds of records, are added; a discount is taken off; the
 * maximum of the period holds. A new one is one file and one line here.
 */
const MODIFIERS: readonly Modifier[] = [
  ofSessions,
  belowZero,
  conversion,
  freeUnits,
  connectionFee,
  perRecord,
  discount,
  maximum,
]

/** The steps of a rate around its model; those that it does not name are left out. */
export interface RateModifiers {
  /** From the meter's quantity of a period to what the model prices. */
  readonly ofQuantity: readonly QuantityModifier[]
  /** From the model's amount to what is recorded: bounds of records are held against it. */
  readonly ofRecords: readonly AmountModifier[]
  /** From what is recorded to what is charged. */
  readonly ofPeriod: readonly AmountModifier[]
}

export function modifiersOf(rate: RateToModify): RateModifiers {
  return {
    ofQuantity: MODIFIERS.flatMap(({ ofQuantity }) => ofQuantity?.(rate) ?? []),
    ofRecords: MODIFIERS.flatMap(({ ofRecords }) => ofRecords?.(rate) ?? []),
    ofPeriod: MODIFIERS.flatMap(({ ofPeriod }) => ofPeriod?.(rate) ?? []),
  }
}

/** Every money text of a rate besides those of its model. */
export function modifierAmounts(terms: RateTerms): string[] {
  return MODIFIERS.flatMap(({ amounts }) => amounts?.(terms) ?? []).filter((text) => text !== undefined)
}

export function checkModifiers(terms: RateTerms): CatalogIssue[] {
  return MODIFIERS.flatMap(({ check }) => check?.(terms) ?? [])
}
