import { type Posting, posting } from './chart.ts'
import { balanced } from './templates.ts'

/** The customer can draw down what it buys for a term, whether it is billed at once or in instalments. */
export function commitOpened(accountId: string, currency: string, code: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('unbilled', code, accountId, currency, amountMinor),
    posting('customer_prepaid', null, accountId, currency, -amountMinor),
  ])
}

/**
 * What a credit note credited of a commit is taken back of what the customer can draw down, as far as nobody has used it; the rest was used,
 * and is given. Example: 100.00 were bought, 30.00 used, and 80.00 credited: 70.00 are taken back, 10.00 are given.
 */
export function commitCredited(
  accountId: string,
  currency: string,
  code: string,
  { takenMinor, givenMinor }: { readonly takenMinor: bigint; readonly givenMinor: bigint },
): Posting[] {
  return balanced([
    posting('unbilled', code, accountId, currency, -(takenMinor + givenMinor)),
    posting('customer_prepaid', null, accountId, currency, takenMinor),
    posting('adjustments', null, accountId, currency, givenMinor),
  ])
}
