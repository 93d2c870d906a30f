import { assert, present } from '../../core/base/assert.ts'
import { formatMinor } from '../../core/base/money.ts'
import type { Posting } from '../../core/ledger/chart.ts'
import { depositApplied, received, surplusDue, type TemplateName, writtenOff } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { postEntry, postingsOf } from '../ledger/index.ts'
import { lockAccount } from '../parties/index.ts'
import { paymentReversed as paymentTakenBack } from './events.ts'
import type { Receivables } from './ports.ts'
import * as reversals from './reversal-store.ts'
import { DEPOSIT, REFUND_KEPT, WRITE_OFF } from './service.ts'
import * as store from './store.ts'

/** Why money of a payment is taken back, and who says so. */
interface Reason {
  readonly reason: string
  readonly reversedBy: string
}

/**
 * Takes a payment back that bounced or was a mistake: what it settled is open again, and may be settled by other money that
 * is there. Nothing is edited: the mirrors of its postings and allocations are added. Of a payment of which a part was taken back
 * already, the rest is. Asked again with the same reason, the first answer comes again.
 */
export async function reversePayment(
  db: Database,
  { id }: Pick<store.Payment, 'id'>,
  reason: Reason,
  receivables: Receivables,
  nowMs: number,
): Promise<reversals.PaymentReversal> {
  const payment = await store.getPayment(db, id)
  await lockAccount(db, payment.accountId)
  const known = await reversals.listReversals(db, [id])
  const leftMinor = leftOfPayment(payment, known)
  const last = known.at(-1)
  if (leftMinor === 0n && last !== undefined) {
    if (last.reason === reason.reason) return last
    throw new Refusal('conflict', `the payment is reversed already: ${last.reason}`)
  }
  return takeBack(db, payment, { ...reason, amountMinor: leftMinor }, receivables, nowMs)
}

/** What of a payment was not taken back, in minor units, whatever it settles. */
export function leftOfPayment(
  { amountMinor }: Pick<store.Payment, 'amountMinor'>,
  taken: readonly Pick<reversals.PaymentReversal, 'amountMinor'>[],
): bigint {
  return taken.reduce((left, one) => left - BigInt(one.amountMinor), BigInt(amountMinor))
}

/**
 * Takes money of a payment back, or a part of it: a reversal, a chargeback, or a surplus that is to be paid back. What it settled is open
 * again, the latest first, as far as the rest of the payment does not cover it: of 100.00 that settled 60.00, 30.00 can be taken
 * back and nothing opens. The account's row is locked.
 */
export async function takeBack(
  db: Database,
  payment: store.Payment,
  {
    amountMinor,
    isOwed = false,
    reason,
    reversedBy,
  }: Reason & {
    readonly amountMinor: bigint
    /** It is to be paid back, and has not left yet. */
    readonly isOwed?: boolean
  },
  { reopenPaid, settle, isOpened, onReversed }: Receivables,
  nowMs: number,
): Promise<reversals.PaymentReversal> {
  const { id, accountId, currency } = payment
  const leftMinor = leftOfPayment(payment, await reversals.listReversals(db, [id])) - amountMinor
  assert(amountMinor > 0n && leftMinor >= 0n, 'no more of a payment is taken back than there is')
  const reversal = {
    ...{ id: newId(), paymentId: id, accountId, amountMinor: String(amountMinor), reason, reversedBy },
    createdAt: new Date(nowMs),
    raisesOwed: await isOpened(db, accountId),
    balanceAppliedAt: null,
  }
  await reversals.insertReversal(db, reversal)
  const data = { ...payment, amount: formatMinor(amountMinor, currency), reason }
  await publish(db, [eventOf(paymentTakenBack, { objectId: id, accountId }, data)], nowMs)
  await reopenPaid(db, payment, leftMinor, nowMs)
  const [template, postings] = isOwed
    ? (['surplus_due', surplusDue(accountId, currency, amountMinor)] as const)
    : await mirrorOf(db, payment, amountMinor)
  await postEntry(db, template, reversal.id, [...postings], nowMs)
  if (!isOwed) await onReversed(db, payment, amountMinor, nowMs)
  await settle(db, accountId, currency, nowMs)
  return reversal
}

/** What the ledger says of money that is taken back: of a payment that came in, its money leaves where it had come to. */
async function mirrorOf(
  db: Database,
  { id, accountId, currency, method }: store.Payment,
  minor: bigint,
): Promise<readonly [TemplateName, readonly Posting[]]> {
  if (method === WRITE_OFF) return ['write_off_recovered', writtenOff(accountId, currency, -minor)]
  if (method === DEPOSIT) return ['deposit_applied', depositApplied(accountId, currency, -minor)]
  if (method === REFUND_KEPT) return ['surplus_due', surplusDue(accountId, currency, minor)]
  const [place] = (await postingsOf(db, 'payment_received', id)).filter(({ accountId: owner }) => owner === null)
  const { ledgerAccount } = present(place, 'where a payment has come to')
  return ['payment_reversed', received(accountId, currency, ledgerAccount, -minor)]
}
