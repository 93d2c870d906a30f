import { currencyOf } from '../../core/base/currency.ts'
import { type Decimal, decimal, toScale } from '../../core/base/decimal.ts'
import { spreadAllowance } from '../../core/tax/arithmetic/allowances.ts'
import { documentTaxes, sumOf, type TaxTotal } from '../../core/tax/arithmetic/document-taxes.ts'
import { taxesWithin } from '../../core/tax/arithmetic/inclusive-prices.ts'
import { splitByTaxPoint } from '../../core/tax/arithmetic/tax-point.ts'
import { withheldOf } from '../../core/tax/arithmetic/withholding.ts'
import { decideTax, type TaxDecision, type Undecided } from '../../core/tax/decide-tax.ts'
import { rateTable } from '../../core/tax/rates/rate-table.ts'
import { SHIPPED_RATES } from '../../core/tax/rates/shipped-rates.ts'
import type { Supply } from '../../core/tax/supply.ts'
import type { TaxCase } from './read-case.ts'

export interface DecidedLine {
  readonly text: string
  /** Of a part, where the line was split: its first and last day. */
  readonly days: { readonly from: string; readonly until: string } | null
  readonly netMinor: bigint
  readonly taxMinor: readonly bigint[]
  readonly decision: TaxDecision
}

export interface DecidedCase {
  readonly currency: string
  readonly lines: readonly DecidedLine[]
  readonly totals: readonly TaxTotal[]
  readonly withheldMinor: bigint | null
  /** Lines that no rule decided, with a sentence about what is missing. Nothing is computed then. */
  readonly undecided: readonly { readonly text: string; readonly sentence: string }[]
}

interface Part {
  readonly text: string
  readonly days: DecidedLine['days']
  readonly amountMinor: bigint
  readonly quantity: Decimal | undefined
  readonly decision: TaxDecision | Undecided
}

/** All that there is to know of a case: parts of lines with their decisions, taxes, totals. */
export function decideCase(given: TaxCase): DecidedCase {
  const { minorDigits } = currencyOf(given.currency)
  const parts = partsOf(given, minorDigits)
  const undecided = parts.flatMap(({ text, decision }) =>
    'undecided' in decision ? [{ text, sentence: decision.undecided }] : [],
  )
  if (undecided.length > 0)
    return { currency: given.currency, lines: [], totals: [], withheldMinor: null, undecided: unique(undecided) }
  const decided = parts.map((part) => ({ ...part, decision: part.decision as TaxDecision }))
  const { netMinor, byLine, totals } = computed(decided, given, minorDigits)
  const lines = decided.map(({ text, days, decision }, at) => ({
    ...{ text, days, decision },
    netMinor: netMinor[at] as bigint,
    taxMinor: byLine[at] as readonly bigint[],
  }))
  const sums = { netMinor: sumOf(netMinor), taxMinor: sumOf(byLine.flat()) }
  const withheldMinor = given.withholding === undefined ? null : withheldOf(sums, given.withholding)
  return { currency: given.currency, lines, totals, withheldMinor, undecided: [] }
}

function unique<T extends { text: string; sentence: string }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [`${one.text} ${one.sentence}`, one])).values()]
}

function partsOf(given: TaxCase, minorDigits: number): Part[] {
  const rates = rateTable(SHIPPED_RATES, given.rates)
  const amounts = given.lines.map(({ amount }) => toScale(decimal(amount), minorDigits))
  const off = spreadAllowance(toScale(decimal(given.allowance ?? '0'), minorDigits), amounts)
  return given.lines.flatMap((line, at): Part[] => {
    const amountMinor = (amounts[at] as bigint) - (off[at] as bigint)
    const decisionOn = (day: string): TaxDecision | Undecided =>
      decideTax(supplyOf(given, line.class, day), rates, given.language)
    const quantity = line.quantity === undefined ? undefined : decimal(line.quantity)
    if (line.usage === undefined)
      return [{ text: line.text, days: null, amountMinor, quantity, decision: decisionOn(line.date ?? given.date) }]
    const { usage, scale } = usageOf(line.usage)
    return splitByTaxPoint(amountMinor, usage, decisionOn, isSameTax).map((part) => ({
      ...{ text: line.text, days: { from: part.from, until: part.until }, amountMinor: part.netMinor },
      ...{ quantity: { coefficient: part.quantity, scale }, decision: part.tax },
    }))
  })
}

function usageOf(usage: Readonly<Record<string, string>>) {
  const days = Object.entries(usage).sort(([a], [b]) => (a < b ? -1 : 1))
  const scale = days.reduce((most, [, used]) => Math.max(most, decimal(used).scale), 0)
  return { scale, usage: days.map(([day, used]) => ({ day, quantity: toScale(decimal(used), scale) })) }
}

function isSameTax(a: TaxDecision | Undecided, b: TaxDecision | Undecided): boolean {
  const told = (one: TaxDecision | Undecided): string =>
    'undecided' in one ? one.undecided : JSON.stringify([one.rule, one.taxes])
  return told(a) === told(b)
}

function supplyOf({ seller, buyer, deliveredTo, currency }: TaxCase, taxClass: string, suppliedOn: string): Supply {
  const { country, region, county, city, standing, registrations, oneStopShop, belowThreshold } = seller
  return {
    seller: { place: { country, region, county, city }, standing, registrations, oneStopShop, belowThreshold },
    buyer: {
      ...{ kind: buyer.kind, taxIds: buyer.taxIds, certificates: buyer.certificates, evidence: buyer.evidence },
      place: { country: buyer.country, region: buyer.region, county: buyer.county, city: buyer.city },
    },
    ...{ taxClass, suppliedOn, currency, deliveredTo },
  }
}

function computed(
  parts: readonly { amountMinor: bigint; quantity: Decimal | undefined; decision: TaxDecision }[],
  { pricesIncludeTax, rounding }: TaxCase,
  minorDigits: number,
) {
  if (pricesIncludeTax)
    return taxesWithin(
      parts.map(({ amountMinor, quantity, decision }) => ({
        grossMinor: amountMinor,
        quantity,
        taxes: decision.taxes,
      })),
      minorDigits,
    )
  const lines = parts.map(({ amountMinor, quantity, decision }) => ({
    ...{ netMinor: amountMinor, quantity },
    taxes: decision.taxes,
  }))
  return { netMinor: lines.map((line) => line.netMinor), ...documentTaxes(lines, { minorDigits, per: rounding }) }
}
