import { type Posting, posting } from './chart.ts'
import { balanced } from './templates.ts'

/** What the ledger keeps money by that is sold with its tax, such as a top-up: `unbilled:prepaid_money`; nothing once its document is issued. */
export const PREPAID_MONEY = 'prepaid_money'

/**
 * Of money that came in, the tax that is sold with it: the customer cannot draw it down. Its document bills the tax. Example: of 11.90 that
 * came in 10.00 can be drawn down; 1.90 wait for the document, which is settled with 11.90.
 */
export function prepaidSold(accountId: string, currency: string, taxMinor: bigint): Posting[] {
  return balanced([
    posting('customer_prepaid', null, accountId, currency, taxMinor),
    posting('unbilled', PREPAID_MONEY, accountId, currency, -taxMinor),
  ])
}

/**
 * Money that was sold with its tax has gone back to whom it came from (`paymentReversed`), and of what could be drawn down so much was left.
 * The rest of what came in is open on its document, or credited there. Example: 11.90 went back, and 5.00 of the 10.00 were left.
 */
export function prepaidTakenBack(
  accountId: string,
  currency: string,
  { grossMinor, leftMinor }: { readonly grossMinor: bigint; readonly leftMinor: bigint },
): Posting[] {
  return balanced([
    posting('customer_prepaid', null, accountId, currency, leftMinor - grossMinor),
    posting('unbilled', PREPAID_MONEY, accountId, currency, grossMinor - leftMinor),
  ])
}

/** The document that sells money is settled with what came in for it; below zero it is open again. */
export function soldAllocated(accountId: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('unbilled', PREPAID_MONEY, accountId, currency, amountMinor),
    posting('receivable', null, accountId, currency, -amountMinor),
  ])
}
