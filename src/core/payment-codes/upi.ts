import { formatMinor } from '../base/money.ts'
import { cutTo } from './fitted-text.ts'
import type { CodeScheme } from './payment-order.ts'

/** `shop@bank`. */
const VIRTUAL_ADDRESS = /^[A-Za-z0-9._-]{2,256}@[A-Za-z][A-Za-z0-9.]{1,63}$/
/** A transaction reference has at most 35 characters. */
const REFERENCE = 35

/** The link of the Unified Payments Interface (NPCI, linking specification 1.6): in rupees, to a virtual address. */
export const UPI: CodeScheme = {
  name: 'upi',
  isFor: ({ payee, currency }) => currency === 'INR' && payee.virtualAddress !== undefined,
  write: ({ payee, amountMinor, currency, documentNumber, purpose }) => {
    if (!VIRTUAL_ADDRESS.test(payee.virtualAddress ?? ''))
      return { unfit: 'the UPI address of the payee is not valid; one is written as shop@bank' }
    if (amountMinor <= 0n) return { unfit: 'a UPI code has an amount above zero' }
    const fields = {
      ...{ pa: payee.virtualAddress as string, pn: cutTo(payee.name, 99) },
      ...{ am: formatMinor(amountMinor, currency), cu: 'INR' },
      ...{ tr: documentNumber.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, REFERENCE), tn: cutTo(purpose, 80) },
    }
    const query = Object.entries(fields).filter(([, value]) => value !== '')
    // An address has its @ as it is; blanks are %20 and no plus signs.
    const text = query.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%40', '@')}`).join('&')
    return { text: `upi://pay?${text}`, correction: 'M' }
  },
}
