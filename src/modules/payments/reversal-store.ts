import { sql } from 'kysely'
import { anyOf, type Database } from '../../platform/db.ts'

export interface PaymentReversal {
  readonly id: string
  readonly paymentId: string
  readonly accountId: string
  readonly amountMinor: string
  readonly reason: string
  /** The key that asked for it. */
  readonly reversedBy: string
  readonly createdAt: Date
  readonly raisesOwed: boolean
  readonly balanceAppliedAt: Date | null
}

export async function findReversal(db: Database, paymentId: string): Promise<PaymentReversal | undefined> {
  const query = db.selectFrom('paymentReversal').selectAll().where('paymentId', '=', paymentId)
  return await query.executeTakeFirst()
}

export async function listReversals(db: Database, paymentIds: readonly string[]): Promise<PaymentReversal[]> {
  const query = db.selectFrom('paymentReversal').selectAll()
  return await query.where('paymentId', '=', anyOf(paymentIds)).execute()
}

export async function insertReversal(db: Database, reversal: PaymentReversal): Promise<void> {
  await db.insertInto('paymentReversal').values(reversal).execute()
}

/** Reversals that the balances of an account have not heard of yet. */
export async function listReversalsToApply(db: Database, accountId: string): Promise<PaymentReversal[]> {
  const query = db.selectFrom('paymentReversal').selectAll().where('accountId', '=', accountId)
  const open = query.where('raisesOwed', '=', true).where('balanceAppliedAt', 'is', null)
  return await open.orderBy('id').execute()
}

export async function markReversalApplied(db: Database, id: string, nowMs: number): Promise<void> {
  const query = db.updateTable('paymentReversal').set({ balanceAppliedAt: new Date(nowMs) })
  await query.where('id', '=', id).execute()
}

/** What stands settled with money of a source: by invoice, the latest first. */
export async function standingAllocations(
  db: Database,
  by: { readonly paymentId: string } | { readonly accountId: string; readonly balanceSource: 'paid' },
): Promise<{ invoiceId: string; amountMinor: bigint }[]> {
  let query = db
    .selectFrom('allocation')
    .select(['invoiceId', sql<string>`sum(amount_minor)::text`.as('amount')])
    .groupBy('invoiceId')
    .having(sql<boolean>`sum(amount_minor) > 0`)
    .orderBy(sql`max(id::text)`, 'desc')
  query =
    'paymentId' in by
      ? query.where('paymentId', '=', by.paymentId)
      : query
          .where('accountId', '=', by.accountId)
          .where('balanceSource', '=', 'paid')
          .where('payerAccountId', 'is', null)
  const rows = await query.execute()
  return rows.map((row) => ({ invoiceId: row['invoiceId'] as string, amountMinor: BigInt(row.amount) }))
}
