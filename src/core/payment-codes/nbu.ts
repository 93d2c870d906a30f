import { isIban, plainIban } from '../base/iban.ts'
import { formatMinor } from '../base/money.ts'
import { byteLength, cutTo, cutToBytes } from './fitted-text.ts'
import type { CodeScheme } from './payment-order.ts'

const ADDRESS = 'https://bank.gov.ua/qr/'
const MAX_BYTES = 331
const [NAME, PURPOSE] = [70, 140]
/** 999,999,999.99 UAH, as in the European code that this one follows. */
const MAX_MINOR = 99_999_999_999n
/** EDRPOU of a company; RNOKPP of a person. */
const TAX_CODE = /^(?:\d{8}|\d{10})$/

/**
 * The code of the National Bank of Ukraine for a credit transfer (format 002): an address that opens the payer's banking application. Its
 * data are in UTF-8, of which a Ukrainian letter takes two bytes; the purpose is cut where they are too many.
 */
export const NBU: CodeScheme = {
  name: 'nbu',
  isFor: ({ payee, currency }) => currency === 'UAH' && plainIban(payee.iban ?? '').startsWith('UA'),
  write: ({ payee, amountMinor, currency, purpose }) => {
    if (!isIban(payee.iban)) return { unfit: 'the IBAN of the payee is not valid' }
    if (!TAX_CODE.test(payee.taxCode ?? ''))
      return { unfit: 'a code of the National Bank needs the EDRPOU (8 digits) or RNOKPP (10 digits) of the payee' }
    if (amountMinor <= 0n || amountMinor > MAX_MINOR)
      return { unfit: 'a code of the National Bank has from 0.01 to 999999999.99 UAH' }
    const before = [
      ...['BCD', '002', '1', 'UCT', '', cutTo(payee.name, NAME), plainIban(payee.iban ?? '')],
      ...[`UAH${formatMinor(amountMinor, currency)}`, payee.taxCode, '', '', ''],
    ].join('\n')
    const told = cutToBytes(cutTo(purpose, PURPOSE), MAX_BYTES - byteLength(before) - 2)
    const data = new TextEncoder().encode(`${before}${told}\n\n`)
    return { text: `${ADDRESS}${data.toBase64({ alphabet: 'base64url', omitPadding: true })}`, correction: 'M' }
  },
}
