import { isIban } from '../../base/iban.ts'
import type { Line, PaymentInstruction } from '../document.ts'
import {
  attachments,
  breakdown,
  buyerAddresses,
  deliveryAddresses,
  payments,
  sellerAddresses,
  sellers,
} from './contexts.ts'
import { none, PEPPOL_ONLY } from './peppol.ts'
import { asWarning, type Context, each, type Rule, rule } from './rule.ts'

const isThere = (value: unknown): boolean => value !== undefined

/** What a document says that follows XRechnung 3.0 (BT-24). */
export const XRECHNUNG_SPECIFICATION = 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0'
export const EXTENSION_SPECIFICATION = `${XRECHNUNG_SPECIFICATION}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0`
export const CVD_SPECIFICATION = `${XRECHNUNG_SPECIFICATION}#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9`

/** UNTDID 1001: types that XRechnung asks to use. */
const TYPES = ['326', '380', '381', '384', '389', '875', '876', '877']
const CREDIT_TRANSFERS = ['30', '58']
const CARDS = ['48', '54', '55']
const DIRECT_DEBITS = ['59']

const paidBy =
  (codes: readonly string[]): Context<PaymentInstruction> =>
  (document) =>
    payments(document).filter(({ item }) => codes.includes(item.code ?? ''))

/** Discounts for early payment stand in the terms of payment as `#SKONTO#TAGE=14#PROZENT=2.25#`. */
const SKONTO = /^#SKONTO#TAGE=\d+#PROZENT=\d+\.\d{2}(#BASISBETRAG=-?\d+\.\d{2})?#$/
const isSkontoRight = (terms: string): boolean =>
  terms
    .split(/\r?\n/)
    .map((line) => line.trim())
    .every((line) => !line.startsWith('#') || SKONTO.test(line))

const hasVat = ({ vatCategory = '' }: Pick<Line, 'vatCategory'>): boolean =>
  ['S', 'Z', 'E', 'AE', 'K', 'G', 'L', 'M'].includes(vatCategory)

/** Rules of Germany's public administration: BR-DE-1 to BR-DE-31. */
export const BR_DE: readonly Rule[] = [
  rule('BR-DE-1', 'Say how it is paid (BG-16).', ({ payments: all }) => all.length > 0),
  each('BR-DE-2', sellers, 'Give a contact of the seller (BG-6).', ({ contact }) => isThere(contact)),
  each('BR-DE-3', sellerAddresses, 'Give the city of the seller (BT-37).', ({ city }) => isThere(city)),
  each('BR-DE-4', sellerAddresses, 'Give the post code of the seller (BT-38).', ({ postCode }) => isThere(postCode)),
  contact('BR-DE-5', "Give the name of the seller's contact (BT-41).", ({ name }) => isThere(name)),
  contact('BR-DE-6', "Give the telephone number of the seller's contact (BT-42).", ({ telephone }) =>
    isThere(telephone),
  ),
  contact('BR-DE-7', "Give the e-mail address of the seller's contact (BT-43).", ({ email }) => isThere(email)),
  each('BR-DE-8', buyerAddresses, 'Give the city of the buyer (BT-52).', ({ city }) => isThere(city)),
  each('BR-DE-9', buyerAddresses, 'Give the post code of the buyer (BT-53).', ({ postCode }) => isThere(postCode)),
  each('BR-DE-10', deliveryAddresses, 'Give the city that is delivered to (BT-77).', ({ city }) => isThere(city)),
  each('BR-DE-11', deliveryAddresses, 'Give the post code that is delivered to (BT-78).', ({ postCode }) =>
    isThere(postCode),
  ),
  each('BR-DE-14', breakdown, 'Give the rate of the VAT category (BT-119).', ({ rate }) => isThere(rate)),
  rule(
    'BR-DE-15',
    "Give the buyer's reference (BT-10), which is the Leitweg-ID of a public buyer.",
    ({ buyerReference }) => isThere(buyerReference),
  ),
  rule(
    'BR-DE-16',
    "Give the seller's VAT identifier (BT-31), its tax registration (BT-32) or its tax representative (BG-11).",
    ({ lines, allowances, charges, seller, taxRepresentative }) =>
      ![...lines, ...allowances, ...charges].some(hasVat) ||
      isThere(taxRepresentative) ||
      isThere(seller?.vatId) ||
      isThere(seller?.taxRegistration),
  ),
  asWarning(
    rule('BR-DE-17', `Use one of the type codes ${TYPES.join(', ')} (BT-3).`, ({ typeCode = '' }) =>
      TYPES.includes(typeCode),
    ),
  ),
  rule(
    'BR-DE-18',
    'Write discounts for early payment (BT-20) on lines such as #SKONTO#TAGE=14#PROZENT=2.25#.',
    ({ paymentTerms }) => paymentTerms === undefined || isSkontoRight(paymentTerms),
  ),
  asWarning(
    each('BR-DE-19', paidBy(['58']), 'Give a right IBAN as the account that is paid to (BT-84).', ({ account }) =>
      isIban(account?.id),
    ),
  ),
  asWarning(
    each(
      'BR-DE-20',
      paidBy(['59']),
      'Give a right IBAN as the account that is debited (BT-91).',
      ({ debitedAccount }) => isIban(debitedAccount),
    ),
  ),
  asWarning(
    rule('BR-DE-21', `Make the specification (BT-24) ${XRECHNUNG_SPECIFICATION}.`, ({ specification = '' }) =>
      [XRECHNUNG_SPECIFICATION, EXTENSION_SPECIFICATION, CVD_SPECIFICATION].includes(specification),
    ),
  ),
  rule('BR-DE-22', 'Give every attached file another name.', ({ attachments: all }) => {
    const names = all.flatMap(({ file }) => file?.name ?? [])
    return new Set(names).size === names.length
  }),
  each('BR-DE-23-a', paidBy(CREDIT_TRANSFERS), 'Give the account of the credit transfer (BG-17).', ({ account }) =>
    isThere(account),
  ),
  each(
    'BR-DE-23-b',
    paidBy(CREDIT_TRANSFERS),
    'Leave card (BG-18) and direct debit (BG-19) out of a credit transfer.',
    ({ card, debitedAccount }) => !isThere(card) && !isThere(debitedAccount),
  ),
  each('BR-DE-24-a', paidBy(CARDS), 'Give the card that is paid with (BG-18).', ({ card }) => isThere(card)),
  each(
    'BR-DE-24-b',
    paidBy(CARDS),
    'Leave account (BG-17) and direct debit (BG-19) out of a payment by card.',
    ({ account, debitedAccount }) => !isThere(account) && !isThere(debitedAccount),
  ),
  each(
    'BR-DE-25-a',
    paidBy(DIRECT_DEBITS),
    'Give the direct debit (BG-19): mandate, creditor identifier and debited account.',
    ({ debitedAccount }, { mandateReference, creditorId }) =>
      isThere(debitedAccount) || isThere(mandateReference) || isThere(creditorId),
  ),
  each(
    'BR-DE-25-b',
    paidBy(DIRECT_DEBITS),
    'Leave account (BG-17) and card (BG-18) out of a direct debit.',
    ({ account, card }) => !isThere(account) && !isThere(card),
  ),
  asWarning(
    rule(
      'BR-DE-26',
      'Name the invoice that this one corrects (BG-3).',
      ({ typeCode, precedingInvoices }) => typeCode !== '384' || precedingInvoices.length > 0,
    ),
  ),
  asWarning(
    contact(
      'BR-DE-27',
      'Give a telephone number with at least three digits (BT-42).',
      ({ telephone = '' }) => telephone.replaceAll(/\D/g, '').length >= 3,
    ),
  ),
  asWarning(
    contact('BR-DE-28', 'Give an e-mail address such as billing@example.com (BT-43).', ({ email = '' }) =>
      /^[^@\s]+@([^@.\s]+\.)+[^@.\s]+$/.test(email),
    ),
  ),
  rule(
    'BR-DE-30',
    "Give the creditor's identifier of the direct debit (BT-90).",
    ({ payments: all, mandateReference, creditorId }) =>
      isThere(creditorId) || (!isThere(mandateReference) && !all.some(({ debitedAccount }) => isThere(debitedAccount))),
  ),
  rule(
    'BR-DE-31',
    'Give the account that the direct debit debits (BT-91).',
    ({ payments: all, mandateReference }) =>
      !isThere(mandateReference) || all.some(({ debitedAccount }) => isThere(debitedAccount)),
  ),
  asWarning(
    rule(
      'BR-DE-TMP-32',
      'Say when it was delivered: a day (BT-72), the invoicing period (BG-14) or the period of every line (BG-26).',
      ({ delivery, period, vatPointDateCode, lines }) =>
        isThere(delivery?.date) ||
        isThere(period) ||
        isThere(vatPointDateCode) ||
        lines.every((line) => isThere(line.period)),
    ),
    'information',
  ),
  asWarning(
    each(
      'BR-TMP-2',
      attachments,
      'Give where an external document is (BT-124) as an address such as https://example.com/a.pdf.',
      ({ url }) => url === undefined || /^[a-zA-Z][a-zA-Z0-9+.-]+:/.test(url),
    ),
  ),
  none(
    'BR-TMP-3',
    'Give gross and net price (BT-148, BT-146) for the same base quantity (BT-149, BT-150).',
    /ram:GrossPriceProductTradePrice\/ram:BasisQuantity$/,
  ),
]

function contact(
  id: string,
  says: string,
  holds: (one: { name?: string; telephone?: string; email?: string }) => boolean,
): Rule {
  return each(id, sellers, says, (party) => party.contact === undefined || holds(party.contact))
}

/** Rules of Peppol that XRechnung has taken over; R120 only asks. */
const OF_PEPPOL =
  'R001 R005 R008 R010 R020 R040 R041 R042 R043 R044 R046 R053 R054 R055 R061 R101 R110 R111 R120 R121 R130'
    .split(' ')
    .map((number) => `PEPPOL-EN16931-${number}`)

/** What XRechnung 3.0 wants besides EN 16931. */
export const XRECHNUNG_ONLY: readonly Rule[] = [
  ...BR_DE,
  ...PEPPOL_ONLY.filter(({ id }) => OF_PEPPOL.includes(id)).map((one) =>
    one.id === 'PEPPOL-EN16931-R120' ? asWarning(one) : one,
  ),
]
