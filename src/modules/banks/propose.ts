import { matchTransaction, type Proposal } from '../../core/banking/matching/match-transaction.ts'
import type { OpenItems } from '../../core/banking/matching/open-items.ts'
import { returnReason } from '../../core/banking/sepa/return-reasons.ts'
import type { Database } from '../../platform/db.ts'
import { listPayoutsOf, type Payout } from '../payment-gateways/index.ts'
import { ordersOfLine, type SepaOrder } from './sepa-store.ts'
import type { MatchingTerms } from './settings.ts'
import type * as store from './store.ts'
import { matchedPayouts } from './store.ts'

/** What a rule makes of a line. */
export type Verdict =
  | { readonly kind: 'payment'; readonly proposal: Proposal }
  | { readonly kind: 'fee' }
  | { readonly kind: 'payout'; readonly payout: Payout; readonly reasons: readonly string[] }
  | { readonly kind: 'return'; readonly paymentId: string; readonly reasons: readonly string[] }
  | { readonly kind: 'orders'; readonly orders: readonly SepaOrder[]; readonly reasons: readonly string[] }
  | { readonly kind: 'refunds'; readonly orders: readonly SepaOrder[]; readonly reasons: readonly string[] }
  | { readonly kind: 'wait'; readonly proposals: readonly Proposal[] }

/** Codes of what banks take: of ISO 20022, of SWIFT, and of German banks. */
const FEE_CODES = /\/(CHRG|FEES|COMM|COME|COMI|COMT)\b|^[NF]CHG\b|\b80[5689]$/
/** Days in which a bank takes an entry of its own back. */
const REVERSAL_DAYS = 90

/** What a line is for, by rule. Money that came in and fits a payment that was recorded by hand waits for somebody: it may be the same. */
export async function decideLine(
  db: Database,
  line: store.LineRow,
  bank: Pick<store.BankAccount, 'currency'>,
  known: OpenItems,
  { bookFrom, toleranceMinor }: MatchingTerms,
): Promise<Verdict> {
  const amountMinor = BigInt(line.amountMinor)
  const paidOut = await payoutOf(db, line, bank)
  if (paidOut !== null) return paidOut
  if (amountMinor < 0n) return decideOutgoing(db, line)
  const collected = await collectedBy(db, line)
  if (collected !== null) return collected
  if (amountMinor === 0n || line.isReversal || line.returnReason !== null) return { kind: 'wait', proposals: [] }
  const counterparty = {
    name: line.counterpartyName,
    iban: line.counterpartyIban,
    account: line.counterpartyAccount,
    bic: null,
  }
  const proposals = matchTransaction(
    known,
    {
      ...{ amountMinor, chargesMinor: BigInt(line.chargesMinor), counterparty, endToEndId: line.endToEndId },
      ...{ creditorReference: line.creditorReference, remittance: line.remittance.split('\n') },
    },
    { currency: bank.currency, toleranceMinor },
  )
  const [best] = proposals
  if (best === undefined || best.score < bookFrom) return { kind: 'wait', proposals }
  const recorded = await recordedByHand(db, best.accountId, line)
  if (recorded === null) return { kind: 'payment', proposal: best }
  const reason = `payment ${recorded} of this amount was recorded by hand: it may be the same money`
  const doubted = { ...best, score: Math.min(best.score, 500), reasons: [...best.reasons, reason] }
  return { kind: 'wait', proposals: [doubted, ...proposals.slice(1)] }
}

/** Days between the day on which a provider says that money arrives, and that of the bank. */
const DAYS_OF_PAYOUT = 7

/**
 * The payout of a payment provider that a line is: one of its amount about its day that no line has yet, where the line names the provider or the
 * payout. Example: 97.10 from STRIPE PAYMENTS on 4 March is the payout of 97.10 that was to arrive on the 3rd, unless another one of 97.10 was to
 * arrive on the 4th.
 */
async function payoutOf(
  db: Database,
  line: store.LineRow,
  { currency }: Pick<store.BankAccount, 'currency'>,
): Promise<Verdict | null> {
  const around = Temporal.PlainDate.from(line.bookedOn)
  const [from, until] = [-DAYS_OF_PAYOUT, DAYS_OF_PAYOUT].map((days) => around.add({ days }).toString()) as [
    string,
    string,
  ]
  const found = await listPayoutsOf(db, { currency, netMinor: line.amountMinor, from, until })
  const known = await matchedPayouts(
    db,
    found.map(({ id }) => id),
  )
  const open = found.filter(({ id }) => !known.has(id))
  const text = [line.counterpartyName, line.remittance, line.endToEndId, line.bankReference].join(' ').toLowerCase()
  const named = open.filter((one) =>
    [one.adapter, one.gateway, one.providerId].some((name) => text.includes(name.toLowerCase())),
  )
  // Of several, the one that the line names by its number, or else the one that was to arrive on this day.
  const [payout, ...others] =
    [
      named.filter(({ providerId }) => text.includes(providerId.toLowerCase())),
      named.filter(({ arrivedOn }) => arrivedOn === line.bookedOn),
    ].find(({ length }) => length > 0) ?? named
  if (payout === undefined || others.length > 0) return null
  return { kind: 'payout', payout, reasons: [`it is the payout ${payout.providerId} of ${payout.gateway}`] }
}

/** Direct debits that the bank has collected: one by its end-to-end id, or a group in one amount, all of which come to it. */
async function collectedBy(db: Database, line: store.LineRow): Promise<Verdict | null> {
  const orders = (await ordersOfLine(db, line)).filter(({ state, invoiceId }) => state === 'sent' && invoiceId !== null)
  if (orders.length === 0 || sumOf(orders) !== BigInt(line.amountMinor)) return null
  const [{ endToEndId, paymentInfoId }] = orders as [SepaOrder]
  const name =
    orders.length === 1
      ? `the direct debit ${endToEndId}`
      : `${orders.length} direct debits of the group ${paymentInfoId}`
  return { kind: 'orders', orders, reasons: [`it is ${name}`] }
}

function sumOf(orders: readonly SepaOrder[]): bigint {
  return orders.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n)
}

/** Costs of the bank, and what the bank takes back that it has booked by mistake. */
async function decideOutgoing(db: Database, line: store.LineRow): Promise<Verdict> {
  if (line.isReversal || line.returnReason !== null) {
    const reversed = await reversedPayment(db, line)
    return reversed === null ? { kind: 'wait', proposals: [] } : { kind: 'return', ...reversed }
  }
  const orders = (await ordersOfLine(db, line)).filter(({ state, refundId }) => state === 'sent' && refundId !== null)
  const [sent] = orders
  if (sent !== undefined && sumOf(orders) === -BigInt(line.amountMinor)) {
    const isOne = orders.length === 1
    const reason = isOne
      ? `end-to-end id ${sent.endToEndId} is that of a refund`
      : `it is ${orders.length} refunds of the group ${sent.paymentInfoId}`
    return { kind: 'refunds', orders, reasons: [reason] }
  }
  const isFee = FEE_CODES.test(line.code ?? '') && line.counterpartyIban === null
  return isFee ? { kind: 'fee' } : { kind: 'wait', proposals: [] }
}

/**
 * The payment that came by the entry which is taken back: the only one with the same end-to-end id, or with the same reference of the
 * bank, whose amount the line has at least.
 */
async function reversedPayment(
  db: Database,
  line: store.LineRow,
): Promise<{ readonly paymentId: string; readonly reasons: readonly string[] } | null> {
  const { bankAccountId, endToEndId, bankReference, bookedOn } = line
  const debit = endToEndId === null ? undefined : (await ordersOfLine(db, { endToEndId, paymentInfoId: null }))[0]
  if (debit?.state === 'settled' && debit.paymentId !== null)
    return {
      paymentId: debit.paymentId,
      reasons: [`direct debit ${endToEndId} came back: ${returnReason(line.returnReason).meaning}`],
    }
  if (endToEndId === null && bankReference === null) return null
  const from = Temporal.PlainDate.from(bookedOn).subtract({ days: REVERSAL_DAYS }).toString()
  const rows = await db
    .selectFrom('bankLine')
    .innerJoin('bankMatch', 'bankMatch.bankLineId', 'bankLine.id')
    .select(['bankMatch.paymentId as paymentId', 'bankMatch.amountMinor as minor', 'bookedOn'])
    .where('bankLine.bankAccountId', '=', bankAccountId)
    .where('bankMatch.kind', '=', 'payment')
    .where('bankMatch.undoneAt', 'is', null)
    .where('bookedOn', '>=', from)
    .where((where) =>
      where.or([
        ...(endToEndId === null ? [] : [where('endToEndId', '=', endToEndId)]),
        ...(bankReference === null ? [] : [where('bankReference', '=', bankReference)]),
      ]),
    )
    .execute()
  const fitting = rows.filter((row) => BigInt(row['minor'] as string) + BigInt(line.amountMinor) <= 0n)
  const [only] = fitting
  if (fitting.length !== 1 || only === undefined) return null
  const name = endToEndId === null ? `the reference ${bankReference} of the bank` : `end-to-end id ${endToEndId}`
  return { paymentId: only['paymentId'] as string, reasons: [`${name} is that of the entry of ${only['bookedOn']}`] }
}

/** A payment of the account by bank, of this amount and about this day, that no bank line has yet. */
async function recordedByHand(db: Database, accountId: string, line: store.LineRow): Promise<string | null> {
  const day = Temporal.PlainDate.from(line.bookedOn)
  const found = await db
    .selectFrom('payment')
    .leftJoin('bankMatch', 'bankMatch.paymentId', 'payment.id')
    .leftJoin('paymentReversal', 'paymentReversal.paymentId', 'payment.id')
    .select('payment.key as key')
    .where('payment.accountId', '=', accountId)
    .where('payment.method', '=', 'bank')
    .where('payment.amountMinor', '=', line.amountMinor)
    .where('payment.receivedOn', '>=', day.subtract({ days: 14 }).toString())
    .where('payment.receivedOn', '<=', day.add({ days: 14 }).toString())
    .where('bankMatch.id', 'is', null)
    .where('paymentReversal.id', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return (found?.key as string | undefined) ?? null
}
