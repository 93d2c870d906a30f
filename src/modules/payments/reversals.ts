import { formatMinor } from '../../core/base/money.ts'
import { paymentAllocated, paymentReversed } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { lockAccount } from '../customers/index.ts'
import { postEntry } from '../ledger/index.ts'
import { invoiceReopened, paymentReversed as paymentTakenBack } from './events.ts'
import type { PaymentPorts } from './ports.ts'
import * as reversals from './reversal-store.ts'
import { settleAccount } from './service.ts'
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
  { listDocuments, isOpened }: Pick<PaymentPorts, 'listDocuments' | 'isOpened'>,
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
  const source = { paymentId: id }
  for (const { invoiceId, amountMinor: settled } of await reversals.standingAllocations(db, source))
    await takeBack(db, { accountId, currency, invoiceId, source }, settled, nowMs)
  await postEntry(
    db,
    'payment_reversed',
    reversal.id,
    paymentReversed(accountId, currency, method, BigInt(amountMinor)),
    nowMs,
  )
  await settleAccount(db, accountId, currency, await listDocuments(db, accountId), nowMs)
  return reversal
}

/** Opens documents again that money of an account’s balances had settled, the latest first: that money is gone. */
export async function reopenDocuments(
  db: Database,
  { accountId, currency }: { readonly accountId: string; readonly currency: string },
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  const source = { balanceSource: 'paid' } as const
  let rest = amountMinor
  for (const { invoiceId, amountMinor: settled } of await reversals.standingAllocations(db, { accountId, ...source })) {
    const part = settled < rest ? settled : rest
    if (part > 0n) await takeBack(db, { accountId, currency, invoiceId, source }, part, nowMs)
    rest -= part
  }
}

interface Settled {
  readonly accountId: string
  readonly currency: string
  readonly invoiceId: string
  readonly source: { readonly paymentId: string } | { readonly balanceSource: 'paid' }
}

async function takeBack(
  db: Database,
  { accountId, currency, invoiceId, source }: Settled,
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  const id = newId()
  const allocation = { id, accountId, invoiceId, amountMinor: String(-amountMinor), allocatedAt: new Date(nowMs) }
  await store.insertAllocations(db, [{ ...allocation, ...source }])
  await postEntry(db, 'allocation_reversed', id, paymentAllocated(accountId, currency, -amountMinor), nowMs)
  const data = { currency, amount: formatMinor(amountMinor, currency) }
  await publish(db, [eventOf(invoiceReopened, { objectId: invoiceId, accountId }, data)], nowMs)
}
