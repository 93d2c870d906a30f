import { sql } from 'kysely'
import { formatMinor } from '../../core/base/money.ts'
import type { PrintedTax } from '../../core/invoicing/document-tax.ts'
import { sumOf } from '../../core/tax/arithmetic/document-taxes.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'
import type { Invoice } from './store.ts'
import { readTaxes, type StoredTax } from './stored-taxes.ts'

/** Documents that are read at a time. */
const DOCUMENTS = 500

interface TaxedLine {
  readonly invoiceId: string
  readonly amountMinor: string
  readonly netMinor: string
  readonly taxMinor: string
  readonly taxes: readonly StoredTax[]
}

type Printed = Pick<Invoice, 'id' | 'document' | 'currency' | 'totalMinor'>

/** What tax comes to is one number: on lines, in the totals by rate that are printed, and in the ledger. */
export async function checkTaxes(db: Database): Promise<CheckResult[]> {
  const wrong: string[] = []
  const posted: string[] = []
  let documents = 0
  for (let after: string | undefined; ; ) {
    const taxed = db.selectFrom('invoiceLine').select('invoiceId').where('taxes', 'is not', null)
    const query = db
      .selectFrom('invoice')
      .select(['id', 'document', 'currency', 'totalMinor'])
      .where('id', 'in', taxed)
      .orderBy('id')
      .limit(DOCUMENTS)
    const page = (await (after === undefined ? query : query.where('id', '>', after)).execute()) as Printed[]
    const ids = page.map(({ id }) => id)
    const lines = Map.groupBy(await linesOf(db, ids), ({ invoiceId }) => invoiceId)
    const inLedger = await postedTaxes(db, ids)
    for (const invoice of page) {
      documents++
      const own = lines.get(invoice.id) ?? []
      const fault = faultOf(invoice, own)
      if (fault !== null) wrong.push(`${invoice.document.number}: ${fault}`)
      const tax = sumOf(own.map(({ taxMinor }) => BigInt(taxMinor)))
      if ((inLedger.get(invoice.id) ?? 0n) !== tax) posted.push(invoice.document.number)
    }
    if (page.length < DOCUMENTS) break
    after = page.at(-1)?.id
  }
  return [
    checkNone('document total = lines + tax by rate', wrong, `${documents} taxed documents`),
    checkNone('tax in the ledger = tax on documents', posted, `${documents} taxed documents`),
  ]
}

async function linesOf(db: Database, ids: readonly string[]): Promise<TaxedLine[]> {
  if (ids.length === 0) return []
  return (await db
    .selectFrom('invoiceLine')
    .select(['invoiceId', 'amountMinor', 'taxes'])
    .select(sql<string>`coalesce(net_minor, amount_minor)::text`.as('netMinor'))
    .select(sql<string>`coalesce(tax_minor, 0)::text`.as('taxMinor'))
    .where('invoiceId', 'in', ids)
    .execute()) as unknown as TaxedLine[]
}

async function postedTaxes(db: Database, ids: readonly string[]): Promise<Map<string, bigint>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('posting')
    .select(['documentId', sql<string>`(-sum(amount_minor))::text`.as('tax')])
    .where('documentId', 'in', ids)
    .where('ledgerAccount', 'like', 'tax:%')
    .groupBy('documentId')
    .execute()
  return new Map(rows.map(({ documentId, tax }) => [documentId, BigInt(tax)]))
}

/** What does not add up in a document; null where all does. */
function faultOf({ document, currency, totalMinor }: Printed, lines: readonly TaxedLine[]): string | null {
  const money = (amount: bigint): string => formatMinor(amount, currency)
  const net = sumOf(lines.map(({ netMinor }) => BigInt(netMinor)))
  const tax = sumOf(lines.map(({ taxMinor }) => BigInt(taxMinor)))
  for (const line of lines) {
    const parts = readTaxes(line.taxes ?? [])
    const taxOfParts = sumOf(parts.flatMap(({ taxMinor }) => taxMinor))
    const netOfParts = sumOf(parts.map(({ netMinor }) => netMinor))
    if (line.taxes !== null && (taxOfParts !== BigInt(line.taxMinor) || netOfParts !== BigInt(line.netMinor)))
      return 'the parts of a line are not what the line has'
    const gross = BigInt(line.netMinor) + BigInt(line.taxMinor)
    const isPrice = BigInt(line.amountMinor) === (document.pricesIncludeTax === true ? gross : BigInt(line.netMinor))
    if (!isPrice) return 'the price of a line is neither with nor without its tax'
  }
  const { totals, taxes = [] } = document
  if (net + tax !== BigInt(totalMinor)) return `${money(net)} + ${money(tax)} is not ${money(BigInt(totalMinor))}`
  if (totals.net !== money(net) || totals.tax !== money(tax) || totals.total !== money(net + tax))
    return `it prints ${totals.net} + ${totals.tax} = ${totals.total}, its lines have ${money(net)} + ${money(tax)}`
  const ofTaxes = new Map<string, bigint>()
  for (const { decision, taxMinor } of lines.flatMap((line) => readTaxes(line.taxes ?? [])))
    for (const [slot, one] of decision.taxes.entries()) {
      const key = nameOfTax(one)
      ofTaxes.set(key, (ofTaxes.get(key) ?? 0n) + (taxMinor[slot] ?? 0n))
    }
  // One tax may be printed twice: on the net, and on the net with a levy. `19.00` is 1900 minor units, however many digits it has.
  const printed = new Map<string, bigint>()
  for (const one of taxes) {
    const key = nameOfTax(one)
    printed.set(key, (printed.get(key) ?? 0n) + BigInt(one.amount.replace('.', '')))
  }
  const odd = [...ofTaxes].find(([key, amount]) => printed.get(key) !== amount)
  if (odd === undefined) return null
  return `${odd[0]}: it prints ${money(printed.get(odd[0]) ?? 0n)}, its lines have ${money(odd[1])}`
}

/** What lines and the totals of a document call the same tax: `vat S DE 19`. */
function nameOfTax({ kind, category, place, percent, perUnit }: Pick<PrintedTax, NamesOfTax>): string {
  return [kind, category, place, percent, perUnit].join(' ')
}

type NamesOfTax = 'kind' | 'category' | 'place' | 'percent' | 'perUnit'
