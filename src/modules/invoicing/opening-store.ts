import { sql } from 'kysely'
import { noteChange, noteChanges } from '../../platform/changed-rows.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { Invoice, InvoiceLineRow } from './store.ts'

/** Whether the balances of an account are open, and told of its documents and payments. The account's row is locked. */
export async function isOpened(db: Database, accountId: string): Promise<boolean> {
  const query = db.selectFrom('balanceOpening').select('accountId').where('accountId', '=', accountId)
  return (await query.executeTakeFirst()) !== undefined
}

/** What was billed and paid before balances opened: charges at the rating scale, the others in minor units. */
export interface Opening {
  readonly billedCharges: bigint
  readonly documentsMinor: bigint
  readonly paymentsMinor: bigint
}

/** Notes that the balances of an account are open, and documents of before as taken up whole. */
export async function insertOpening(
  db: Database,
  accountId: string,
  { billedCharges, documentsMinor, paymentsMinor }: Opening,
  minorUnit: bigint,
  nowMs: number,
): Promise<void> {
  const openedAt = new Date(nowMs)
  await db
    .insertInto('balanceOpening')
    .values({
      ...{ accountId, openedAt },
      billedCharges: String(billedCharges),
      documentsMinor: String(documentsMinor),
      paymentsMinor: String(paymentsMinor),
    })
    .execute()
  await noteChange(db, 'opening of balances', accountId)
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

/** Of some accounts, those that have documents. */
export async function withDocuments(db: Database, accountIds: readonly string[]): Promise<string[]> {
  const query = db.selectFrom('invoice').select('accountId').distinct()
  const rows = await query.where('accountId', '=', anyOf(accountIds)).execute()
  return rows.map((row) => row['accountId'] as string)
}

/** Notes accounts that have neither documents nor payments as open, unless they are. */
export async function openEmpty(db: Database, accountIds: readonly string[], nowMs: number): Promise<void> {
  if (accountIds.length === 0) return
  const opened = await db
    .insertInto('balanceOpening')
    .values(accountIds.map((accountId) => ({ accountId, openedAt: new Date(nowMs) })))
    .onConflict((on) => on.column('accountId').doNothing())
    .returning('accountId')
    .execute()
  await noteChanges(
    db,
    'opening of balances',
    opened.map((row) => String(row['accountId'])),
  )
}

/** The totals of all documents of an account together. */
export async function documentsMinor(db: Database, accountId: string): Promise<bigint> {
  const total = sql<string>`coalesce(sum(total_minor), 0)::text`.as('total')
  return BigInt(
    (await db.selectFrom('invoice').select(total).where('accountId', '=', accountId).executeTakeFirstOrThrow()).total,
  )
}

/** The last usage line of each billable of accounts: it stands for all that was charged and billed of it. So does that of fees
 * which are taken day by day. */
export async function lastUsageLines(db: Database, accountIds: readonly string[]): Promise<InvoiceLineRow[]> {
  const query = db
    .selectFrom('invoiceLine')
    .selectAll()
    .where('accountId', '=', anyOf(accountIds))
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

/** Documents that the open balances of an account have not heard of yet, the oldest first. */
export async function listToApply(db: Database, accountId: string): Promise<PendingDocument[]> {
  const query = db
    .selectFrom('invoice')
    .select(['id', 'balanceAdjustment', 'sellsBalance', 'currency', 'billingDay'])
    .where('accountId', '=', accountId)
  const open = query.where('balanceAdjustment', 'is not', null).where('balanceAppliedAt', 'is', null)
  return (await open.orderBy('id').execute()) as PendingDocument[]
}

/** What a document bills besides usage for times that had ended on its day, in minor units. */
export async function arrearsMinor(db: Database, invoiceId: string, billingDay: string): Promise<bigint> {
  const sum = sql<string>`coalesce(sum(amount_minor), 0)::text`.as('amount')
  const query = db.selectFrom('invoiceLine').select(sum).where('invoiceId', '=', invoiceId)
  const rows = query.where('measures', 'is', null).where('charged', 'is', null).where('periodEnd', '<=', billingDay)
  return BigInt((await rows.executeTakeFirstOrThrow()).amount)
}

export async function markApplied(db: Database, id: string, nowMs: number): Promise<void> {
  await db
    .updateTable('invoice')
    .set({ balanceAppliedAt: new Date(nowMs) })
    .where('id', '=', id)
    .execute()
}

/** Accounts with such documents. */
export async function accountsToApply(db: Database): Promise<string[]> {
  const query = db.selectFrom('invoice').select('accountId').distinct().where('balanceAdjustment', 'is not', null)
  return (await query.where('balanceSettledAt', 'is', null).execute()).map((row) => row['accountId'] as string)
}
