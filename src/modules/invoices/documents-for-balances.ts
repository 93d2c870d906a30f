import { sql } from 'kysely'
import { noteChanges } from '../../platform/changed-rows.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { Invoice, InvoiceLineRow } from './store.ts'

/** Notes documents of before as taken up whole by balances that open now. @param minorUnit at the rating scale */
export async function markTakenUp(db: Database, accountId: string, minorUnit: bigint, openedAt: Date): Promise<void> {
  const documents = await db
    .updateTable('invoice')
    .set({ balanceAdjustment: sql`total_minor * ${String(minorUnit)}::numeric`, balanceAppliedAt: openedAt })
    .where('accountId', '=', accountId)
    .where('balanceAppliedAt', 'is', null)
    .returning('id')
    .execute()
  await noteChanges(
    db,
    'document for balances',
    documents.map((row) => String(row['id'])),
  )
}

/** Of some accounts, those that have documents, or lines on documents of others. */
export async function withDocuments(db: Database, accountIds: readonly string[]): Promise<string[]> {
  const ofAccount = db.selectFrom('invoice').select('accountId').where('accountId', '=', anyOf(accountIds))
  const lines = db.selectFrom('invoiceLine').select('accountId').where('accountId', '=', anyOf(accountIds))
  const rows = await ofAccount.union(lines).execute()
  return rows.map((row) => row['accountId'] as string)
}

/** What documents of others bill of the charges of an account, and its balances have not been told of, the oldest first. */
export async function listBilledFor(
  db: Database,
  accountId: string,
): Promise<{ readonly invoiceId: string; readonly adjustment: string }[]> {
  const query = db.selectFrom('billedFor').select(['invoiceId', 'adjustment']).where('accountId', '=', accountId)
  return query.where('appliedAt', 'is', null).orderBy('invoiceId').execute()
}

export async function markBilledForApplied(
  db: Database,
  { invoiceId, accountId }: { readonly invoiceId: string; readonly accountId: string },
  nowMs: number,
): Promise<void> {
  const set = db.updateTable('billedFor').set({ appliedAt: new Date(nowMs) })
  await set.where('invoiceId', '=', invoiceId).where('accountId', '=', accountId).execute()
}

/** Of all accounts that balances have not been told of, or of some: what they are to be moved by. */
export async function pendingBilledFor(
  db: Database,
  accountIds: readonly string[] | null,
): Promise<Map<string, bigint>> {
  const query = db
    .selectFrom('billedFor')
    .select(['accountId', sql<string>`sum(adjustment)::text`.as('adjustment')])
    .where('appliedAt', 'is', null)
    .groupBy('accountId')
  const rows = await (accountIds === null ? query : query.where('accountId', '=', anyOf(accountIds))).execute()
  return new Map(rows.map(({ accountId, adjustment }) => [accountId, BigInt(adjustment)]))
}

/** The totals of all documents of an account together. */
export async function documentsMinor(db: Database, accountId: string): Promise<bigint> {
  const total = sql<string>`coalesce(sum(total_minor), 0)::text`.as('total')
  return BigInt(
    (await db.selectFrom('invoice').select(total).where('accountId', '=', accountId).executeTakeFirstOrThrow()).total,
  )
}

/** The last usage line of each billable of accounts: it sums up all that was charged and billed of it. So does that of fees
 * which are taken day by day. */
export async function lastUsageLines(db: Database, accountIds: readonly string[]): Promise<InvoiceLineRow[]> {
  const query = db
    .selectFrom('invoiceLine')
    .selectAll()
    .where('accountId', '=', anyOf(accountIds))
    .where('isUnbilled', '=', false)
    .where(sql<boolean>`((kind = 'usage' and measures is not null) or (kind = 'recurring' and charged is not null))`)
    .distinctOn(['subscriptionId', 'planVersionId', 'priceCode', 'cell', 'periodStart'])
  return (await query
    .orderBy('subscriptionId')
    .orderBy('planVersionId')
    .orderBy('priceCode')
    .orderBy('cell')
    .orderBy('periodStart')
    .orderBy('id', 'desc')
    .execute()) as InvoiceLineRow[]
}

type PendingDocument = Pick<Invoice, 'id' | 'balanceAdjustment' | 'sellsBalance' | 'currency' | 'billingDay'>

/** Documents that the open balances of an account have not been notified of yet, the oldest first. */
export async function listDocumentsToApply(db: Database, accountId: string): Promise<PendingDocument[]> {
  const query = db
    .selectFrom('invoice')
    .select(['id', 'balanceAdjustment', 'sellsBalance', 'currency', 'billingDay'])
    .where('accountId', '=', accountId)
  const open = query.where('balanceAdjustment', 'is not', null).where('balanceAppliedAt', 'is', null)
  return (await open.orderBy('id').execute()) as PendingDocument[]
}

/** What a document bills besides charges for times that had ended on its day, in minor units: fees, and tax of fees and usage. */
export async function arrearsMinor(db: Database, invoiceId: string, billingDay: string): Promise<bigint> {
  const gross = sql`coalesce(net_minor + tax_minor, amount_minor)`
  const charge = sql`case when measures is null and charged is null then 0 else amount_minor end`
  const sum = sql<string>`coalesce(sum(${gross} - ${charge}), 0)::text`.as('amount')
  const query = db.selectFrom('invoiceLine').select(sum).where('invoiceId', '=', invoiceId)
  return BigInt((await query.where('periodEnd', '<=', billingDay).executeTakeFirstOrThrow()).amount)
}

export async function markDocumentApplied(db: Database, id: string, nowMs: number): Promise<void> {
  await db
    .updateTable('invoice')
    .set({ balanceAppliedAt: new Date(nowMs) })
    .where('id', '=', id)
    .execute()
}

/** Accounts with documents that balances have not settled as far as they can. */
export async function accountsOfUnsettled(db: Database): Promise<string[]> {
  const query = db.selectFrom('invoice').select('accountId').distinct().where('balanceAdjustment', 'is not', null)
  return (await query.where('balanceSettledAt', 'is', null).execute()).map((row) => row['accountId'] as string)
}

/** Documents of an account are to be looked at again: money of its balances may settle them. */
export async function markUnsettled(db: Database, accountId: string): Promise<void> {
  await db
    .updateTable('invoice')
    .set({ balanceSettledAt: null })
    .where('accountId', '=', accountId)
    .where('balanceAdjustment', 'is not', null)
    .execute()
}

/** Notes that money of balances has settled what it could of all documents up to now. */
export async function markSettled(db: Database, accountId: string, nowMs: number): Promise<void> {
  await db
    .updateTable('invoice')
    .set({ balanceSettledAt: new Date(nowMs) })
    .where('accountId', '=', accountId)
    .where('balanceAdjustment', 'is not', null)
    .where('balanceSettledAt', 'is', null)
    .execute()
}
