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

export async function listReversals(db: Database, paymentIds: readonly string[]): Promise<PaymentReversal[]> {
  const query = db.selectFrom('paymentReversal').selectAll()
  return await query.where('paymentId', '=', anyOf(paymentIds)).orderBy('id').execute()
}

export async function insertReversal(db: Database, reversal: PaymentReversal): Promise<void> {
  await db.insertInto('paymentReversal').values(reversal).execute()
}

/** Reversals that the balances of an account have not been notified of yet. */
export async function listReversalsToApply(db: Database, accountId: string): Promise<PaymentReversal[]> {
  const query = db.selectFrom('paymentReversal').selectAll().where('accountId', '=', accountId)
  const open = query.where('raisesOwed', '=', true).where('balanceAppliedAt', 'is', null)
  return await open.orderBy('id').execute()
}

export async function markReversalApplied(db: Database, id: string, nowMs: number): Promise<void> {
  const query = db.updateTable('paymentReversal').set({ balanceAppliedAt: new Date(nowMs) })
  await query.where('id', '=', id).execute()
}
