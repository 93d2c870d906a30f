import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { present } from '../../core/base/assert.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { formatMinor } from '../../core/base/money.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import { billableKey } from '../../core/invoicing/invoice-lines.ts'
import { runsOn } from '../../core/metering/series.ts'
import { leafHash, MerkleTree, merkleRoot, type Sha256 } from '../../core/proof/merkle.ts'
import { CHECK_DIGITS, type ProvedCharge, type ProvedPeriod } from '../../core/proof/proof-file.ts'
import { anchorText, chargeText, documentText, lineText, periodText } from '../../core/proof/statements.ts'
import { chargedAmount } from '../../core/rating/charged-amount.ts'
import { type CompiledPrice, elementOfKey } from '../../core/rating/compiled-price.ts'
import { ANY_TIME, type ChargedRecord, type CompiledCatalog, type EngineReads } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import {
  accountsOfLines,
  type Invoice,
  type InvoiceLineRow,
  listUsageLines,
  type UsageLineRow,
} from '../invoices/index.ts'
import { invoicesByIds } from './store.ts'

export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer')
const DAY_MS = 86_400_000
/** Where charges and prices are read: on the thread for reading, or on that of the engine. */
type Readers = Pick<EngineReads, 'catalog' | 'records'>
/** Charges of one proof: they and their hashes are made into one text. */
const MAX_KEPT = 500_000

/** A document with the root over its charges, as the journal vouches for it. */
export interface StatedDocument {
  readonly invoice: Invoice
  readonly text: string
  readonly documentDigest: Uint8Array
  readonly periods: readonly ProvedPeriod[]
  readonly chargesRoot: Uint8Array
  readonly anchor: Uint8Array
}

/** A usage line while its charges are gathered from the journal. */
interface OpenLine {
  readonly row: InvoiceLineRow
  readonly before: Before
  readonly price: CompiledPrice
  readonly tree: MerkleTree
  readonly charges: ProvedCharge[]
  quantity: bigint
  charged: bigint
}

/** What earlier documents billed of the same counter. */
interface Before {
  readonly records: bigint
  readonly charged: bigint
  readonly billedMinor: bigint
  readonly throughSeq: number
}

/** What the journal is to vouch for of a document. */
export interface StatedAnchor {
  readonly invoiceId: string
  readonly documentDigest: Uint8Array
  readonly chargesRoot: Uint8Array
  readonly anchor: Uint8Array
}

/** States documents by their ids, in the order of these, without keeping their texts. */
export async function stateAnchors(
  engine: Readers,
  db: Database,
  tenantName: string,
  invoiceIds: readonly string[],
): Promise<StatedAnchor[]> {
  const byId = new Map((await invoicesByIds(db, invoiceIds)).map((invoice) => [invoice.id, invoice]))
  const invoices = invoiceIds.map((id) => present(byId.get(id), 'a document'))
  const stated = await digestDocuments(engine, db, tenantName, invoices, false)
  return stated.map(({ invoice, documentDigest, chargesRoot, anchor }) => {
    return { invoiceId: invoice.id, documentDigest, chargesRoot, anchor }
  })
}

const keyOf = (line: InvoiceLineRow): string => billableKey({ ...line, period: { start: line.periodStart } })

/**
 * States documents: their texts, their usage lines and the charges of these. The journal is read once for all.
 * @param keepsCharges whether the texts of the charges are kept, or their roots alone.
 */
export async function digestDocuments(
  engine: Readers,
  db: Database,
  tenantName: string,
  invoices: readonly Invoice[],
  keepsCharges: boolean,
): Promise<StatedDocument[]> {
  const lines = await openLines(db, invoices, await engine.catalog(tenantName))
  await gatherCharges(engine, tenantName, lines, keepsCharges)
  const byInvoice = Map.groupBy(lines, ({ row }) => row.invoiceId)
  return invoices.map((invoice) => stateDocument(invoice, byInvoice.get(invoice.id) ?? []))
}

async function openLines(db: Database, invoices: readonly Invoice[], catalog: CompiledCatalog): Promise<OpenLine[]> {
  const wanted = new Set(invoices.map(({ id }) => id))
  const rows = await listUsageLines(db, await accountsOfLines(db, [...wanted]))
  const earlier = new Map<string, { readonly row: UsageLineRow; readonly state: Omit<Before, 'billedMinor'> }[]>()
  return rows.flatMap((row) => {
    const key = keyOf(row)
    const price = catalog.plans.get(row.planVersionId)?.prices.find(({ price: { code } }) => code === row.priceCode)
    const cell = price === undefined ? undefined : elementOfKey(price, row.cell)
    if (price === undefined || cell === undefined) throw new Error(`no price ${row.priceCode} for line ${row.id}`)
    // What was voided by then, to be billed anew, counts as never billed.
    const counted = (earlier.get(key) ?? []).filter(({ row: { voidedBy } }) => voidedBy === null || voidedBy > row.id)
    const billedMinor = counted.reduce((sum, one) => sum + BigInt(one.row.amountMinor), 0n)
    const last = { ...(counted.at(-1)?.state ?? { records: 0n, charged: 0n, throughSeq: 0 }), billedMinor }
    const records = row.records ?? 0n
    const charged = records === 0n ? 0n : chargedAmount(price, cell, (row.measures ?? []).map(BigInt))
    const state = { records, charged, throughSeq: Number(row.throughSeq ?? 0n) }
    earlier.set(key, [...(earlier.get(key) ?? []), { row, state }])
    if (!wanted.has(row.invoiceId)) return []
    return [{ row, before: last, price, tree: new MerkleTree(sha256), charges: [], quantity: 0n, charged: 0n }]
  })
}

async function gatherCharges(
  engine: Readers,
  tenantName: string,
  lines: readonly OpenLine[],
  keepsCharges: boolean,
): Promise<void> {
  const used = lines.filter(({ row }) => (row.throughSeq ?? 0n) > 0n)
  if (used.length === 0) return
  const byKey = Map.groupBy(used, ({ row }) => keyOf(row))
  const starts = used.map(({ row }) => row.periodStart).toSorted()
  const ends = used.map(({ row }) => row.periodEnd).toSorted()
  const isOfPeriods = used.every(({ price }) => !runsOn(price.meter))
  // A day more on both sides: days of accounts begin at different times.
  const days = {
    fromMs: startOfDayMs(starts[0] as string, 'UTC') - DAY_MS,
    untilMs: startOfDayMs(ends.at(-1) as string, 'UTC') + DAY_MS,
  }
  const filter = {
    subscriptionIds: new Set(used.map(({ row }) => row.subscriptionId)),
    ...(isOfPeriods ? days : ANY_TIME),
    afterSeq: used.reduce((least, { before }) => Math.min(least, before.throughSeq), Number.POSITIVE_INFINITY),
    throughSeq: used.reduce((most, { row }) => Math.max(most, Number(row.throughSeq)), 0),
  }
  let [seq, kept] = [0, 0]
  for await (const records of engine.records(tenantName, filter)) {
    for (const record of records) {
      // A long walk lets others work between segments.
      if (record.seq !== seq) await setImmediate()
      seq = record.seq
      const key = billableKey({ ...record, period: { start: record.periodStart } })
      for (const line of byKey.get(key) ?? []) {
        if (record.seq <= line.before.throughSeq || record.seq > Number(line.row.throughSeq)) continue
        if (keepsCharges && ++kept > MAX_KEPT)
          throw new Refusal('unprocessable', `a proof has at most ${MAX_KEPT} charges, and this document has more`)
        addCharge(line, record, keepsCharges)
      }
    }
  }
}

function addCharge(line: OpenLine, record: ChargedRecord, keepsCharge: boolean): void {
  const { price, tree } = line
  const { seq, source, id, service, type, data, subscriptionId, planVersionId, priceCode, cell, periodStart } = record
  const leaf = chargeText({
    n: tree.size + 1,
    seq,
    source,
    id,
    service,
    type,
    start: new Date(record.startMs).toISOString(),
    end: Number.isNaN(record.endMs) ? null : new Date(record.endMs).toISOString(),
    data,
    subscription: subscriptionId,
    planVersion: planVersionId,
    price: priceCode,
    cell,
    period: periodStart,
    quantity: formatQuantity(record.quantity, price.meter.scale),
    amount: formatScaled(record.amount, price.ratingScale),
  })
  const hash = leafHash(sha256, leaf)
  tree.add(hash)
  line.quantity += record.quantity
  line.charged += record.amount
  if (keepsCharge) line.charges.push({ leaf, check: hash.toHex().slice(0, CHECK_DIGITS) })
}

function stateLine({ row, before, price, tree, quantity, charged }: OpenLine): string {
  return lineText({
    line: row.id,
    subscription: row.subscriptionId,
    planVersion: row.planVersionId,
    price: row.priceCode,
    cell: row.cell,
    period: row.periodStart,
    records: tree.size,
    quantity: formatQuantity(quantity, price.meter.scale),
    charged: formatScaled(charged, price.ratingScale),
    recordsBefore: Number(before.records),
    chargedBefore: formatScaled(before.charged, price.ratingScale),
    billedBefore: formatMinor(before.billedMinor, price.currency),
    charges: tree.root().toHex(),
  })
}

function stateDocument(invoice: Invoice, lines: readonly OpenLine[]): StatedDocument {
  const text = documentText(invoice.document)
  const documentDigest = sha256(Buffer.from(text))
  const { accountId: account } = invoice
  const ordered = lines.toSorted(
    (a, b) => a.row.periodStart.localeCompare(b.row.periodStart) || a.row.position - b.row.position,
  )
  const byPeriod = Map.groupBy(ordered, ({ row }) => row.periodStart)
  const periods = [...byPeriod].map(([period, own]) => {
    const proved = own.map((line) => ({ leaf: stateLine(line), charges: line.charges }))
    const root = merkleRoot(
      sha256,
      proved.map(({ leaf }) => leafHash(sha256, leaf)),
    ).toHex()
    return { account, period, root, lines: proved }
  })
  const chargesRoot = merkleRoot(
    sha256,
    periods.map(({ period, root }) => leafHash(sha256, periodText(account, period, root))),
  )
  const anchor = sha256(Buffer.from(anchorText(invoice.id, documentDigest.toHex(), chargesRoot.toHex())))
  return { invoice, text, documentDigest, periods, chargesRoot, anchor }
}
