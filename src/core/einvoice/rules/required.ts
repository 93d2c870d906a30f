import type { AllowanceCharge, EInvoice, Period } from '../document.ts'
import {
  attachments,
  breakdown,
  buyerAddresses,
  buyers,
  classifications,
  deliveryAddresses,
  documentAllowances,
  documentCharges,
  itemAttributes,
  lineAllowances,
  lineCharges,
  linePeriods,
  lines,
  payees,
  payments,
  periods,
  precedingInvoices,
  representativeAddresses,
  representatives,
  sellerAddresses,
  sellers,
  standardIds,
} from './contexts.ts'
import { asWarning, each, type Rule, rule } from './rule.ts'

const isThere = (value: unknown): boolean => value !== undefined
const isInOrder = ({ start, end }: Period): boolean => start === undefined || end === undefined || start <= end
const hasReason = ({ reason, reasonCode }: AllowanceCharge): boolean => isThere(reason) || isThere(reasonCode)
const isNotNegative = (value: { coefficient: bigint } | undefined): boolean =>
  value === undefined || value.coefficient >= 0n
/** UNTDID 4461: credit transfers that are local or of SEPA. */
const isCreditTransfer = (code: string | undefined): boolean => code === '30' || code === '58'

/** What every document has, and what comes with what: BR-01 to BR-65. */
export const REQUIRED: readonly Rule[] = [
  rule(
    'BR-01',
    'Say which specification the document follows (BT-24), such as urn:cen.eu:en16931:2017.',
    ({ specification }) => isThere(specification),
  ),
  rule('BR-02', 'Give the document a number (BT-1).', ({ number }) => isThere(number)),
  rule('BR-03', 'Give the day of issue (BT-2), such as 2026-01-31.', ({ issueDate }) => isThere(issueDate)),
  rule('BR-04', 'Give the type code (BT-3): 380 for an invoice, 381 for a credit note.', ({ typeCode }) =>
    isThere(typeCode),
  ),
  rule('BR-05', 'Give the currency (BT-5), such as EUR.', ({ currency }) => isThere(currency)),
  rule('BR-06', 'Give the name of the seller (BT-27).', ({ seller }) => isThere(seller?.name)),
  rule('BR-07', 'Give the name of the buyer (BT-44).', ({ buyer }) => isThere(buyer?.name)),
  rule('BR-08', 'Give the postal address of the seller (BG-5).', ({ seller }) => isThere(seller?.address)),
  each('BR-09', sellerAddresses, 'Give the country of the seller (BT-40), such as DE.', ({ country }) =>
    isThere(country),
  ),
  rule('BR-10', 'Give the postal address of the buyer (BG-8).', ({ buyer }) => isThere(buyer?.address)),
  each('BR-11', buyerAddresses, 'Give the country of the buyer (BT-55), such as DE.', ({ country }) =>
    isThere(country),
  ),
  total('BR-12', 'lines', 'Give the sum of the net amounts of all lines (BT-106).'),
  total('BR-13', 'withoutVat', 'Give the total without VAT (BT-109).'),
  total('BR-14', 'withVat', 'Give the total with VAT (BT-112).'),
  total('BR-15', 'due', 'Give the amount that is to be paid (BT-115); 0 if nothing is.'),
  rule('BR-16', 'Give at least one line (BG-25).', ({ lines: all }) => all.length > 0),
  each(
    'BR-17',
    payees,
    'Give the name of the payee (BT-59), or leave the payee (BG-10) out where it is the seller.',
    ({ name, identifier }, { seller }, { syntax }) =>
      isThere(name) &&
      name !== (syntax === 'cii' ? seller?.name : seller?.tradingName) &&
      seller?.identifiers.some(({ value }) => value === identifier?.value) !== true,
  ),
  each('BR-18', representatives, 'Give the name of the tax representative (BT-62).', ({ name }) => isThere(name)),
  each('BR-19', representatives, 'Give the postal address of the tax representative (BG-12).', ({ address }) =>
    isThere(address),
  ),
  each(
    'BR-20',
    representativeAddresses,
    'Give the country of the tax representative (BT-69), such as DE.',
    ({ country }) => isThere(country),
  ),
  each('BR-21', lines, 'Give the line a number (BT-126).', ({ id }) => isThere(id)),
  each('BR-22', lines, 'Give the quantity of the line (BT-129).', ({ quantity }) => isThere(quantity?.value)),
  each('BR-23', lines, 'Give the unit of the quantity (BT-130), such as C62 for pieces.', ({ quantity }) =>
    isThere(quantity?.unit),
  ),
  each('BR-24', lines, 'Give the net amount of the line (BT-131).', ({ netAmount }) => isThere(netAmount)),
  each('BR-25', lines, 'Give the name of the item (BT-153).', ({ item }) => isThere(item?.name)),
  each('BR-26', lines, 'Give the net price of the item (BT-146).', ({ price }) => isThere(price?.net)),
  each(
    'BR-27',
    lines,
    'Make the net price (BT-146) zero or more: a line that takes back has a negative quantity.',
    ({ price }) => isThere(price?.net) && isNotNegative(price?.net),
  ),
  each('BR-28', lines, 'Make the gross price (BT-148) zero or more.', ({ price }) => isNotNegative(price?.gross)),
  each(
    'BR-29',
    periods,
    'Let the invoicing period end (BT-74) on or after the day on which it starts (BT-73).',
    isInOrder,
  ),
  each(
    'BR-30',
    linePeriods,
    "Let the line's period end (BT-135) on or after the day on which it starts (BT-134).",
    isInOrder,
  ),
  each('BR-31', documentAllowances, 'Give the amount of the allowance (BT-92).', ({ amount }) => isThere(amount)),
  each('BR-32', documentAllowances, 'Give the VAT category of the allowance (BT-95), such as S.', ({ vatCategory }) =>
    isThere(vatCategory),
  ),
  each('BR-33', documentAllowances, 'Give a reason of the allowance (BT-97) or its code (BT-98).', hasReason),
  each('BR-36', documentCharges, 'Give the amount of the charge (BT-99).', ({ amount }) => isThere(amount)),
  each('BR-37', documentCharges, 'Give the VAT category of the charge (BT-102), such as S.', ({ vatCategory }) =>
    isThere(vatCategory),
  ),
  each('BR-38', documentCharges, 'Give a reason of the charge (BT-104) or its code (BT-105).', hasReason),
  each('BR-41', lineAllowances, "Give the amount of the line's allowance (BT-136).", ({ amount }) => isThere(amount)),
  each('BR-42', lineAllowances, "Give a reason of the line's allowance (BT-139) or its code (BT-140).", hasReason),
  each('BR-43', lineCharges, "Give the amount of the line's charge (BT-141).", ({ amount }) => isThere(amount)),
  each('BR-44', lineCharges, "Give a reason of the line's charge (BT-144) or its code (BT-145).", hasReason),
  each('BR-45', breakdown, 'Give the taxable amount of the VAT category (BT-116).', ({ taxable }) => isThere(taxable)),
  each('BR-46', breakdown, 'Give the tax of the VAT category (BT-117); 0 if there is none.', ({ tax }) => isThere(tax)),
  each('BR-47', breakdown, 'Give the code of the VAT category (BT-118), such as S.', ({ category }) =>
    isThere(category),
  ),
  each(
    'BR-48',
    breakdown,
    'Give the rate of the VAT category (BT-119); only what is not subject to VAT (O) has none.',
    ({ rate, category }) => isThere(rate) || category === 'O',
  ),
  each('BR-49', payments, 'Say how it is paid (BT-81), such as 58 for a SEPA credit transfer.', ({ code }) =>
    isThere(code),
  ),
  each(
    'BR-50',
    payments,
    'Give the account that is paid to (BT-84), such as an IBAN.',
    ({ code, account }) => !isCreditTransfer(code) || account === undefined || isThere(account.id),
  ),
  asWarning(
    each(
      'BR-51',
      payments,
      'Give of a card (BT-87) its first six and last four digits at most.',
      ({ card }) => (card?.number ?? '').length <= 10,
    ),
  ),
  each('BR-52', attachments, 'Give the attachment an identifier (BT-122).', ({ reference }) => isThere(reference)),
  rule(
    'BR-53',
    'Give the total VAT in the currency for VAT (BT-111), or leave that currency (BT-6) out.',
    ({ vatCurrency, currency, totals }, { syntax }) =>
      vatCurrency === undefined ||
      isThere(totals?.vatInVatCurrency) ||
      (syntax !== 'cii' && vatCurrency === currency && isThere(totals?.vat)),
  ),
  each(
    'BR-54',
    itemAttributes,
    'Give the attribute of the item a name (BT-160) and a value (BT-161).',
    ({ name, value }) => isThere(name) && isThere(value),
  ),
  each('BR-55', precedingInvoices, 'Give the number of the preceding invoice (BT-25).', ({ number }) =>
    isThere(number),
  ),
  each('BR-56', representatives, 'Give the VAT identifier of the tax representative (BT-63).', ({ vatId }) =>
    isThere(vatId),
  ),
  each('BR-57', deliveryAddresses, 'Give the country that is delivered to (BT-80), such as DE.', ({ country }) =>
    isThere(country),
  ),
  each(
    'BR-61',
    payments,
    'Give the account that is paid to (BT-84): a credit transfer needs one.',
    ({ code, account }) => !isCreditTransfer(code) || isThere(account?.id),
  ),
  each(
    'BR-62',
    sellers,
    'Say of what kind the electronic address of the seller is (BT-34, scheme), such as EM for e-mail.',
    ({ electronicAddress: address }) => address === undefined || isThere(address.scheme),
  ),
  each(
    'BR-63',
    buyers,
    'Say of what kind the electronic address of the buyer is (BT-49, scheme), such as EM for e-mail.',
    ({ electronicAddress: address }) => address === undefined || isThere(address.scheme),
  ),
  each(
    'BR-64',
    standardIds,
    'Say which list the standard identifier of the item is of (BT-157, scheme), such as 0160 for a GTIN.',
    ({ scheme }) => isThere(scheme),
  ),
  each(
    'BR-65',
    classifications,
    'Say which list the classification of the item is of (BT-158, scheme), such as STI.',
    ({ scheme }) => isThere(scheme),
  ),
]

/** A sum that totals have; a document without any is told of by the others. */
function total(id: string, key: keyof NonNullable<EInvoice['totals']>, says: string): Rule {
  return rule(id, says, ({ totals }) => isThere(totals?.[key]))
}
