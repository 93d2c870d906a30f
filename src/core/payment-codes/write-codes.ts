import { EPC } from './epc.ts'
import { NBU } from './nbu.ts'
import type { CodeScheme, PaymentCode, PaymentOrder } from './payment-order.ts'
import { SWISS } from './swiss.ts'
import { UPI } from './upi.ts'

/** In the order in which a document shows them. Adding one: a file and a name here. */
const CODE_SCHEMES: readonly CodeScheme[] = [SWISS, EPC, NBU, UPI]

export interface WrittenCodes {
  readonly codes: readonly (PaymentCode & { readonly scheme: string })[]
  /** Schemes that the payee has an account for, and why they cannot say this order: for the operator, not for the payer. */
  readonly unfit: readonly { readonly scheme: string; readonly reason: string }[]
}

/**
 * The codes that a payer may scan to pay: none where the payee has no account for the currency.
 * @example 119.00 EUR to an account in Germany: one code, `epc`; 119.00 CHF to one in Switzerland: `swiss_qr_bill`
 */
export function writeCodes(order: PaymentOrder): WrittenCodes {
  const written = CODE_SCHEMES.filter(({ isFor }) => isFor(order)).map(({ name, write }) => ({
    scheme: name,
    result: write(order),
  }))
  return {
    codes: written.flatMap(({ scheme, result }) => ('unfit' in result ? [] : [{ scheme, ...result }])),
    unfit: written.flatMap(({ scheme, result }) => ('unfit' in result ? [{ scheme, reason: result.unfit }] : [])),
  }
}
