import type { Database } from '../../platform/db.ts'
import type { Invoice } from '../invoices/index.ts'

/** What the journal vouches for of a document, and where. */
export interface InvoiceAnchor {
  readonly invoiceId: string
  readonly documentDigest: Buffer
  readonly chargesRoot: Buffer
  readonly anchor: Buffer
  readonly seq: bigint
  readonly place: number
  readonly anchoredAt: Date
}

/** Documents that are not in the journal yet, the oldest first. */
export async function listUnanchored(db: Database, limit: number): Promise<Invoice[]> {
  const rows = db
    .selectFrom('invoice')
    .selectAll('invoice')
    .leftJoin('invoiceAnchor', 'invoiceAnchor.invoiceId', 'invoice.id')
    .where('invoiceAnchor.invoiceId', 'is', null)
  return (await rows.orderBy('invoice.id').limit(limit).execute()) as Invoice[]
}

export async function insertAnchors(db: Database, anchors: readonly InvoiceAnchor[]): Promise<void> {
  await db.insertInto('invoiceAnchor').values(anchors).execute()
}

export async function findAnchor(db: Database, invoiceId: string): Promise<InvoiceAnchor | undefined> {
  const query = db.selectFrom('invoiceAnchor').selectAll().where('invoiceId', '=', invoiceId)
  return (await query.executeTakeFirst()) as InvoiceAnchor | undefined
}

/** The anchors of one segment, in their places. */
export async function anchorsOfSegment(db: Database, seq: bigint): Promise<InvoiceAnchor[]> {
  const query = db.selectFrom('invoiceAnchor').selectAll().where('seq', '=', seq)
  return (await query.orderBy('place').execute()) as InvoiceAnchor[]
}

/** Segments with anchors, after one of them. */
export async function anchoringSegments(db: Database, afterSeq: bigint, limit: number): Promise<bigint[]> {
  const query = db.selectFrom('invoiceAnchor').select('seq').distinct().where('seq', '>', afterSeq)
  return (await query.orderBy('seq').limit(limit).execute()).map((row) => row['seq'] as bigint)
}

export async function invoicesByIds(db: Database, ids: readonly string[]): Promise<Invoice[]> {
  return (await db.selectFrom('invoice').selectAll().where('id', 'in', ids).execute()) as Invoice[]
}
