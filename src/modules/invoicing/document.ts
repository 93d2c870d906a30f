import { decimal, formatDecimal } from '../../core/base/decimal.ts'
import { formatMinor } from '../../core/base/money.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import type { Plan, UsagePrice } from '../../core/catalog/plan.ts'
import type { InvoiceLine } from '../../core/invoicing/invoice-lines.ts'
import type { CompiledPrice } from '../../core/rating/compiled-price.ts'
import type { Account, Customer, Issuer, Subscription } from '../customers/index.ts'

/** What is printed and kept: everything as it was when the document was issued. Amounts are texts in major units. */
export interface InvoiceDocument {
  readonly kind: 'invoice' | 'credit_note' | 'debit_note'
  /** Of a note: the documents that it corrects, and why. */
  readonly corrects?: readonly string[]
  readonly reason?: string
  readonly number: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly termsDays: number
  readonly currency: string
  readonly language: 'en' | 'uk' | 'ru'
  readonly account: string
  readonly seller: Party & { readonly bankDetails: string | null }
  readonly buyer: Party
  readonly period: { readonly from: string; readonly until: string }
  readonly lines: readonly DocumentLine[]
  readonly usage: readonly {
    readonly meter: string
    readonly unit: string
    readonly quantity: string
    readonly records: number
  }[]
  readonly totals: { readonly net: string; readonly tax: string; readonly total: string }
}

interface Party {
  readonly name: string
  readonly address: string | null
  readonly taxId: string | null
}

interface DocumentLine {
  readonly id: string
  readonly position: number
  readonly kind: 'recurring' | 'one_off' | 'usage'
  readonly description: string
  readonly subscription: string
  readonly from: string
  readonly until: string
  readonly isLate: boolean
  readonly quantity: string
  readonly unit: string
  /** Absent where more than one price makes the line: tiers, packages. */
  readonly unitAmount: string | null
  readonly per: string | null
  readonly exactAmount: string
  readonly amount: string
}

export interface DocumentParts {
  readonly kind: InvoiceDocument['kind']
  readonly number: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly account: Account
  readonly customer: Customer
  readonly issuer: Issuer
  readonly lines: readonly (InvoiceLine & { readonly id: string })[]
  readonly subscriptions: ReadonlyMap<string, Subscription>
  readonly plans: ReadonlyMap<string, Plan>
  readonly prices: (line: InvoiceLine) => CompiledPrice | undefined
  readonly totalMinor: bigint
  readonly correction: { readonly reason: string; readonly corrects: readonly string[] } | null
}

export function buildDocument(parts: DocumentParts): InvoiceDocument {
  const { account, customer, issuer, lines } = parts
  const total = formatMinor(parts.totalMinor, account.currency)
  const { name, address, taxId, bankDetails } = issuer
  return {
    kind: parts.kind,
    ...parts.correction,
    number: parts.number,
    issuedOn: parts.issuedOn,
    dueOn: parts.dueOn,
    termsDays: account.termsDays,
    currency: account.currency,
    language: customer.language,
    account: account.key,
    seller: {
      name,
      address,
      taxId,
      bankDetails,
    },
    buyer: {
      name: customer.name,
      address: customer.address,
      taxId: customer.taxId,
    },
    period: {
      from: lines.map(({ shown }) => shown.start).toSorted()[0] as string,
      until: lines
        .map(({ shown }) => shown.end)
        .toSorted()
        .at(-1) as string,
    },
    lines: lines.map((line, index) => toDocumentLine(parts, line, index + 1)),
    usage: summarizeUsage(parts),
    totals: {
      net: total,
      tax: formatMinor(0n, account.currency),
      total,
    },
  }
}

function toDocumentLine(parts: DocumentParts, line: InvoiceLine & { id: string }, position: number): DocumentLine {
  const { currency } = parts.account
  const shared = {
    id: line.id,
    position,
    kind: line.kind,
    description: line.description,
    isLate: line.isLate,
    subscription: parts.subscriptions.get(line.subscriptionId)?.key ?? '',
    from: line.shown.start,
    until: line.shown.end,
    exactAmount: line.exactAmount,
    amount: formatMinor(line.amountMinor, currency),
  }
  const price = parts.prices(line)
  if (line.usage === null || price === undefined) {
    const own = parts.plans.get(line.planVersionId)?.prices.find(({ code }) => code === line.priceCode)
    const unitAmount = own !== undefined && own.kind !== 'usage' && line.amountMinor >= 0n ? own.amount : null
    const quantity = line.kind === 'recurring' ? (parts.subscriptions.get(line.subscriptionId)?.quantity ?? 1) : 1
    return { ...shared, quantity: String(quantity), unit: '', unitAmount, per: null }
  }
  const quantity = formatQuantity(newQuantity(line), price.meter.scale)
  return { ...shared, quantity, unit: price.meter.unit, ...singleUnitAmount(price.price, price, line.cell) }
}

function newQuantity(line: InvoiceLine): bigint {
  return (line.usage?.measures[0] ?? 0n) - (line.billedBefore.measures[0] ?? 0n)
}

function singleUnitAmount(
  price: UsagePrice,
  compiled: CompiledPrice,
  cellName: string,
): { unitAmount: string | null; per: string | null } {
  const terms = compiled.cells.find(({ name }) => (name ?? '') === cellName)?.terms
  if (terms?.model === 'package')
    return { unitAmount: formatDecimal(decimal(terms.amount)), per: formatDecimal(decimal(terms.size)) }
  if (terms?.model !== 'per_unit') return { unitAmount: null, per: null }
  return { unitAmount: formatDecimal(decimal(terms.unitAmount)), per: price.per ?? null }
}

function summarizeUsage(parts: DocumentParts): InvoiceDocument['usage'] {
  const byMeter = Map.groupBy(
    parts.lines.filter(({ usage }) => usage !== null),
    (line) => parts.prices(line)?.meter,
  )
  return [...byMeter].flatMap(([meter, lines]) => {
    if (meter === undefined) return []
    const quantity = lines.reduce((sum, line) => sum + newQuantity(line), 0n)
    const records = lines.reduce((sum, line) => sum + (line.usage?.records ?? 0) - line.billedBefore.records, 0)
    return [{ meter: meter.name, unit: meter.unit, quantity: formatQuantity(quantity, meter.scale), records }]
  })
}
