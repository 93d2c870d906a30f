import type { Database } from '../../platform/db.ts'
import { chargeAt } from './auto-charge.ts'
import { autoChargeOf } from './auto-charge-job.ts'
import { defaultMethod } from './method-store.ts'

/**
 * Has documents of an account charged by themselves once more, now, though banks may have refused them for good: what follows on another refusal is as
 * ever. Twice for the same document is once, and what is charged already is not charged again.
 * @returns how many, or why none can be
 */
export async function chargeAgain(
  db: Database,
  { accountId, invoiceIds }: { readonly accountId: string; readonly invoiceIds: readonly string[] },
  nowMs: number,
): Promise<number | 'never' | 'no_method'> {
  if ((await autoChargeOf(db, accountId)) === 'never') return 'never'
  if ((await defaultMethod(db, accountId)) === undefined) return 'no_method'
  for (const invoiceId of invoiceIds) {
    const query = db.selectFrom('paymentAttempt').select('id').where('invoiceId', '=', invoiceId)
    const refused = await query.where('origin', '=', 'auto').where('state', '=', 'failed').execute()
    await chargeAt(db, { invoiceId, accountId }, refused.length, nowMs, nowMs)
  }
  return invoiceIds.length
}
