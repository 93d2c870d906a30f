import { formatMinor } from '../../core/base/money.ts'
import { bankFeeTaken, bankMoneyOutside, recordedPaymentFound } from '../../core/ledger/bank-templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { postEntry } from '../ledger/index.ts'
import { lockAccounts } from '../parties/index.ts'
import type { Payout } from '../payment-gateways/index.ts'
import { leftOfPayment, listReversals, type Payment, recordPayment, reversePayment } from '../payments/index.ts'
import { getRefund, type Receivables, recordSent } from '../receivables/index.ts'
import { lineMatched } from './events.ts'
import { orderFailed, orderSettled } from './sepa-orders.ts'
import type { SepaOrder } from './sepa-store.ts'
import * as store from './store.ts'

/** Who decides that money is for something: a rule with its score, or somebody. */
export interface Decision {
  readonly madeBy: string
  /** In thousandths; null where somebody decided. */
  readonly score: number | null
  readonly reasons: readonly string[]
}

/** A line that is locked, with its bank account. */
export interface HeldLine {
  readonly line: store.LineRow
  readonly bank: store.BankAccount
}

/** Money for an account, and the documents that it is for. */
export interface PaymentPart {
  readonly accountId: string
  /** What the customer has paid; null is all that is open of the line. */
  readonly amountMinor: bigint | null
  readonly invoices: readonly { readonly id: string; readonly amountMinor: bigint }[]
  /** What banks kept of it: a cost, which the customer has paid. */
  readonly chargesMinor: bigint
}

/** Locks a line for a decision: first the account that its money is for, as everybody does who moves its money. */
export async function holdLine(db: Database, lineId: string, accountIds: readonly string[] = []): Promise<HeldLine> {
  await lockAccounts(db, accountIds)
  const line = await store.getLine(db, lineId, true)
  return { line, bank: await store.getBankAccount(db, line.bankAccountId) }
}

/** Books money of a line as a payment of an account. The account's row is locked. */
export async function bookPayment(
  db: Database,
  { line, bank }: HeldLine,
  { accountId, amountMinor, invoices, chargesMinor }: PaymentPart,
  decision: Decision,
  receivables: Receivables,
  nowMs: number,
): Promise<Payment> {
  const { key, currency } = bank
  const open = await store.openMinor(db, line)
  const minor = amountMinor ?? open + chargesMinor
  if (minor <= 0n || minor - chargesMinor > open)
    throw new Refusal('unprocessable', `amount: ${formatMinor(open, currency)} ${currency} of the line are open`)
  const id = newId()
  const draft = {
    ...({
      key: `bank:${id}`,
      method: 'bank',
      currency,
      amount: formatMinor(minor, currency),
      receivedOn: line.bookedOn,
    } as const),
    ...{ isDated: true, reference: line.remittance.slice(0, 500) || null, metadata: {}, bank: key, invoices },
  }
  const payment = await recordPayment(db, accountId, draft, receivables, nowMs)
  await insertMatch(
    db,
    { line, bank },
    { id, kind: 'payment', amountMinor: minor, paymentId: payment.id },
    decision,
    nowMs,
  )
  if (chargesMinor > 0n) await bookFee(db, { line, bank }, -chargesMinor, decision, nowMs)
  await finish(db, line, accountId)
  return payment
}

/** Books money as a cost of the bank. @param amountMinor below zero, as it stands on the line */
export async function bookFee(
  db: Database,
  held: HeldLine,
  amountMinor: bigint,
  decision: Decision,
  nowMs: number,
): Promise<void> {
  const id = newId()
  await insertMatch(db, held, { id, kind: 'fee', amountMinor }, decision, nowMs)
  const { key, currency } = held.bank
  await postEntry(db, 'bank_fee_taken', id, bankFeeTaken(key, currency, -amountMinor), nowMs)
  await finish(db, held.line, null)
}

/** Books money that has nothing to do with customers: other books have it. */
export async function bookOutside(db: Database, held: HeldLine, decision: Decision, nowMs: number): Promise<void> {
  const amountMinor = await openOf(db, held)
  const id = newId()
  await insertMatch(db, held, { id, kind: 'outside', amountMinor }, decision, nowMs)
  const { key, currency } = held.bank
  await postEntry(db, 'bank_money_outside', id, bankMoneyOutside(key, currency, amountMinor, 'suspense_cash'), nowMs)
  await finish(db, held.line, null)
}

/** A refund that was due went out, alone or with others that the bank has booked in one amount. The account's row is locked. */
export async function bookRefund(
  db: Database,
  held: HeldLine,
  refundId: string,
  decision: Decision,
  nowMs: number,
): Promise<void> {
  const open = await openOf(db, held)
  const refund = await getRefund(db, refundId)
  const amountMinor = -BigInt(refund.amountMinor)
  if (refund.sentAt !== null || refund.currency !== held.bank.currency)
    throw new Refusal('unprocessable', `refund: ${refundId} is none that is due in ${held.bank.currency}`)
  if (open > amountMinor)
    throw new Refusal(
      'unprocessable',
      `refund: ${formatMinor(-amountMinor, refund.currency)} are due, and the line has ${formatMinor(open, held.bank.currency)}`,
    )
  const order = await db
    .selectFrom('sepaOrder')
    .select(['id', 'endToEndId'])
    .where('refundId', '=', refundId)
    .where('state', '=', 'sent')
    .executeTakeFirst()
  const sent = { method: 'bank', reference: held.line.endToEndId, sentOn: held.line.bookedOn } as const
  await recordSent(db, refundId, sent, decision.madeBy, nowMs, { key: held.bank.key, orderId: order?.id ?? null })
  if (order !== undefined) await orderSettled(db, order, null, nowMs)
  await insertMatch(db, held, { id: newId(), kind: 'refund', amountMinor, refundId }, decision, nowMs)
  await finish(db, held.line, refund.accountId)
}

/**
 * Money that had come in went back: the payment that was made of it is reversed, and what it settled is open again. What the line
 * has beyond the payment is a fee of the bank.
 */
export async function bookReturn(
  db: Database,
  held: HeldLine,
  payment: Payment,
  decision: Decision,
  receivables: Receivables,
  nowMs: number,
): Promise<void> {
  const amountMinor = await openOf(db, held)
  const paid = leftOfPayment(payment, await listReversals(db, [payment.id]))
  const { key, currency } = held.bank
  if (payment.currency !== currency || paid === 0n || amountMinor > -paid)
    throw new Refusal(
      'unprocessable',
      `payment: ${payment.key} has ${formatMinor(paid, payment.currency)}, and the line ${formatMinor(amountMinor, currency)}`,
    )
  const known = await db
    .selectFrom('bankMatch')
    .select('bankLineId')
    .where('paymentId', '=', payment.id)
    .where('undoneAt', 'is', null)
    .execute()
  if (known.length !== 1)
    throw new Refusal(
      'unprocessable',
      `payment: ${payment.key} ${known.length === 0 ? 'did not come by a bank statement: reverse it (kvit payment reverse), and book the line as outside' : 'went back already'}`,
    )
  // First the match, so that the reversal finds who has the money now.
  await insertMatch(
    db,
    held,
    { id: newId(), kind: 'return', amountMinor: -paid, paymentId: payment.id },
    decision,
    nowMs,
  )
  const reason = `returned by bank account ${key} on ${held.line.bookedOn}${held.line.returnReason === null ? '' : `: ${held.line.returnReason}`}`
  await reversePayment(db, payment, { reason, reversedBy: decision.madeBy }, receivables, nowMs)
  const order = await db.selectFrom('sepaOrder').selectAll().where('paymentId', '=', payment.id).executeTakeFirst()
  if (order !== undefined) await orderFailed(db, order as SepaOrder, 'returned', held.line.returnReason, nowMs)
  if (amountMinor < -paid) await bookFee(db, held, amountMinor + paid, decision, nowMs)
  await finish(db, held.line, payment.accountId)
}

/** A payment that somebody had recorded by hand is this line. The account's row is locked. */
export async function bookRecorded(
  db: Database,
  held: HeldLine,
  payment: Payment,
  decision: Decision,
  nowMs: number,
): Promise<void> {
  const amountMinor = await openOf(db, held)
  const { key, currency } = held.bank
  const known = await db
    .selectFrom('bankMatch')
    .select('id')
    .where('paymentId', '=', payment.id)
    .where('undoneAt', 'is', null)
    .executeTakeFirst()
  if (known !== undefined) throw new Refusal('conflict', `payment: ${payment.key} is on a bank statement already`)
  if (payment.currency !== currency || BigInt(payment.amountMinor) !== amountMinor)
    throw new Refusal('unprocessable', `payment: ${payment.key} has another amount than the line`)
  const id = newId()
  await insertMatch(db, held, { id, kind: 'recorded', amountMinor, paymentId: payment.id }, decision, nowMs)
  await postEntry(
    db,
    'recorded_payment_found',
    id,
    recordedPaymentFound(key, currency, payment.method, amountMinor),
    nowMs,
  )
  await finish(db, held.line, payment.accountId)
}

/** What a payment provider has paid out is this line: it is booked as cash of the bank already. */
export async function bookPayout(
  db: Database,
  held: HeldLine,
  payout: Payout,
  decision: Decision,
  nowMs: number,
): Promise<void> {
  const amountMinor = await openOf(db, held)
  const { key, currency } = held.bank
  if (payout.currency !== currency || BigInt(payout.netMinor) !== amountMinor)
    throw new Refusal(
      'unprocessable',
      `payout: ${payout.providerId} came to ${formatMinor(BigInt(payout.netMinor), payout.currency)} ${payout.currency}, and the line has ${formatMinor(amountMinor, currency)} ${currency}`,
    )
  if ((await store.matchedPayouts(db, [payout.id])).size > 0)
    throw new Refusal('conflict', `payout: ${payout.providerId} is on a bank statement already`)
  const id = newId()
  await insertMatch(db, held, { id, kind: 'payout', amountMinor, payoutId: payout.id }, decision, nowMs)
  await postEntry(db, 'recorded_payment_found', id, recordedPaymentFound(key, currency, 'bank', amountMinor), nowMs)
  await finish(db, held.line, null)
}

/** Two lines take each other back: money that was returned to its sender, or moved there and back. */
export async function bookOffset(
  db: Database,
  held: HeldLine,
  other: store.LineRow,
  decision: Decision,
  nowMs: number,
): Promise<void> {
  const [amountMinor, otherMinor] = [await openOf(db, held), await store.openMinor(db, other)]
  if (other.bankAccountId !== held.bank.id || otherMinor !== -amountMinor)
    throw new Refusal(
      'unprocessable',
      'line: the two lines are of one bank account, and their open amounts come to nothing',
    )
  const both: readonly (readonly [HeldLine, string, bigint])[] = [
    [held, other.id, amountMinor],
    [{ ...held, line: other }, held.line.id, otherMinor],
  ]
  for (const [one, otherLineId, minor] of both) {
    await insertMatch(db, one, { id: newId(), kind: 'offset', amountMinor: minor, otherLineId }, decision, nowMs)
    await finish(db, one.line, null)
  }
}

export async function openOf(db: Database, { line }: HeldLine): Promise<bigint> {
  const open = await store.openMinor(db, line)
  if (open === 0n) throw new Refusal('conflict', 'the line is matched already: undo that first')
  return open
}

export async function insertMatch(
  db: Database,
  { line, bank }: HeldLine,
  match: Pick<store.MatchRow, 'id' | 'kind'> & { readonly amountMinor: bigint } & Partial<
      Pick<store.MatchRow, 'paymentId' | 'refundId' | 'payoutId' | 'cashMovementId' | 'otherLineId'>
    >,
  { madeBy, score, reasons }: Decision,
  nowMs: number,
): Promise<void> {
  const { id, kind, amountMinor, paymentId = null, refundId = null, payoutId = null, otherLineId = null } = match
  const { cashMovementId = null } = match
  await db
    .insertInto('bankMatch')
    .values({
      ...{ id, bankLineId: line.id, kind, amountMinor: String(amountMinor) },
      ...{ paymentId, refundId, payoutId, cashMovementId, otherLineId },
      ...{
        score,
        reasons: JSON.stringify(reasons),
        madeBy,
        createdAt: new Date(nowMs),
        undoneAt: null,
        undoneBy: null,
      },
    })
    .execute()
  const told = {
    bankAccount: bank.key,
    kind,
    currency: bank.currency,
    amount: formatMinor(amountMinor, bank.currency),
    score,
  }
  await publish(db, [eventOf(lineMatched, { objectId: line.id }, told)], nowMs)
}

/** A line is done once nothing of it is open; until then the rest of it waits. */
export async function finish(db: Database, line: store.LineRow, accountId: string | null): Promise<void> {
  const open = await store.openMinor(db, line)
  await store.updateLine(db, line.id, {
    state: open === 0n ? 'done' : 'waiting',
    ...(accountId === null ? {} : { accountId }),
  })
}
