import { sql } from 'kysely'
import { type Database, schemaOf } from '../../platform/db.ts'
import { insertAllRows, type NewRows } from '../../platform/insert-rows.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Invoice, InvoiceLineRow } from './store.ts'

/** A series of documents of an issuer. */
export interface Series {
  readonly issuerId: string
  readonly series: string
}

/**
 * The next numbers of series, one for each that is asked for, in the order of asking: gap-free, because they are taken in the transaction that
 * issues the documents. Who asks for several series locks them in one order. `[A, B, A]` of series that stand at 7 and 2 is `[8, 3, 9]`.
 */
export async function nextNumbers(db: Database, wanted: readonly Series[]): Promise<bigint[]> {
  const counts = [...Map.groupBy(wanted, keyOf).values()].map((own) => ({ ...(own[0] as Series), count: own.length }))
  const sorted = counts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const columns = [sorted.map(({ issuerId }) => issuerId), sorted.map(({ series }) => series)] as const
  const { rows } = await sql<{ issuerId: string; series: string; lastNumber: bigint }>`
    insert into ${sql.id(schemaOf(db), 'document_series')} as known (issuer_id, series, last_number)
    select * from unnest(${columns[0]}::uuid[], ${columns[1]}::text[], ${sorted.map(({ count }) => count)}::bigint[])
    on conflict (issuer_id, series) do update set last_number = known.last_number + excluded.last_number
    returning issuer_id, series, last_number`.execute(db)
  const last = new Map(rows.map((row) => [keyOf(row), row.lastNumber]))
  const next = new Map(sorted.map((one) => [keyOf(one), (last.get(keyOf(one)) as bigint) - BigInt(one.count)]))
  return wanted.map((one) => {
    const number = (next.get(keyOf(one)) as bigint) + 1n
    next.set(keyOf(one), number)
    return number
  })
}

function keyOf({ issuerId, series }: Series): string {
  return `${issuerId} ${series}`
}

type NewInvoice = Omit<Invoice, 'metadata'>

const COLUMNS = {
  id: 'uuid',
  kind: 'text',
  issuerId: 'uuid',
  series: 'text',
  number: 'bigint',
  accountId: 'uuid',
  billingDay: 'date',
  purpose: 'text',
  part: 'text',
  currency: 'text',
  totalMinor: 'numeric',
  issuedOn: 'date',
  dueOn: 'date',
  document: 'jsonb',
  issuedAt: 'timestamptz',
  balanceAdjustment: 'numeric',
  balanceAppliedAt: 'timestamptz',
  sellsBalance: 'boolean',
  balanceSettledAt: 'timestamptz',
} as const satisfies Record<keyof NewInvoice, string>

const LINE_COLUMNS = {
  id: 'uuid',
  invoiceId: 'uuid',
  position: 'integer',
  kind: 'text',
  accountId: 'uuid',
  subscriptionId: 'uuid',
  planVersionId: 'uuid',
  priceCode: 'text',
  cell: 'text',
  adjustment: 'text',
  periodStart: 'date',
  periodEnd: 'date',
  isLate: 'boolean',
  description: 'text',
  measures: 'numeric[]',
  records: 'bigint',
  throughSeq: 'bigint',
  charged: 'numeric',
  exactAmount: 'text',
  amountMinor: 'numeric',
  taxes: 'jsonb',
  netMinor: 'numeric',
  taxMinor: 'numeric',
  basis: 'jsonb',
  creditsLineId: 'uuid',
  isUnbilled: 'boolean',
} as const satisfies Record<keyof InvoiceLineRow, string>

/** The rows of a document. A line of what members used is about no subscription. */
export function invoiceRows(invoice: NewInvoice, lines: readonly InvoiceLineRow[]): NewRows[] {
  const stored = lines.map((line) => ({
    ...line,
    subscriptionId: line.subscriptionId || null,
    planVersionId: line.planVersionId || null,
    records: line.records === null ? null : String(line.records),
    throughSeq: line.throughSeq === null ? null : String(line.throughSeq),
  }))
  return [
    { table: 'invoice', columns: COLUMNS, rows: [{ ...invoice, number: String(invoice.number) }] },
    { table: 'invoiceLine', columns: LINE_COLUMNS, rows: stored },
  ]
}

/** What a document bills of charges of other accounts. @param adjustments by account: what its balances are moved by, at the rating scale */
export function billedForRows(invoiceId: string, adjustments: ReadonlyMap<string, bigint>): NewRows {
  return {
    table: 'billedFor',
    columns: { invoiceId: 'uuid', accountId: 'uuid', adjustment: 'numeric' },
    rows: [...adjustments].map(([accountId, adjustment]) => ({ invoiceId, accountId, adjustment: String(adjustment) })),
  }
}

/** Rows of one statement: their text is written at once, and nothing else is done meanwhile. */
const SLICE = 2_000

/** In their order: a document comes before its lines, wherever it is cut. */
function slicesOf(all: readonly NewRows[]): NewRows[][] {
  const slices: NewRows[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const { rows, after = [], ...named } of all)
    for (let at = 0; at === 0 || at < rows.length; at += SLICE) {
      const part = { ...named, rows: rows.slice(at, at + SLICE), after: at === 0 ? after : [] }
      size += part.rows.length
      if (size > SLICE) {
        slices.push([])
        size = part.rows.length
      }
      slices.at(-1)?.push(part)
    }
  return slices
}

/**
 * Writes documents with everything that becomes true with them.
 * @throws Refusal where the number of one, as it is printed, is that of a document of another series
 */
export async function insertIssued(db: Database, rows: readonly NewRows[], numbers: readonly string[]): Promise<void> {
  try {
    for (const slice of slicesOf(rows)) await insertAllRows(db, slice)
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'invoice_printed_number') throw error
    const named = numbers.join(' or ')
    throw new Refusal('conflict', `the issuer has a document ${named} of another series: write its series another way`)
  }
}
