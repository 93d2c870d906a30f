import { toRatingScale } from '../base/money.ts'
import type { Plan } from '../catalog/plan.ts'
import type { BilledBefore, InvoiceLine } from '../invoicing/invoice-lines.ts'
import { netOf, taxOf, taxTotals } from '../invoicing/line-tax.ts'
import type { Posting } from '../ledger/chart.ts'
import { invoiceIssued } from '../ledger/templates.ts'
import { chargedAmount } from '../rating/charged-amount.ts'
import { type CompiledPlans, compiledPriceOf } from '../rating/compiled-plans.ts'
import { elementOfKey } from '../rating/compiled-price.ts'
import type { BilledAccount } from './account-facts.ts'

/** What a document with these lines says in the ledger. */
export function postingsOf(
  { id, currency }: BilledAccount,
  plans: ReadonlyMap<string, Plan>,
  lines: readonly InvoiceLine[],
): Posting[] {
  return invoiceIssued(id, currency, grossOf(lines), {
    ...{ revenue: revenueOf(plans, lines), discounts: discountsOf(lines), commits: commitsOf(lines) },
    ...{ sponsoredMinor: sponsoredIn(lines), taxes: taxesIn(lines), givenMinor: givenIn(lines) },
    advancesMinor: netTotalOf(lines.filter((line) => chargeOf(line) === 'advance')),
  })
}

/** What lines come to as prices have it, in minor units: without tax, unless prices include it. */
export function totalOf(lines: readonly InvoiceLine[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}

/** What is to be paid for lines, with tax. */
export function grossOf(lines: readonly InvoiceLine[]): bigint {
  return lines.reduce((sum, line) => sum + netOf(line) + taxOf(line), 0n)
}

function netTotalOf(lines: readonly InvoiceLine[]): bigint {
  return lines.reduce((sum, line) => sum + netOf(line), 0n)
}

/** By kind, place and rate, such as `vat:DE:19`, or `levy:US/TX:0.75 each`. */
function taxesIn(lines: readonly InvoiceLine[]): { detail: string; amountMinor: bigint }[] {
  return taxTotals(lines).map(({ tax: { kind, place, percent, perUnit }, taxMinor }) => ({
    detail: `${kind}:${place}:${percent ?? `${perUnit} each`}`,
    amountMinor: taxMinor,
  }))
}

const WITHOUT_REVENUE: ReadonlySet<InvoiceLine['kind']> = new Set(['discount', 'commit', 'sponsored', 'advance'])
/** What members used is owed for them: it is given, if it is not billed anew. */
const GIVEN: ReadonlySet<InvoiceLine['kind']> = new Set(['sponsored'])

/** What kind of charge a line bills, or takes back. */
export function chargeOf({ kind, credits }: InvoiceLine): InvoiceLine['kind'] {
  return credits?.kind ?? kind
}

function isGiven({ credits }: InvoiceLine): boolean {
  return credits !== undefined && !credits.isUnbilled && GIVEN.has(credits.kind)
}

/** What credits on request give of what has no revenue here. */
function givenIn(lines: readonly InvoiceLine[]): bigint {
  return -netTotalOf(lines.filter(isGiven))
}

/** Revenue is kept by product: the plan's code. Caps lower it; discounts are kept apart; that of members is theirs. */
function revenueOf(
  plans: ReadonlyMap<string, Plan>,
  lines: readonly InvoiceLine[],
): { product: string; amountMinor: bigint }[] {
  const earned = lines.filter((line) => !WITHOUT_REVENUE.has(chargeOf(line)))
  const byProduct = Map.groupBy(earned, (line) =>
    chargeOf(line) === 'item' ? line.priceCode : (plans.get(line.planVersionId)?.code ?? 'unknown'),
  )
  return [...byProduct].map(([product, own]) => ({ product, amountMinor: netTotalOf(own) }))
}

function discountsOf(lines: readonly InvoiceLine[]): { code: string; amountMinor: bigint }[] {
  const given = lines.filter((line) => chargeOf(line) === 'discount')
  const byCode = Map.groupBy(given, ({ basis }) => String(basis?.['code']))
  return [...byCode].map(([code, own]) => ({ code, amountMinor: -netTotalOf(own) }))
}

function commitsOf(lines: readonly InvoiceLine[]): { code: string; amountMinor: bigint }[] {
  const own = lines.filter((line) => chargeOf(line) === 'commit' && !isGiven(line))
  return own.map((line) => ({ code: line.priceCode, amountMinor: netOf(line) }))
}

/**
 * What had been charged for the usage that a line and the lines before it bill, at the rating scale: as charging had
 * it when the document was issued. Lines of before do not say; it is the price of their measures.
 */
export function chargedOf(
  plans: CompiledPlans,
  line: Pick<InvoiceLine, 'planVersionId' | 'priceCode' | 'cell'>,
  { measures, records, charged }: Pick<BilledBefore, 'measures' | 'records' | 'charged'>,
): bigint {
  if (charged !== undefined || records === 0) return charged ?? 0n
  const price = compiledPriceOf(plans, line)
  const element = price === undefined ? undefined : elementOfKey(price, line.cell)
  return price === undefined || element === undefined ? 0n : chargedAmount(price, element, measures)
}

/**
 * Charges that the lines of one document bill, at the rating scale, with fees that were taken day by day; members used what
 * is of kind `sponsored`.
 */
export function chargesIn(currency: string, lines: readonly InvoiceLine[], plans: CompiledPlans): bigint {
  let charged = toRatingScale(sponsoredIn(lines), currency)
  for (const line of lines) {
    if (line.credits?.isUnbilled === true) charged -= line.credits.charged
    if (line.taken !== undefined) charged += line.taken - (line.billedBefore.charged ?? 0n)
    if (line.usage !== null) charged += chargedOf(plans, line, line.usage) - chargedOf(plans, line, line.billedBefore)
  }
  return charged
}

/** What members used of the account’s credit: it is owed in its balances already. */
function sponsoredIn(lines: readonly InvoiceLine[]): bigint {
  return lines
    .filter((line) => chargeOf(line) === 'sponsored' && !isGiven(line))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}
