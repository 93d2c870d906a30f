import { isIban, plainIban } from '../base/iban.ts'
import { formatMinor } from '../base/money.ts'
import { cutTo } from './fitted-text.ts'
import type { CodeScheme, PostalAddress } from './payment-order.ts'
import { creditorReference, qrReference } from './references.ts'

/** 999,999,999.99. */
const MAX_MINOR = 99_999_999_999n
const NAME = 70
const NO_PARTY = ['', '', '', '', '', '', '']
/** What may stand in the texts: Basic Latin, Latin-1, Latin Extended-A, and five more (Implementation Guidelines 2.3, 4.1.1). */
const ALLOWED = /^[\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u20ac]*$/u

/**
 * The Swiss QR-bill (Swiss Implementation Guidelines 2.3, code version 0200, structured addresses): in francs or euros to an account in
 * Switzerland or Liechtenstein. An account for QR references (its bank number is from 30000 to 31999) gets the digits of the document
 * number as one; another gets a reference of ISO 11649.
 */
export const SWISS: CodeScheme = {
  name: 'swiss_qr_bill',
  isFor: ({ payee, currency }) =>
    /^(?:CH|LI)/.test(plainIban(payee.iban ?? '')) && (currency === 'CHF' || currency === 'EUR'),
  write: ({ payee, amountMinor, currency, documentNumber, purpose, payer }) => {
    const iban = plainIban(payee.iban ?? '')
    if (!isIban(iban) || iban.length !== 21) return { unfit: 'the IBAN of the payee is not valid' }
    if (payee.address === undefined) return { unfit: 'a Swiss QR-bill needs the address of the payee' }
    if (amountMinor <= 0n || amountMinor > MAX_MINOR) return { unfit: 'a Swiss QR-bill has from 0.01 to 999999999.99' }
    const creditor = partyOf(payee.name, payee.address)
    if (creditor === null) return { unfit: 'a Swiss QR-bill has the name and address of the payee in Latin letters' }
    const [type, reference] = referenceOf(iban, documentNumber)
    if (reference === null) return { unfit: `the document number ${documentNumber} makes no QR reference` }
    const message = cutTo(purpose, 140)
    const lines = [
      ...['SPC', '0200', '1', iban, ...creditor, ...NO_PARTY],
      ...[formatMinor(amountMinor, currency), currency],
      ...((payer === undefined ? null : partyOf(payer.name, payer.address)) ?? NO_PARTY),
      ...[type, reference, ALLOWED.test(message) ? message : '', 'EPD'],
    ]
    return { text: lines.join('\n'), correction: 'M', mark: 'swiss_cross' }
  },
}

function referenceOf(iban: string, documentNumber: string): ['QRR' | 'SCOR' | 'NON', string | null] {
  const bank = Number(iban.slice(4, 9))
  if (bank >= 30_000 && bank <= 31_999) return ['QRR', qrReference(documentNumber)]
  const reference = creditorReference(documentNumber)
  return reference === null ? ['NON', ''] : ['SCOR', reference]
}

/** @returns null where a letter stands in it that the code has no place for. */
function partyOf(name: string, { street, postcode, city, country }: PostalAddress): string[] | null {
  const lines = ['S', cutTo(name, NAME), cutTo(street, 70), '', cutTo(postcode, 16), cutTo(city, 35), country]
  return lines.every((line) => ALLOWED.test(line)) ? lines : null
}
