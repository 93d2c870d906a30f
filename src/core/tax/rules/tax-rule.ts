import type { TaxCategory } from '../tax.ts'
import type { SupplyNature } from '../tax-classes.ts'
import type { LegalTextId } from './legal-texts.ts'

/** How the place of supply lies to the seller. The Union is the tax area of the European Union; areas are those of `tax-areas.ts`. */
export type Route = 'domestic' | 'within_union' | 'into_union' | 'out_of_union' | 'abroad'

/** When a rule is about a supply: all that is said must be so. What is not said does not matter. */
export interface RuleConditions {
  readonly natures?: readonly SupplyNature[]
  /** A business, or a public body with a tax id, is taxable; who crosses a border of the Union needs a tax id for it. */
  readonly isBuyerTaxable?: boolean
  readonly routes?: readonly Route[]
  /** The country of the place of supply. */
  readonly placeCountry?: string
  readonly sellerCountry?: string
  readonly standing?: 'small_business' | 'not_registered'
  /** The seller has a registration where the supply is, on its day. */
  readonly isRegisteredThere?: boolean
  /** The seller is at home, or has a fixed establishment, where the supply is. */
  readonly isEstablishedThere?: boolean
  readonly hasOneStopShop?: 'union' | 'non_union'
  readonly isBelowThreshold?: boolean
  /** The buyer has a certificate that holds there on that day. */
  readonly hasCertificate?: boolean
  /** The table of domestic reverse charge has the class. */
  readonly isReversedAtHome?: boolean
}

/** One way in which supplies are taxed, as data. */
export interface TaxRule {
  readonly id: string
  readonly when: RuleConditions
  /** `rates`: S, or Z where the rate is nought, or what the kind of tax has. */
  readonly category: TaxCategory | 'rates'
  /** Whose rates are taken: of the place of supply, or of the seller's home. Null: no tax is due. */
  readonly taxedAt: 'place' | 'seller' | null
  /** Answers "why this tax", with {seller}, {place}, {day}, {class}, {because}, {taxId}, {registration}, {certificate} and {law} filled in. */
  readonly why: string
  /** What the document must say. Null where it need not say anything. */
  readonly legal: LegalTextId | null
}
