import { amountAdvice, formatMinor, parseMinor } from '../../core/base/money.ts'
import {
  depositApplied,
  type MoneyPlace,
  paymentReceived,
  surplusDue,
  writtenOff,
} from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { eventRows } from '../../platform/events/publish.ts'
import type { Metadata } from '../../platform/http/metadata.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { Refusal } from '../../platform/problems.ts'
import { postingRows } from '../ledger/index.ts'
import { lockAccount } from '../parties/index.ts'
import { paymentRecorded } from './events.ts'
import type { Receivables, SettledInvoice } from './ports.ts'
import * as store from './store.ts'

/** The method of what is no payment: money that is given up settles a document as if it had been paid. */
export const WRITE_OFF = 'write_off'

/** The method of what settles a document out of a deposit of its customer. */
export const DEPOSIT = 'deposit'

/** The method of money that was to be paid back and stays the customer's after all. */
export const REFUND_KEPT = 'refund_kept'

/** What settles a document without being received now. */
export interface SettlementDraft {
  readonly key: string
  readonly currency: string
  readonly amountMinor: bigint
  /** A local day of the account. */
  readonly day: string
  readonly reason: string
}

/** What the ledger says of what settles without being received. */
const NOT_RECEIVED = {
  [WRITE_OFF]: { template: 'written_off', postings: writtenOff },
  [DEPOSIT]: { template: 'deposit_applied', postings: depositApplied },
  [REFUND_KEPT]: {
    template: 'surplus_kept',
    postings: (accountId: string, currency: string, amountMinor: bigint) =>
      surplusDue(accountId, currency, -amountMinor),
  },
} as const

/** Writes money off, or pays with a deposit. The account's row is locked; what the money settles is up to the caller. */
export async function recordNotReceived(
  db: Database,
  accountId: string,
  method: keyof typeof NOT_RECEIVED,
  { key, currency, amountMinor, day, reason }: SettlementDraft,
  lowersOwed: boolean,
  nowMs: number,
): Promise<store.Payment> {
  const { template, postings } = NOT_RECEIVED[method]
  const payment = {
    ...{ id: newId(), key, method, currency, receivedOn: day, reference: reason, metadata: {}, accountId },
    ...{ amountMinor: String(amountMinor), createdAt: new Date(nowMs), lowersOwed, balanceAppliedAt: null },
  }
  const entry = { template, documentId: payment.id, postings: postings(accountId, currency, amountMinor) }
  const data = { ...payment, amount: formatMinor(amountMinor, currency) }
  // A document that is given up is told of as such: nobody has paid.
  const told = method === DEPOSIT ? [eventOf(paymentRecorded, { objectId: payment.id, accountId }, data)] : []
  await insertAllRows(db, [store.paymentRows([payment]), postingRows([entry], nowMs), eventRows(told, nowMs)])
  return payment
}

export interface PaymentDraft {
  readonly key: string
  /** `cash`, `bank`, or the clearing account of a payment provider: `gateway:stripe`. */
  readonly method: string
  readonly currency: string
  readonly amount: string
  readonly receivedOn: string
  /** The caller named the day; otherwise it is the day of the first request. */
  readonly isDated: boolean
  readonly reference: string | null
  readonly metadata: Metadata
  /** Of what a bank statement has: the bank account in whose suspense it stands. */
  readonly bank?: string
  /** The documents that it is for; what these do not need of it settles the oldest ones first. */
  readonly invoices?: readonly SettledInvoice[]
}

/**
 * Records money received and settles the account's invoices with it, the oldest first. Where its balances are open, they
 * are notified of it afterwards; otherwise they take it up when they open.
 */
export async function recordPayment(
  db: Database,
  accountId: string,
  draft: PaymentDraft,
  { settle, isOpened }: Receivables,
  nowMs: number,
): Promise<store.Payment> {
  const account = await lockAccount(db, accountId)
  if (draft.currency !== account.currency) {
    throw new Refusal(
      'unprocessable',
      `currency: the account is in ${account.currency}, the payment in ${draft.currency}; write ${account.currency}, or name an account in ${draft.currency}`,
    )
  }
  const amountMinor = parseMinor(draft.amount, draft.currency)
  if (amountMinor === null || amountMinor <= 0n) {
    throw new Refusal('unprocessable', `amount: ${draft.amount} cannot be paid: ${amountAdvice(draft.currency)}`)
  }
  const { key, method, currency, receivedOn, reference, metadata } = draft
  const known = await store.findPayment(db, key)
  if (known !== undefined) {
    // Its natural key makes it the same payment however often it is sent; another one needs another key (policy 13).
    const isSame =
      known.accountId === account.id &&
      known.method === method &&
      known.amountMinor === String(amountMinor) &&
      known.reference === reference &&
      (!draft.isDated || known.receivedOn === receivedOn)
    if (isSame) return known
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another payment`)
  }
  const payment = {
    id: newId(),
    key,
    method,
    currency,
    receivedOn,
    reference,
    metadata,
    accountId: account.id,
    amountMinor: String(amountMinor),
    createdAt: new Date(nowMs),
    lowersOwed: await isOpened(db, account.id),
    balanceAppliedAt: null,
  }
  const data = { ...payment, amount: formatMinor(amountMinor, currency) }
  const [side, place]: [string, MoneyPlace] =
    draft.bank === undefined ? [method, 'cash'] : [draft.bank, 'suspense_cash']
  const postings = paymentReceived(account.id, currency, side, amountMinor, place)
  await insertAllRows(db, [
    store.paymentRows([payment]),
    postingRows([{ template: 'payment_received', documentId: payment.id, postings }], nowMs),
    eventRows([eventOf(paymentRecorded, { objectId: payment.id, accountId: account.id }, data)], nowMs),
  ])
  const { invoices } = draft
  const first = invoices === undefined ? undefined : { paymentId: payment.id, invoices }
  await settle(db, account.id, currency, nowMs, first)
  return payment
}
