import { getPayment, leftOfPayment, listReversals, takeBack } from '../payments/index.ts'
import { listRefundAttempts } from './attempt-store.ts'
import type { PaidAttempt } from './disputes.ts'
import type { Recording } from './recording.ts'

/**
 * What was refunded at the gateway without Kvit, such as on its own pages: the money is gone from the payment, and what it had settled is to be
 * paid again, as far as the payment has it. While a refund of ours is under way, nobody can tell ours from others: it is looked at afterwards.
 */
export async function recordForeignRefunds(
  into: Recording,
  attempt: PaidAttempt,
  refundedMinor: bigint,
): Promise<void> {
  const { db, gateway, receivables, nowMs } = into
  const refunds = await listRefundAttempts(db, attempt.id)
  if (refunds.some(({ state }) => state === 'created' || state === 'pending' || state === 'unknown')) return
  const own = refunds.filter(({ state }) => state === 'succeeded')
  const ownMinor = own.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
  const foreignMinor = refundedMinor - ownMinor - BigInt(attempt.refundedMinor)
  if (foreignMinor <= 0n) return
  const payment = await getPayment(db, attempt.paymentId)
  const left = leftOfPayment(payment, await listReversals(db, [payment.id]))
  const amountMinor = foreignMinor < left ? foreignMinor : left
  if (amountMinor <= 0n) return
  const taken = { amountMinor, reason: `refunded at ${gateway.name}`, reversedBy: attempt.id }
  await takeBack(db, payment, taken, receivables, nowMs)
  const refunded = String(BigInt(attempt.refundedMinor) + amountMinor)
  await db.updateTable('paymentAttempt').set({ refundedMinor: refunded }).where('id', '=', attempt.id).execute()
}
