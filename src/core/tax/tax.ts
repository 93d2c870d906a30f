/** Categories of EN 16931 (UNCL 5305): how a supply is taxed, whatever the rate. L and M are of the Canary Islands, and of Ceuta and Melilla. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'L' | 'M'

/** One tax on a line. Several may be on it: parallel ones on the net, compound ones on the net and what came before. */
export interface Tax {
  /** A kind of `tax-kinds.ts`. */
  readonly kind: string
  /** As documents say it: `VAT`, `HST`. */
  readonly name: string
  readonly category: TaxCategory
  /** Where it is due, as `placeText` writes it. */
  readonly place: string
  /** Taxes of a line are computed in this order. */
  readonly order: number
  readonly base: 'net' | 'net_and_earlier'
  /** A plain decimal such as `25.5`; `0` where no tax is due. Null for an amount per unit. */
  readonly percent: string | null
  /** An amount of the document's currency for each unit, such as a levy on each SIM card. */
  readonly perUnit: string | null
}

/** No tax, with the category that says why. */
export function noTax(category: TaxCategory, place: string): Tax {
  return { kind: 'vat', name: 'VAT', category, place, order: 100, base: 'net', percent: '0', perUnit: null }
}
