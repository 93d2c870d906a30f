import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Account } from '../parties/index.ts'
import { recordNotReceived, reversePayment, WRITE_OFF } from '../payments/index.ts'
import type { WriteOff } from './allocation-store.ts'
import { invoiceWrittenOff } from './events.ts'
import { isOpened } from './opening-store.ts'
import { REOPENING } from './reopen.ts'
import type { AccountSettlement } from './settle.ts'

/** Money that is given up of a document: all that is open of it, or a part. */
export interface WriteOffAsked {
  readonly key: string
  readonly invoiceId: string
  readonly amountMinor: bigint
  readonly reason: string
}

type OwnAccount = Pick<Account, 'id' | 'currency' | 'zone'>

/** Gives money up that is open of a document: it is settled as if it had been paid. The account's row is locked. @returns when */
export async function writeOffOpen(
  db: Database,
  { id: accountId, currency, zone }: OwnAccount,
  settlement: AccountSettlement,
  { key, invoiceId, amountMinor, reason }: WriteOffAsked,
  nowMs: number,
): Promise<Date> {
  const off = { key, currency, amountMinor, day: dayOf(nowMs, zone), reason }
  const payment = await recordNotReceived(db, accountId, WRITE_OFF, off, await isOpened(db, accountId), nowMs)
  await settlement.settleOne(payment.id, invoiceId, amountMinor, nowMs)
  const told = { key, currency, amount: formatMinor(amountMinor, currency), reason }
  await publish(db, [eventOf(invoiceWrittenOff, { objectId: invoiceId, accountId }, told)], nowMs)
  return payment.createdAt
}

/**
 * What is credited of a document that was written off takes the write-off back first: nobody has paid for it, so that it is no money of the
 * customer's. Example: of 12.00 that were written off 3.60 are credited; the 12.00 are taken back and 8.40 written off, and the 3.60 that
 * are open again are settled by the credit.
 * @param byMinor what is credited, with tax
 * @param because the number of the document that credits it
 */
export async function lowerWriteOff(
  db: Database,
  account: OwnAccount,
  settlement: AccountSettlement,
  { invoiceId, paymentId, amountMinor, reason }: WriteOff,
  { byMinor, because }: { readonly byMinor: bigint; readonly because: string },
  nowMs: number,
): Promise<void> {
  const reversal = { reason: `${because} credits it`, reversedBy: 'billing' }
  await reversePayment(db, { id: paymentId }, reversal, REOPENING, nowMs)
  settlement.forget()
  const rest = amountMinor - byMinor
  if (rest <= 0n) return
  const again = { key: `write-off:${paymentId}`, invoiceId, amountMinor: rest, reason }
  await writeOffOpen(db, account, settlement, again, nowMs)
}
