import { assert } from '../base/assert.ts'
import { type Posting, posting } from './chart.ts'

/** What happened, in the ledger's words; each has one template below. */
export type TemplateName =
  | 'invoice_issued'
  | 'payment_received'
  | 'payment_allocated'
  | 'bonus_allocated'
  | 'sponsored_allocated'
  | 'balance_transferred'
  | 'balance_adjusted'
  | 'balance_expired'
  | 'fee_taken'
  | 'commit_opened'
  | 'commit_credited'
  | 'payment_reversed'
  | 'prepaid_sold'
  | 'prepaid_taken_back'
  | 'sold_allocated'
  | 'allocation_reversed'
  | 'units_sold'
  | 'deposit_taken'
  | 'deposit_released'
  | 'deposit_applied'
  | 'written_off'
  | 'write_off_recovered'
  | 'refund_due'
  | 'refund_sent'
  | 'surplus_due'
  | 'surplus_kept'
  | 'gateway_fee'
  | 'payout_received'
  | 'bank_line_booked'
  | 'bank_fee_taken'
  | 'bank_money_outside'
  | 'recorded_payment_found'
  | 'cash_moved'
  | 'cash_rounded'

/** What a document is made of, beside its total; amounts in minor units. */
export interface IssuedAmounts {
  readonly revenue?: readonly { readonly product: string; readonly amountMinor: bigint }[]
  /** What each coupon gave, positive. */
  readonly discounts?: readonly { readonly code: string; readonly amountMinor: bigint }[]
  /** Money that is bought to be drawn down: no revenue until it pays for something. */
  readonly commits?: readonly { readonly code: string; readonly amountMinor: bigint }[]
  /** What the account owes for members that it sponsors: their documents have the revenue. */
  readonly sponsoredMinor?: bigint
  /** What is owed to tax offices, by kind, place and rate. */
  readonly taxes?: readonly { readonly detail: string; readonly amountMinor: bigint }[]
  /** What a credit on request gives of money that is drawn down, or of what members used; positive. */
  readonly givenMinor?: bigint
  /** What is asked for in advance, without its tax; below zero where a document of its supplies takes it. */
  readonly advancesMinor?: bigint
}

/**
 * The customer owes the document's total; each product earned its share, and discounts were given. Credit notes have
 * negative amounts.
 */
export function invoiceIssued(
  accountId: string,
  currency: string,
  totalMinor: bigint,
  {
    revenue = [],
    discounts = [],
    commits = [],
    sponsoredMinor = 0n,
    taxes = [],
    givenMinor = 0n,
    advancesMinor = 0n,
  }: IssuedAmounts,
): Posting[] {
  return balanced([
    posting('receivable', null, accountId, currency, totalMinor),
    ...discounts.map(({ code, amountMinor }) => posting('discounts', code, accountId, currency, amountMinor)),
    ...commits.map(({ code, amountMinor }) => posting('unbilled', code, accountId, currency, -amountMinor)),
    posting('sponsored', null, accountId, currency, -sponsoredMinor),
    posting('advances', null, accountId, currency, -advancesMinor),
    ...revenue.map(({ product, amountMinor }) => posting('revenue', product, accountId, currency, -amountMinor)),
    posting('adjustments', null, accountId, currency, givenMinor),
    ...taxes.map(({ detail, amountMinor }) => posting('tax', detail, accountId, currency, -amountMinor)),
  ])
}

/**
 * Where the other side of a payment stands: in cash, by the method, or, of what a bank statement has, in suspense, by the bank
 * account, since the statement has booked it as cash.
 */
export type MoneyPlace = 'cash' | 'suspense_cash'

/** Money came in; until it settles something it is the customer's. */
export function paymentReceived(
  accountId: string,
  currency: string,
  method: string,
  amountMinor: bigint,
  place: MoneyPlace = 'cash',
): Posting[] {
  return received(accountId, currency, `${place}:${method}`, amountMinor)
}

/** The same by the ledger account that the money stands in; below zero it leaves it. */
export function received(accountId: string, currency: string, ledgerAccount: string, amountMinor: bigint): Posting[] {
  return balanced([
    { ledgerAccount, accountId: null, currency, amountMinor },
    posting('customer_prepaid', null, accountId, currency, -amountMinor),
  ])
}

/** Units were sold for money that came in: revenue of the unit. Below zero they were taken back. */
export function unitsSold(
  accountId: string,
  currency: string,
  { method, unit }: { readonly method: string; readonly unit: string },
  amountMinor: bigint,
): Posting[] {
  return balanced([
    posting('cash', method, accountId, currency, amountMinor),
    posting('revenue', `units:${unit}`, accountId, currency, -amountMinor),
  ])
}

/** A payment or a top-up was none: it bounced, or was recorded by mistake. The mirror of `paymentReceived`. */
export function paymentReversed(accountId: string, currency: string, method: string, amountMinor: bigint): Posting[] {
  return paymentReceived(accountId, currency, method, -amountMinor)
}

/** An entry taken back, whatever it was. */
export function mirrored(postings: readonly Posting[]): Posting[] {
  return balanced(postings.map((one) => ({ ...one, amountMinor: -one.amountMinor })))
}

/** Money of a credit note is to be paid back: it settles no document any more. */
export function refundDue(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('receivable', null, accountId, currency, amountMinor),
    posting('refunds', null, accountId, currency, -amountMinor),
  ])
}

/** Money of a payment that settles nothing is to be paid back: nothing can be settled with it. Below zero it stays the customer's after all. */
export function surplusDue(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('customer_prepaid', null, accountId, currency, amountMinor),
    posting('refunds', null, accountId, currency, -amountMinor),
  ])
}

/** A payment provider keeps a fee of the money that it holds; below zero it gives it back. */
export function gatewayFee(gateway: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('gateway_fees', gateway, '', currency, amountMinor),
    posting('cash', gatewayCash(gateway), '', currency, -amountMinor),
  ])
}

/**
 * A payment provider pays out what it holds, less its fees: 100.00 leave its clearing account, of which 1.75 are fees and 98.25 come to
 * the bank. Below zero it takes money back from the bank.
 */
export function payoutReceived(gateway: string, currency: string, grossMinor: bigint, feeMinor: bigint): Posting[] {
  return balanced([
    posting('cash', 'bank', '', currency, grossMinor - feeMinor),
    posting('gateway_fees', gateway, '', currency, feeMinor),
    posting('cash', gatewayCash(gateway), '', currency, -grossMinor),
  ])
}

/** As what money is recorded that a payment provider holds until it pays it out: `cash:gateway:stripe` is its clearing account. */
export function gatewayCash(gateway: string): string {
  return `gateway:${gateway}`
}

/** What was to be paid back was sent. */
export function refundSent(
  accountId: string,
  currency: string,
  method: string,
  amountMinor: bigint,
  place: MoneyPlace = 'cash',
): Posting[] {
  return balanced([
    posting('refunds', null, accountId, currency, amountMinor),
    posting(place, method, accountId, currency, -amountMinor),
  ])
}

/** The customer's money, or that of its sponsor, settles an invoice; below zero it settles it no more. */
export function paymentAllocated(
  accountId: string,
  currency: string,
  amountMinor: bigint,
  payerId: string = accountId,
): Posting[] {
  return balanced([
    posting('customer_prepaid', null, payerId, currency, amountMinor),
    posting('receivable', null, accountId, currency, -amountMinor),
  ])
}

/** A bonus settles an invoice: a discount that was given before. */
export function bonusAllocated(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('discounts', 'bonus', accountId, currency, amountMinor),
    posting('receivable', null, accountId, currency, -amountMinor),
  ])
}

/** A sponsor's credit settles an invoice of its member: the sponsor's next document bills it. */
export function sponsoredAllocated(
  sponsorId: string,
  memberId: string,
  currency: string,
  amountMinor: bigint,
): Posting[] {
  return balanced([
    posting('sponsored', null, sponsorId, currency, amountMinor),
    posting('receivable', null, memberId, currency, -amountMinor),
  ])
}

/** Prepaid money changes its owner. */
export function balanceTransferred(from: string, to: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('customer_prepaid', null, from, currency, amountMinor),
    posting('customer_prepaid', null, to, currency, -amountMinor),
  ])
}

/** Prepaid money is given (positive) or taken by hand. */
export function balanceAdjusted(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('adjustments', null, accountId, currency, amountMinor),
    posting('customer_prepaid', null, accountId, currency, -amountMinor),
  ])
}

/** Prepaid money that was not used in time is lost to the customer. */
export function balanceExpired(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('customer_prepaid', null, accountId, currency, amountMinor),
    posting('breakage', null, accountId, currency, -amountMinor),
  ])
}

/** The fee of a promised credit, out of prepaid money. */
export function feeTaken(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('customer_prepaid', null, accountId, currency, amountMinor),
    posting('fees', 'promised_credit', accountId, currency, -amountMinor),
  ])
}

/** A customer leaves money as security; below zero it is paid back. */
export function depositTaken(accountId: string, currency: string, method: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('cash', method, accountId, currency, amountMinor),
    posting('deposits', null, accountId, currency, -amountMinor),
  ])
}

/** Security becomes money that settles a document; below zero it is security again. */
export function depositApplied(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('deposits', null, accountId, currency, amountMinor),
    posting('customer_prepaid', null, accountId, currency, -amountMinor),
  ])
}

/** What a customer owes is given up, as if it had been paid: it settles a document. Below zero it is owed again. */
export function writtenOff(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('write_off', null, accountId, currency, amountMinor),
    posting('customer_prepaid', null, accountId, currency, -amountMinor),
  ])
}

/**
 * What closing a period says of something that is billed: what was billed ahead is deferred, and what was earned before it is billed is
 * unbilled. Both are by how much they have grown; `revenue` is where the document has posted it, or will: `revenue:basic`.
 * Example: of 120.00 that a document has posted to revenue, 109.80 is not earned at the end of January: 109.80 from revenue to deferred.
 */
export function revenueRecognised(
  accountId: string,
  currency: string,
  revenue: string,
  { deferredMinor, unbilledMinor }: { readonly deferredMinor: bigint; readonly unbilledMinor: bigint },
): Posting[] {
  return balanced([
    posting('deferred_revenue', null, accountId, currency, -deferredMinor),
    posting('unbilled_revenue', null, accountId, currency, unbilledMinor),
    { ledgerAccount: revenue, accountId: null, currency, amountMinor: deferredMinor - unbilledMinor },
  ])
}

/** What of sold units was never used, once they have expired: it was recognised as revenue of the unit, and is breakage. */
export function unitsBroken(accountId: string, currency: string, unit: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('revenue', `units:${unit}`, accountId, currency, amountMinor),
    posting('breakage', null, accountId, currency, -amountMinor),
  ])
}

/** More, or less, of the receivables is expected not to be paid. */
export function badDebtReserved(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('bad_debt', null, accountId, currency, amountMinor),
    posting('bad_debt_reserve', null, accountId, currency, -amountMinor),
  ])
}

/** An entry sums to zero per currency; sides of nothing are left out. */
export function balanced(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, bigint>()
  for (const { currency, amountMinor } of postings) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor)
  assert(
    [...sums.values()].every((sum) => sum === 0n),
    'a ledger entry sums to zero',
  )
  return postings.filter(({ amountMinor }) => amountMinor !== 0n)
}
