import { sql } from 'kysely'
import { anyOf, type Database } from '../../platform/db.ts'

/** Money of a credit note that is to be paid back, until it was sent. */
export interface Refund {
  readonly id: string
  readonly accountId: string
  readonly creditNoteId: string
  readonly amountMinor: string
  readonly currency: string
  readonly createdAt: Date
  readonly method: string | null
  readonly reference: string | null
  readonly sentOn: string | null
  readonly sentAt: Date | null
  readonly recordedBy: string | null
}

export async function insertRefund(db: Database, refund: Refund): Promise<void> {
  await db.insertInto('refund').values(refund).execute()
}

export async function findRefund(db: Database, id: string): Promise<Refund | undefined> {
  return (await db.selectFrom('refund').selectAll().where('id', '=', id).executeTakeFirst()) as Refund | undefined
}

export async function findRefundOfNote(db: Database, creditNoteId: string): Promise<Refund | undefined> {
  const query = db.selectFrom('refund').selectAll().where('creditNoteId', '=', creditNoteId)
  return (await query.executeTakeFirst()) as Refund | undefined
}

/** What is to be paid back to each account, sent or not, in minor units. */
export async function refundTotals(db: Database, accountIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await db
    .selectFrom('refund')
    .select(['accountId', sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('accountId', '=', anyOf(accountIds))
    .groupBy('accountId')
    .execute()
  return new Map(rows.map(({ accountId, amount }) => [accountId, BigInt(amount)]))
}

/** Refunds of an account, the oldest first. */
export async function listRefundsOf(db: Database, accountId: string): Promise<Refund[]> {
  const query = db.selectFrom('refund').selectAll().where('accountId', '=', accountId)
  return (await query.orderBy('id').execute()) as Refund[]
}
