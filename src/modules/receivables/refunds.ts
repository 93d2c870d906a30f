import { amountAdvice, formatMinor, parseMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import type { Posting } from '../../core/ledger/chart.ts'
import { refundDue, refundSent } from '../../core/ledger/templates.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { postEntry } from '../ledger/index.ts'
import { getRow, lockAccount } from '../parties/index.ts'
import {
  getPayment,
  leftOfPayment,
  listReversals,
  type PaymentPorts,
  REFUND_KEPT,
  recordNotReceived,
  takeBack,
} from '../payments/index.ts'
import { settledByPayment } from './allocation-store.ts'
import { refundIsDue, refundWasKept, refundWasSent } from './events.ts'
import { findRefundOfKey, getRefund, insertRefund, type Refund } from './refund-store.ts'

type Receivables = PaymentPorts['receivables']

/** What a refund that is not sent but stays the customer's has in place of the way that it was sent by. */
export const KEPT = 'kept'

const NOT_SENT = { method: null, reference: null, sentOn: null, sentAt: null, recordedBy: null, attemptId: null }

/** Notes that money of a credit note is to be paid back. The account's row is locked. */
export async function oweRefund(
  db: Database,
  {
    accountId,
    currency,
    creditNoteId,
    amountMinor,
  }: Pick<Refund, 'accountId' | 'currency' | 'creditNoteId'> & { readonly amountMinor: bigint },
  nowMs: number,
): Promise<string> {
  const of = { accountId, creditNoteId, paymentId: null, key: null, currency, amountMinor: String(amountMinor) }
  const id = await keepDue(db, of, nowMs)
  await postEntry(db, 'refund_due', id, refundDue(accountId, currency, amountMinor), nowMs)
  return id
}

type Due = Pick<Refund, 'accountId' | 'creditNoteId' | 'paymentId' | 'key' | 'currency' | 'amountMinor'>

async function keepDue(db: Database, due: Due, nowMs: number): Promise<string> {
  const { accountId, creditNoteId, paymentId, currency, amountMinor } = due
  const id = newId()
  await insertRefund(db, { id, ...due, createdAt: new Date(nowMs), ...NOT_SENT })
  const data = { creditNoteId, paymentId, currency, amount: formatMinor(BigInt(amountMinor), currency) }
  await publish(db, [eventOf(refundIsDue, { objectId: id, accountId }, data)], nowMs)
  return id
}

/**
 * Notes that what a payment did not need is to be paid back: of 100.00 that settled 60.00, up to 40.00. From now on nothing is settled with it.
 * @param amount a decimal; all that settles nothing where it is absent
 */
export async function oweSurplus(
  db: Database,
  reference: string,
  { key, amount, reason }: { readonly key: string; readonly amount: string | undefined; readonly reason: string },
  recordedBy: string,
  receivables: Receivables,
  nowMs: number,
): Promise<Refund> {
  const payment = await getPayment(db, reference)
  const { id: paymentId, accountId, currency } = payment
  await lockAccount(db, accountId)
  const settled = await settledByPayment(db, paymentId)
  const left = leftOfPayment(payment, await listReversals(db, [paymentId]))
  const freeMinor = settled.reduce((rest, { amountMinor }) => rest - amountMinor, left)
  const amountMinor = amount === undefined ? freeMinor : parseMinor(amount, currency)
  if (amountMinor === null || (amount !== undefined && amountMinor <= 0n))
    throw new Refusal('unprocessable', `amount: ${amount} cannot be paid back: ${amountAdvice(currency)}`)
  const known = await findRefundOfKey(db, key)
  if (known !== undefined) {
    if (known.paymentId === paymentId && (amount === undefined || known.amountMinor === String(amountMinor)))
      return known
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another refund`)
  }
  if (amountMinor > freeMinor || amountMinor === 0n)
    throw new Refusal(
      'insufficient_balance',
      `${formatMinor(freeMinor, currency)} ${currency} of the payment ${payment.key} settle nothing: credit a document to pay back what settled it`,
    )
  const taken = { amountMinor, isOwed: true, reason, reversedBy: recordedBy }
  await takeBack(db, payment, taken, receivables, nowMs)
  const due = { accountId, creditNoteId: null, paymentId, key, currency, amountMinor: String(amountMinor) }
  return getRefund(db, await keepDue(db, due, nowMs))
}

export interface SentDraft {
  readonly method: string
  readonly reference: string | null
  /** Today, by the zone of the account, when absent. */
  readonly sentOn?: string | undefined
}

/**
 * Records that a refund was sent; once, and the same again gives the same answer.
 * @param bank where a bank statement has it: the bank account in whose suspense the money stands, and the order by which it was sent
 */
export async function recordSent(
  db: Database,
  id: string,
  draft: SentDraft,
  recordedBy: string,
  nowMs: number,
  bank: { readonly key: string; readonly orderId: string | null } | null = null,
): Promise<Refund> {
  const refund = await lockRefund(db, id)
  const { method, reference } = draft
  if (refund.sentAt !== null) {
    const isSame =
      refund.method === method && refund.reference === reference && (draft.sentOn ?? refund.sentOn) === refund.sentOn
    if (isSame) return refund
    throw new Refusal('conflict', `the refund was sent already: by ${refund.method} on ${refund.sentOn}`)
  }
  if (bank === null || refund.attemptId !== bank.orderId) assertNotSending(refund)
  return markSent(db, refund, draft, recordedBy, nowMs, bank?.key)
}

/** What was to be paid back of a payment stays the customer's after all, and settles what is open. */
export async function keepRefund(
  db: Database,
  id: string,
  reason: string,
  recordedBy: string,
  { settle, isOpened }: Receivables,
  nowMs: number,
): Promise<Refund> {
  const refund = await lockRefund(db, id)
  const { accountId, currency } = refund
  if (refund.method === KEPT && refund.reference === reason) return refund
  if (refund.paymentId === null)
    throw new Refusal('conflict', 'money of a credit note was promised to the customer: it can only be sent')
  if (refund.sentAt !== null) throw new Refusal('conflict', `the refund is over: ${refund.method}`)
  assertNotSending(refund)
  const { zone } = await getRow(db, 'account', accountId)
  const amountMinor = BigInt(refund.amountMinor)
  const draft = { key: `refund-kept:${id}`, currency, amountMinor, day: dayOf(nowMs, zone), reason }
  await recordNotReceived(db, accountId, REFUND_KEPT, draft, await isOpened(db, accountId), nowMs)
  const kept = await endRefund(db, refund, { method: KEPT, reference: reason, sentOn: draft.day }, recordedBy, nowMs)
  const data = { currency, amount: formatMinor(amountMinor, currency), reason }
  await publish(db, [eventOf(refundWasKept, { objectId: id, accountId }, data)], nowMs)
  await settle(db, accountId, currency, nowMs)
  return kept
}

/**
 * Claims a refund for whatever sends it: an attempt of a gateway, or an order in a file for a bank; null sets it free. Meanwhile nobody else
 * sends it. The account's row is locked.
 */
export async function sendingBy(db: Database, { id }: Pick<Refund, 'id'>, attemptId: string | null): Promise<void> {
  await db.updateTable('refund').set({ attemptId }).where('id', '=', id).execute()
}

/** A gateway has sent a refund that an attempt had claimed. The account's row is locked. */
export async function sentThrough(
  db: Database,
  id: string,
  draft: SentDraft,
  recordedBy: string,
  nowMs: number,
): Promise<void> {
  const refund = await getRefund(db, id)
  if (refund.sentAt === null) await markSent(db, refund, draft, recordedBy, nowMs)
}

async function lockRefund(db: Database, id: string): Promise<Refund> {
  await lockAccount(db, (await getRefund(db, id)).accountId)
  return getRefund(db, id)
}

/** @throws Refusal where a gateway or a bank is sending it already */
export function assertNotSending({ attemptId }: Pick<Refund, 'attemptId'>): void {
  if (attemptId !== null)
    throw new Refusal(
      'conflict',
      `a gateway or a bank is sending the refund: the attempt, or the order of a file, ${attemptId} says what came of it`,
    )
}

async function markSent(
  db: Database,
  refund: Refund,
  { method, reference, sentOn }: SentDraft,
  recordedBy: string,
  nowMs: number,
  bank: string | null = null,
): Promise<Refund> {
  const { id, accountId, currency } = refund
  const amountMinor = BigInt(refund.amountMinor)
  const { zone } = await getRow(db, 'account', accountId)
  const sent = { method, reference, sentOn: sentOn ?? dayOf(nowMs, zone) }
  const ended = await endRefund(db, refund, sent, recordedBy, nowMs)
  const postings: Posting[] =
    bank === null
      ? refundSent(accountId, currency, method, amountMinor)
      : refundSent(accountId, currency, bank, amountMinor, 'suspense_cash')
  await postEntry(db, 'refund_sent', id, postings, nowMs)
  const data = { currency, amount: formatMinor(amountMinor, currency), ...sent }
  await publish(db, [eventOf(refundWasSent, { objectId: id, accountId }, data)], nowMs)
  return ended
}

async function endRefund(
  db: Database,
  refund: Refund,
  {
    method,
    reference,
    sentOn,
  }: { readonly method: string; readonly reference: string | null; readonly sentOn: string },
  recordedBy: string,
  nowMs: number,
): Promise<Refund> {
  const ended = { method, reference, sentOn, sentAt: new Date(nowMs), recordedBy }
  await db.updateTable('refund').set(ended).where('id', '=', refund.id).execute()
  await noteChange(db, 'refund that was sent', refund.id)
  return { ...refund, ...ended }
}
