import { currencyOf } from '../base/currency.ts'
import type { Decimal } from '../base/decimal.ts'
import type { Price } from '../catalog/plan.ts'
import { newQuantity } from '../invoicing/document-line.ts'
import { billableKey, type InvoiceLine, targetKey } from '../invoicing/invoice-lines.ts'
import { type CompiledPlans, compiledPriceOf } from '../rating/compiled-plans.ts'
import { type SuppliedLine, taxDocument } from '../tax/tax-document.ts'
import type { AccountFacts } from './account-facts.ts'
import { asUntaxed, type KeptTax, type SplitAmount, splitAmount } from './line-taxes.ts'

/** Lines with their taxes; those that nobody asked about have none. Or what must be known first. */
export type TaxedLines = { readonly lines: readonly InvoiceLine[] } | { readonly held: readonly string[] }

/**
 * Taxes the lines of a document. An amount against what was billed of the same before takes the tax that it was billed with; more of what
 * was billed with one tax has that tax; all else is decided by the day of supply, and computed and rounded on the document together.
 */
export function taxLines(facts: AccountFacts, lines: readonly InvoiceLine[]): TaxedLines {
  const { tax, billed, account } = facts
  const keptOf = (line: InvoiceLine): readonly KeptTax[] => billed.taxed.get(billableKey(line)) ?? []
  const terms = tax?.terms ?? null
  if (terms === null && !lines.some((line) => keptOf(line).some(({ decision }) => decision.rule !== 'not_asked')))
    return { lines }
  const of = tax?.pricesIncludeTax === true ? 'gross' : 'net'
  const splits = lines.map((line) => splitAmount(line.amountMinor, keptOf(line), of))
  const supplied = lines.flatMap((line, index) =>
    (splits[index]?.credits.length ?? 0) > 0 && splits[index]?.suppliedMinor === 0n ? [] : [{ line, index }],
  )
  if (terms === null || tax === undefined) {
    // What is credited keeps its tax, although the issuer says nothing of tax any more.
    return {
      lines: lines.map((line, index) => {
        const { credits, suppliedMinor } = splits[index] as SplitAmount
        if (credits.length === 0) return line
        return { ...line, tax: suppliedMinor === 0n ? credits : [...credits, asUntaxed(suppliedMinor)] }
      }),
    }
  }
  if (tax.missing.length > 0 && supplied.length > 0) return { held: tax.missing }
  const weights = weightsOf(lines)
  const rounding = { minorDigits: currencyOf(account.currency).minorDigits, per: tax.roundingPer }
  const answer = taxDocument(
    supplied.map(({ line, index }) => ({
      ...suppliedLine(facts, line, keptOf(line), weights.get(targetKey(line))),
      amountMinor: splits[index]?.suppliedMinor ?? 0n,
    })),
    { ...terms, allowanceMinor: 0n, rounding },
    tax.rates,
  )
  if ('undecided' in answer) {
    const said = answer.undecided.map(({ line, sentence }) => `${supplied[line]?.line.description}: ${sentence}`)
    return { held: [...new Set(said)] }
  }
  const parts = Map.groupBy(answer.parts, ({ line }) => (supplied[line] as { index: number }).index)
  return {
    lines: lines.map((line, index) => ({
      ...line,
      tax: [
        ...(splits[index]?.credits ?? []),
        ...(parts.get(index) ?? []).map(({ days, netMinor, taxMinor, decision }) => {
          return { days, netMinor, taxMinor, decision, isCredit: false }
        }),
      ],
    })),
  }
}

/** What was used on which day, by the billable that lines are about. */
function weightsOf(lines: readonly InvoiceLine[]): ReadonlyMap<string, InvoiceLine['byDay']> {
  return new Map(lines.flatMap((line) => (line.byDay === undefined ? [] : [[targetKey(line), line.byDay]])))
}

function suppliedLine(
  { plans, compiled, tax }: AccountFacts,
  line: InvoiceLine,
  kept: readonly KeptTax[],
  byDay: InvoiceLine['byDay'],
): Omit<SuppliedLine, 'amountMinor'> {
  const price = plans.get(line.planVersionId)?.prices.find(({ code }) => code === line.priceCode)
  const [only, ...others] = kept.filter(({ decision }) => decision.rule !== 'not_asked')
  const suppliedOn = lastDayOf(line)
  return {
    taxClass: taxClassOf(line, price),
    suppliedOn,
    quantity: quantityOf(compiled, line),
    // More of what has one tax has that tax; where it has several, its days say which.
    decided: others.length === 0 ? only?.decision : undefined,
    usage: usageOf(line, byDay, suppliedOn, tax?.changeDays ?? []),
  }
}

function lastDayOf({ shown: { start, end } }: InvoiceLine): string {
  return end <= start ? start : Temporal.PlainDate.from(end).subtract({ days: 1 }).toString()
}

/** What members used has the tax of their documents in it; money that is drawn down is taxed when it pays for something. */
function taxClassOf({ kind }: InvoiceLine, price: Price | undefined): string {
  if (kind === 'sponsored') return 'out_of_scope'
  const own = price === undefined || price.kind === 'allowance' ? undefined : price.taxClass
  return own ?? (kind === 'commit' ? 'multi_purpose_voucher' : 'general')
}

const NONE: Decimal = { coefficient: 0n, scale: 0 }

/** Units that a levy is on; what lowers a line takes none of them away. */
function quantityOf(compiled: CompiledPlans, line: InvoiceLine): Decimal {
  const { kind, seats } = line
  if (kind === 'cap' || kind === 'discount' || kind === 'commitment') return NONE
  if (line.usage !== null) {
    const price = compiledPriceOf(compiled, line)
    return price === undefined ? NONE : { coefficient: newQuantity(line, price), scale: price.meter.scale }
  }
  return { coefficient: BigInt(seats?.parts.find((part) => part.seats !== 0)?.seats ?? 1), scale: 0 }
}

/** The days of a line, where something of its tax changes within them: what was used on each, or all of them alike. */
function usageOf(
  { shown: { start, end } }: InvoiceLine,
  byDay: InvoiceLine['byDay'],
  last: string,
  changeDays: readonly string[],
): SuppliedLine['usage'] {
  if (!changeDays.some((day) => day > start && day <= last)) return undefined
  const used = new Map(byDay?.map(({ day, amount }) => [day, amount]))
  const days: { day: string; quantity: bigint }[] = []
  for (let day = Temporal.PlainDate.from(start); day.toString() < end; day = day.add({ days: 1 })) {
    const name = day.toString()
    days.push({ day: name, quantity: byDay === undefined ? 1n : (used.get(name) ?? 0n) })
  }
  return { scale: 0, days }
}
