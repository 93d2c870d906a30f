import type { Decimal } from '../base/decimal.ts'
import { spreadAllowance } from './arithmetic/allowances.ts'
import { documentTaxes, type TaxRounding, type TaxTotal } from './arithmetic/document-taxes.ts'
import { taxesWithin } from './arithmetic/inclusive-prices.ts'
import { type DayUsage, splitByTaxPoint } from './arithmetic/tax-point.ts'
import { decideTax, type TaxDecision, type Undecided } from './decide-tax.ts'
import { type AskedOutside, decideOutside, type OutsideTax, type TaxQuestion } from './outside-engine.ts'
import type { RateTable } from './rates/rate-table.ts'
import { placeText, type Supply, type TaxPlace } from './supply.ts'
import { noTax } from './tax.ts'

/** A line that is to be taxed, as it comes from what was charged. */
export interface SuppliedLine {
  readonly taxClass: string
  /** In minor units; with the tax in it where prices include tax. */
  readonly amountMinor: bigint
  /** Units that a levy is on. Of a line with usage by day that is the usage of each part when absent, and else of the last part. */
  readonly quantity?: Decimal | undefined
  /** The tax point: the end of the period, or the day of a charge. */
  readonly suppliedOn: string
  /** What was used on which day: the line is split where its tax changes within them. */
  readonly usage?: { readonly scale: number; readonly days: readonly DayUsage[] } | undefined
  /** How it is taxed, where that was decided before: it is more of what a document billed already. */
  readonly decided?: TaxDecision | undefined
}

/** What all lines of a document have in common. */
export interface DocumentTerms extends Omit<Supply, 'taxClass' | 'suppliedOn'> {
  readonly language: string
  readonly pricesIncludeTax: boolean
  readonly rounding: TaxRounding
  /** Taken off the lines together, before tax. */
  readonly allowanceMinor: bigint
  /** Where an engine of tax outside is asked; own rules decide where it is not. */
  readonly outside?: OutsideTax | undefined
  /** The first day on which the seller is registered anywhere: what it supplied before is not asked about, and has no tax. */
  readonly taxedFrom?: string | undefined
}

/** A line, or a part of one that is taxed in another way than the rest. */
export interface TaxedPart {
  /** Which of the lines. */
  readonly line: number
  /** Of a line with usage: the first and last day of the part. */
  readonly days: { readonly from: string; readonly until: string } | null
  readonly netMinor: bigint
  readonly taxMinor: readonly bigint[]
  readonly decision: TaxDecision
}

export interface TaxedDocument {
  readonly parts: readonly TaxedPart[]
  readonly totals: readonly TaxTotal[]
}

/** Lines that are not decided, each with what must be known first. Nothing is computed then: the document waits. */
export interface UndecidedDocument {
  readonly undecided: readonly { readonly line: number; readonly sentence: string; readonly asks: TaxQuestion | null }[]
}

type Answer = TaxDecision | Undecided | AskedOutside

/** Of what was billed when nobody asked for tax: before the seller's first registration. */
export function untaxed(place: TaxPlace): TaxDecision {
  const why = 'the seller was not registered for tax when it was supplied'
  return { rule: 'not_asked', category: 'O', place, why, legal: null, taxes: [noTax('O', placeText(place))] }
}

/**
 * The tax of a document, in this order: allowance, split by tax point, decision, amounts. What a credit note takes back is not asked here
 * but follows from its invoice (`arithmetic/credit-notes.ts`).
 */
export function taxDocument(
  lines: readonly SuppliedLine[],
  terms: DocumentTerms,
  rates: RateTable,
): TaxedDocument | UndecidedDocument {
  const parts = partsOf(lines, terms, decider(terms, rates))
  const undecided = parts.flatMap(({ line, answer }) =>
    'undecided' in answer ? [{ line, sentence: answer.undecided, asks: 'asks' in answer ? answer.asks : null }] : [],
  )
  if (undecided.length > 0) return { undecided }
  const decided = parts.map((part) => ({ ...part, decision: part.answer as TaxDecision }))
  const { netMinor, byLine, totals } = amountsOf(decided, terms)
  return {
    totals,
    parts: decided.map(({ line, days, decision }, at) => ({
      ...{ line, days, decision },
      netMinor: netMinor[at] as bigint,
      taxMinor: byLine[at] as readonly bigint[],
    })),
  }
}

/** Decides once for each class and day: the lines of a document are mostly alike. */
function decider(
  { seller, buyer, currency, deliveredTo, language, taxedFrom, outside }: DocumentTerms,
  rates: RateTable,
): (taxClass: string, day: string) => Answer {
  const known = new Map<string, Answer>()
  return (taxClass, suppliedOn) => {
    if (taxedFrom !== undefined && suppliedOn < taxedFrom) return untaxed(seller.place)
    const key = `${suppliedOn} ${taxClass}`
    const found = known.get(key)
    if (found !== undefined) return found
    const supply = { seller, buyer, currency, deliveredTo, taxClass, suppliedOn }
    const said = outside === undefined ? null : decideOutside(outside, supply)
    const answer = said ?? decideTax(supply, rates, language)
    known.set(key, answer)
    return answer
  }
}

interface Part {
  readonly line: number
  readonly days: TaxedPart['days']
  readonly amountMinor: bigint
  readonly quantity: Decimal | undefined
  readonly answer: Answer
}

function partsOf(
  lines: readonly SuppliedLine[],
  { allowanceMinor }: DocumentTerms,
  decide: (taxClass: string, day: string) => Answer,
): Part[] {
  const amounts = lines.map(({ amountMinor }) => amountMinor)
  const off = allowanceMinor === 0n ? amounts.map(() => 0n) : spreadAllowance(allowanceMinor, amounts)
  return lines.flatMap(({ taxClass, suppliedOn, usage, quantity, decided }, line): Part[] => {
    const amountMinor = (amounts[line] as bigint) - (off[line] as bigint)
    if (decided !== undefined) return [{ line, days: null, amountMinor, quantity, answer: decided }]
    if (usage === undefined || usage.days.length === 0)
      return [{ line, days: null, amountMinor, quantity, answer: decide(taxClass, suppliedOn) }]
    const split = splitByTaxPoint(amountMinor, usage.days, (day) => decide(taxClass, day), isSameTax)
    // Nothing changes within its days: it is a line like others.
    if (quantity !== undefined && split.length === 1)
      return [{ line, days: null, amountMinor, quantity, answer: decide(taxClass, suppliedOn) }]
    return split.map((part, at) => ({
      ...{ line, days: { from: part.from, until: part.until }, amountMinor: part.netMinor, answer: part.tax },
      quantity: quantity === undefined ? { coefficient: part.quantity, scale: usage.scale } : ofPart(at, quantity),
    }))

    function ofPart(at: number, whole: Decimal): Decimal {
      return at === split.length - 1 ? whole : { coefficient: 0n, scale: 0 }
    }
  })
}

function isSameTax(a: Answer, b: Answer): boolean {
  if ('undecided' in a || 'undecided' in b) return 'undecided' in a && 'undecided' in b
  return a === b || (a.rule === b.rule && JSON.stringify(a.taxes) === JSON.stringify(b.taxes))
}

function amountsOf(
  parts: readonly { amountMinor: bigint; quantity: Decimal | undefined; decision: TaxDecision }[],
  { pricesIncludeTax, rounding }: DocumentTerms,
) {
  const taxed = parts.map(({ amountMinor, quantity, decision }) => ({ amountMinor, quantity, taxes: decision.taxes }))
  if (pricesIncludeTax)
    return taxesWithin(
      taxed.map(({ amountMinor, ...rest }) => ({ ...rest, grossMinor: amountMinor })),
      rounding,
    )
  const netMinor = taxed.map(({ amountMinor }) => amountMinor)
  const { byLine, totals } = documentTaxes(
    taxed.map(({ amountMinor, ...rest }) => ({ ...rest, netMinor: amountMinor })),
    rounding,
  )
  return { netMinor, byLine, totals }
}
