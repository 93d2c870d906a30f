import { currencyOf } from '../../core/base/currency.ts'
import { decimal, toScale } from '../../core/base/decimal.ts'
import { sumOf } from '../../core/tax/arithmetic/document-taxes.ts'
import { withheldOf } from '../../core/tax/arithmetic/withholding.ts'
import { rateTable } from '../../core/tax/rates/rate-table.ts'
import { SHIPPED_RATES } from '../../core/tax/rates/shipped-rates.ts'
import { type DocumentTerms, type SuppliedLine, type TaxedDocument, taxDocument } from '../../core/tax/tax-document.ts'
import type { TaxCase } from './read-case.ts'

export interface DecidedCase extends TaxedDocument {
  readonly currency: string
  /** Of the lines. */
  readonly texts: readonly string[]
  readonly withheldMinor: bigint | null
  /** Lines that no rule decided, with a sentence about what is missing. Nothing is computed then. */
  readonly undecided: readonly { readonly text: string; readonly sentence: string }[]
}

/** All that there is to know of a case: parts of lines with their decisions, taxes, totals. */
export function decideCase(given: TaxCase): DecidedCase {
  const { currency, withholding } = given
  const texts = given.lines.map(({ text }) => text)
  const answer = taxDocument(linesOf(given), termsOf(given), rateTable(SHIPPED_RATES, given.rates))
  if ('undecided' in answer) {
    const undecided = answer.undecided.map(({ line, sentence }) => ({ text: texts[line] as string, sentence }))
    return { currency, texts, parts: [], totals: [], withheldMinor: null, undecided }
  }
  const sums = {
    netMinor: sumOf(answer.parts.map(({ netMinor }) => netMinor)),
    taxMinor: sumOf(answer.parts.flatMap(({ taxMinor }) => taxMinor)),
  }
  const withheldMinor = withholding === undefined ? null : withheldOf(sums, withholding)
  return { currency, texts, ...answer, withheldMinor, undecided: [] }
}

function linesOf({ lines, currency, date }: TaxCase): SuppliedLine[] {
  const { minorDigits } = currencyOf(currency)
  return lines.map((line) => ({
    taxClass: line.class,
    amountMinor: toScale(decimal(line.amount), minorDigits),
    quantity: line.quantity === undefined ? undefined : decimal(line.quantity),
    suppliedOn: line.date ?? date,
    usage: line.usage === undefined ? undefined : usageOf(line.usage),
  }))
}

function usageOf(usage: Readonly<Record<string, string>>): NonNullable<SuppliedLine['usage']> {
  const days = Object.entries(usage).sort(([a], [b]) => (a < b ? -1 : 1))
  const scale = days.reduce((most, [, used]) => Math.max(most, decimal(used).scale), 0)
  return { scale, days: days.map(([day, used]) => ({ day, quantity: toScale(decimal(used), scale) })) }
}

function termsOf(given: TaxCase): DocumentTerms {
  const { seller, buyer, deliveredTo, currency, language, pricesIncludeTax, rounding, allowance } = given
  const { country, region, county, city, ...rest } = seller
  const { minorDigits } = currencyOf(currency)
  return {
    seller: { ...rest, place: { country, region, county, city } },
    buyer: {
      ...{ kind: buyer.kind, taxIds: buyer.taxIds, certificates: buyer.certificates, evidence: buyer.evidence },
      place: { country: buyer.country, region: buyer.region, county: buyer.county, city: buyer.city },
    },
    ...{ currency, deliveredTo, language, pricesIncludeTax },
    rounding: { minorDigits, per: rounding },
    allowanceMinor: toScale(decimal(allowance ?? '0'), minorDigits),
  }
}
