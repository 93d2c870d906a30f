import { isIban, plainIban } from '../base/iban.ts'
import { formatMinor } from '../base/money.ts'
import { byteLength, cutTo } from './fitted-text.ts'
import type { CodeScheme } from './payment-order.ts'
import { creditorReference } from './references.ts'

/** 999,999,999.99 EUR. */
const MAX_MINOR = 99_999_999_999n
const MAX_BYTES = 331
const NAME = 70
/** The countries of the Single Euro Payments Area, whose accounts a SEPA credit transfer reaches (European Payments Council, EPC409-09). */
const SEPA = new Set(
  'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA'.split(
    ' ',
  ),
)

/**
 * The European code for a SEPA credit transfer, called GiroCode in Germany (EPC069-12, version 002): in euros. The document number stands
 * in it as a reference of ISO 11649, which leaves no place for the purpose; a number that makes none stands in the purpose.
 */
export const EPC: CodeScheme = {
  name: 'epc',
  isFor: ({ payee, currency }) => currency === 'EUR' && SEPA.has(plainIban(payee.iban ?? '').slice(0, 2)),
  write: ({ payee, amountMinor, currency, documentNumber, purpose }) => {
    if (!isIban(payee.iban)) return { unfit: 'the IBAN of the payee is not valid' }
    if (amountMinor <= 0n || amountMinor > MAX_MINOR) return { unfit: 'a SEPA code has from 0.01 to 999999999.99 EUR' }
    const reference = creditorReference(documentNumber)
    const text = [
      ...['BCD', '002', '1', 'SCT', payee.bic ?? '', cutTo(payee.name, NAME), plainIban(payee.iban ?? '')],
      ...[
        `EUR${formatMinor(amountMinor, currency)}`,
        '',
        reference ?? '',
        reference === null ? cutTo(purpose, 140) : '',
      ],
    ]
      .join('\n')
      .trimEnd()
    if (byteLength(text) > MAX_BYTES) return { unfit: `a SEPA code has at most ${MAX_BYTES} bytes` }
    return { text, correction: 'M' }
  },
}
