import type { LineAmounts } from '../tax/arithmetic/credit-notes.ts'
import { sumOf, type TaxTotal } from '../tax/arithmetic/document-taxes.ts'
import { totalsOf } from '../tax/arithmetic/inclusive-prices.ts'
import type { TaxDecision } from '../tax/decide-tax.ts'

/** A line of a document with its tax, or a part of one that is taxed in another way than the rest. Amounts are in minor units. */
export interface LineTax extends LineAmounts {
  readonly decision: TaxDecision
  /** Of a part of a line: its first and last day. */
  readonly days: { readonly from: string; readonly until: string } | null
  /** It takes back what a document before billed: its amounts follow from those, and no rate of today is asked. */
  readonly isCredit: boolean
  /** Of a credit on request: which part of the line that it credits. */
  readonly ofPart?: number | undefined
}

/** A line's amount without tax: the amount itself where nobody was asked for tax. */
export function netOf({ amountMinor, tax }: TaxedAmount): bigint {
  return tax === undefined ? amountMinor : sumOf(tax.map(({ netMinor }) => netMinor))
}

export function taxOf({ tax = [] }: Pick<TaxedAmount, 'tax'>): bigint {
  return sumOf(tax.flatMap(({ taxMinor }) => taxMinor))
}

interface TaxedAmount {
  readonly amountMinor: bigint
  readonly tax?: readonly LineTax[] | undefined
}

/** What lines have of each tax together, in the order in which taxes are computed; nothing where nobody was asked. */
export function taxTotals(lines: readonly Pick<TaxedAmount, 'tax'>[]): TaxTotal[] {
  const parts = lines.flatMap(({ tax = [] }) => tax)
  return totalsOf(
    parts.map(({ decision: { taxes } }) => ({ taxes })),
    parts.map(({ netMinor }) => netMinor),
    parts.map(({ taxMinor }) => taxMinor),
  )
}
