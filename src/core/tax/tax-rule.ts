import type { TaxRate } from './tax-rate.ts'

/** Categories of EN 16931 (UNCL 5305): how a supply is taxed, whatever the rate. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M'

/** Where and since when a seller is registered for tax. `until` is the first day without it. */
interface TaxRegistration {
  readonly country: string
  readonly from: string
  readonly until: string | null
}

/** A supply as rules look at it. Countries are ISO 3166-1 alpha-2, days are ISO 8601. */
export interface Supply {
  readonly registrations: readonly TaxRegistration[]
  readonly buyer: { readonly country: string; readonly kind: 'business' | 'consumer' | 'public_body' }
  /** The class of what is sold, such as `standard`: countries have a rate for each. */
  readonly taxClass: string
  /** The tax point: the rate of this day holds. */
  readonly suppliedOn: string
}

/** How a supply is taxed, and why. */
export interface TaxDecision {
  /** The code of the rule that decided. */
  readonly rule: string
  readonly country: string
  readonly category: TaxCategory
  /** A plain decimal such as `25.5`. */
  readonly percent: string
  /** For whoever asks "why this tax". */
  readonly reason: string
}

/** One way in which supplies are taxed. A rule is a file in `rules/` and a line in `TAX_RULES`. */
export interface TaxRule {
  readonly code: string
  /** @returns null where the rule is not about such a supply, or the rates do not say: nothing is guessed. */
  readonly decide: (supply: Supply, rates: readonly TaxRate[]) => TaxDecision | null
}

export function isRegistered({ registrations, suppliedOn }: Supply, country: string): boolean {
  return registrations.some(
    (one) => one.country === country && one.from <= suppliedOn && (one.until === null || suppliedOn < one.until),
  )
}
