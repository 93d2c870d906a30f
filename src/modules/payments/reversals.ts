import { formatMinor } from '../../core/base/money.ts'
import { depositApplied, paymentReversed, writtenOff } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { postEntry } from '../ledger/index.ts'
import { lockAccount } from '../parties/index.ts'
import { paymentReversed as paymentTakenBack } from './events.ts'
import type { Receivables } from './ports.ts'
import * as reversals from './reversal-store.ts'
import { DEPOSIT, WRITE_OFF } from './service.ts'
import * as store from './store.ts'

/**
 * Takes a payment back that bounced or was a mistake: what it settled is open again, and may be settled by other money that
 * is there. Nothing is edited: the mirrors of its postings and allocations are added. A payment is reversed once; asked
 * again with the same reason, the first answer comes again.
 */
export async function reversePayment(
  db: Database,
  { id }: Pick<store.Payment, 'id'>,
  { reason, reversedBy }: { readonly reason: string; readonly reversedBy: string },
  { reopenPaid, settle, isOpened }: Receivables,
  nowMs: number,
): Promise<reversals.PaymentReversal> {
  const payment = (await store.getPayment(db, id)) as store.Payment
  const { accountId, currency, amountMinor, method } = payment
  await lockAccount(db, accountId)
  const known = await reversals.findReversal(db, id)
  if (known !== undefined) {
    if (known.reason === reason) return known
    throw new Refusal('conflict', `the payment is reversed already: ${known.reason}`)
  }
  const reversal = {
    ...{ id: newId(), paymentId: id, accountId, amountMinor, reason, reversedBy },
    createdAt: new Date(nowMs),
    raisesOwed: await isOpened(db, accountId),
    balanceAppliedAt: null,
  }
  await reversals.insertReversal(db, reversal)
  const data = { ...payment, amount: formatMinor(BigInt(amountMinor), currency), reason }
  await publish(db, [eventOf(paymentTakenBack, { objectId: id, accountId }, data)], nowMs)
  await reopenPaid(db, payment, nowMs)
  const minor = BigInt(amountMinor)
  if (method === WRITE_OFF)
    await postEntry(db, 'write_off_recovered', reversal.id, writtenOff(accountId, currency, -minor), nowMs)
  else if (method === DEPOSIT)
    await postEntry(db, 'deposit_applied', reversal.id, depositApplied(accountId, currency, -minor), nowMs)
  else await postEntry(db, 'payment_reversed', reversal.id, paymentReversed(accountId, currency, method, minor), nowMs)
  await settle(db, accountId, currency, nowMs)
  return reversal
}
