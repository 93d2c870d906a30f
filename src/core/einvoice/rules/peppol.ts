import { type Decimal, multiply, ZERO } from '../../base/decimal.ts'
import type { AllowanceCharge, EInvoice, Line } from '../document.ts'
import type { ReadDocument } from '../read-einvoice.ts'
import { isSame, isWithinOrAt, minus, ONE, rounded, sumOf } from './amounts.ts'
import {
  buyers,
  documentAllowances,
  documentCharges,
  lineAllowances,
  lineCharges,
  lines,
  payments,
  sellers,
} from './contexts.ts'
import { isBetweenGermans } from './german-parties.ts'
import { PEPPOL_CODES } from './peppol-codes.ts'
import { PEPPOL_IDENTIFIERS } from './peppol-identifiers.ts'
import { type Context, each, type Rule, rule } from './rule.ts'

const isThere = (value: unknown): boolean => value !== undefined
/** What a document says that follows Peppol BIS Billing 3.0 (BT-24). */
export const PEPPOL_SPECIFICATION = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'
/** The business process of an invoice that is sent and paid (BT-23). */
export const PEPPOL_PROCESS = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'
/** What else may stand there. */
const PROCESSES = [
  PEPPOL_PROCESS,
  'urn:peppol:france:billing:regulated',
  'urn:peppol:france:billing:non-regulated',
  'urn:peppol:bis:billing_with_response',
]

/** Allowances and charges of the document and of its lines. */
const allDeals: Context<AllowanceCharge> = (document) =>
  [documentAllowances, documentCharges, lineAllowances, lineCharges].flatMap((context) => [...context(document)])

/** Amounts that are computed may be off by this, since others round in between; the forint has no minor unit in use. */
function slackOf({ currency }: EInvoice): Decimal {
  return currency === 'HUF' ? { coefficient: 5n, scale: 1 } : { coefficient: 2n, scale: 2 }
}

/** What a file has and the model has no place for is where a rule that forbids it looks. */
export function none(id: string, says: string, path: RegExp, isRepeated?: boolean): Rule {
  return {
    id,
    severity: 'fatal',
    says,
    brokenAt: ({ unread, faults }: ReadDocument) =>
      [...unread, ...faults]
        .filter(
          (one) => path.test(one.element) && (isRepeated === undefined || isRepeated === (one.isRepeated === true)),
        )
        .map(({ line }) => `line ${line} of the file`),
  }
}

/** What Peppol BIS Billing 3.0 wants besides EN 16931: PEPPOL-EN16931-R001 to R130. */
const GENERAL: readonly Rule[] = [
  rule('PEPPOL-EN16931-R001', `Give the business process (BT-23), such as ${PEPPOL_PROCESS}.`, ({ businessProcess }) =>
    isThere(businessProcess),
  ),
  rule(
    'PEPPOL-EN16931-R002',
    'Give one note (BG-1) at most; only between German organisations there may be more.',
    (document) => document.notes.length <= 1 || isBetweenGermans(document),
  ),
  rule(
    'PEPPOL-EN16931-R003',
    "Give the buyer's reference (BT-10) or the number of its purchase order (BT-13).",
    ({ buyerReference, purchaseOrderReference, salesOrderReference }, { syntax }) =>
      isThere(buyerReference) ||
      isThere(purchaseOrderReference) ||
      // In UBL a sales order has a purchase order beside it, if only `NA`.
      (syntax !== 'cii' && isThere(salesOrderReference)),
  ),
  rule(
    'PEPPOL-EN16931-R004',
    `Begin the specification (BT-24) with ${PEPPOL_SPECIFICATION}.`,
    ({ specification = '' }) => specification.startsWith(PEPPOL_SPECIFICATION) && !specification.includes('::'),
  ),
  rule(
    'PEPPOL-EN16931-R005',
    'Give a currency for VAT (BT-6) only where it is another one than that of the document (BT-5).',
    ({ vatCurrency, currency }) => vatCurrency === undefined || vatCurrency !== currency,
  ),
  rule(
    'PEPPOL-EN16931-R007',
    `Make the business process (BT-23) one that is agreed on, such as ${PEPPOL_PROCESS}.`,
    ({ businessProcess = '' }) => PROCESSES.includes(businessProcess),
  ),
  {
    id: 'PEPPOL-EN16931-R008',
    severity: 'fatal',
    says: 'Fill the element in, or leave it out: none is empty.',
    brokenAt: ({ empty }) =>
      empty
        .filter(({ element }) => element !== 'ram:ApplicableHeaderTradeDelivery')
        .map(({ element, line }) => `${element} on line ${line} of the file`),
  },
  each('PEPPOL-EN16931-R010', buyers, 'Give the electronic address of the buyer (BT-49).', ({ electronicAddress }) =>
    isThere(electronicAddress),
  ),
  each('PEPPOL-EN16931-R020', sellers, 'Give the electronic address of the seller (BT-34).', ({ electronicAddress }) =>
    isThere(electronicAddress),
  ),
  each(
    'PEPPOL-EN16931-R040',
    allDeals,
    'Make the amount the base amount times the percentage.',
    ({ amount = ZERO, baseAmount, percentage }, document) =>
      baseAmount === undefined ||
      percentage === undefined ||
      isWithinOrAt(amount, percentOf(baseAmount, percentage), slackOf(document)),
  ),
  each(
    'PEPPOL-EN16931-R041',
    allDeals,
    'Give the base amount too, where a percentage is given.',
    ({ percentage, baseAmount }) => percentage === undefined || isThere(baseAmount),
  ),
  each(
    'PEPPOL-EN16931-R042',
    allDeals,
    'Give the percentage too, where a base amount is given.',
    ({ percentage, baseAmount }) => baseAmount === undefined || isThere(percentage),
  ),
  none(
    'PEPPOL-EN16931-R043',
    'Say whether it is a charge (true) or an allowance (false).',
    /^(cac:(Invoice|CreditNote)Line\/)?cac:AllowanceCharge$|ram:SpecifiedTradeAllowanceCharge$/,
  ),
  none(
    'PEPPOL-EN16931-R044',
    'A price has an allowance at most, and no charge.',
    /cac:Price\/cac:AllowanceCharge$|ram:AppliedTradeAllowanceCharge$/,
  ),
  each(
    'PEPPOL-EN16931-R046',
    lines,
    'Make the net price (BT-146) the gross price (BT-148) less the discount (BT-147).',
    ({ price }, _document, { syntax }) => {
      if (price?.gross === undefined) return true
      if (price.net === undefined || (price.discount === undefined && syntax !== 'cii')) return false
      return isSame(price.net, minus(price.gross, price.discount))
    },
  ),
  {
    id: 'PEPPOL-EN16931-R051',
    severity: 'fatal',
    says: "Give every amount in the document's currency (BT-5); only the VAT in the currency for VAT (BT-111) has another one.",
    brokenAt: ({ amounts, document }) =>
      amounts
        .filter(({ currency }) => currency !== document.currency)
        .map(({ element, line }) => `${element} on line ${line} of the file`),
  },
  rule(
    'PEPPOL-EN16931-R053',
    'Give one VAT total with a breakdown (BG-23), and no second one.',
    ({ vatBreakdown }, { faults, syntax }) =>
      syntax === 'cii' ||
      (vatBreakdown.length > 0 && !faults.some(({ element, isRepeated }) => element === 'cac:TaxTotal' && isRepeated)),
  ),
  rule(
    'PEPPOL-EN16931-R054',
    'Give the VAT in the currency for VAT (BT-111) if there is such a currency (BT-6), and only then.',
    ({ vatCurrency, totals }, { unread }) =>
      isThere(vatCurrency) === isThere(totals?.vatInVatCurrency) &&
      !unread.some(({ element }) => /(^|\/)(cac:TaxTotal|ram:TaxTotalAmount)$/.test(element)),
  ),
  rule(
    'PEPPOL-EN16931-R055',
    'Let the VAT in both currencies (BT-110, BT-111) have the same sign.',
    ({ vatCurrency, currency, totals = {} }) => {
      if (vatCurrency === undefined) return true
      const other = vatCurrency === currency ? totals.vat : totals.vatInVatCurrency
      return totals.vat !== undefined && other !== undefined && totals.vat.coefficient * other.coefficient >= 0n
    },
  ),
  each(
    'PEPPOL-EN16931-R061',
    payments,
    'Give the mandate (BT-89) of the direct debit.',
    ({ code = '' }, { mandateReference }) => !['49', '59'].includes(code) || isThere(mandateReference),
  ),
  none(
    'PEPPOL-EN16931-R080',
    'Give one reference to a project (BT-11) at most.',
    /^cac:AdditionalDocumentReference$/,
    true,
  ),
  none(
    'PEPPOL-EN16931-R100',
    'Give a line one invoiced object (BT-128) at most.',
    /^cac:(Invoice|CreditNote)Line\/cac:DocumentReference$/,
    true,
  ),
  none(
    'PEPPOL-EN16931-R101',
    'Refer from a line to its invoiced object (BT-128, type 130) only.',
    /^cac:(Invoice|CreditNote)Line\/cac:DocumentReference$|ram:SpecifiedLineTradeSettlement\/ram:AdditionalReferencedDocument$/,
    false,
  ),
  each(
    'PEPPOL-EN16931-R110',
    lines,
    "Let the line's period start (BT-134) in the invoicing period (BT-73).",
    ({ period }, document) => isNotBefore(period?.start, document.period?.start),
  ),
  each(
    'PEPPOL-EN16931-R111',
    lines,
    "Let the line's period end (BT-135) in the invoicing period (BT-74).",
    ({ period }, document) => isNotBefore(document.period?.end, period?.end),
  ),
  each(
    'PEPPOL-EN16931-R120',
    lines,
    'Make the net amount of the line (BT-131) the quantity (BT-129) times the net price (BT-146) per base quantity (BT-149), plus charges, less allowances.',
    isNetAmountRight,
  ),
  each(
    'PEPPOL-EN16931-R121',
    lines,
    'Make the base quantity of the price (BT-149) greater than 0.',
    ({ price }) => price?.baseQuantity?.value === undefined || price.baseQuantity.value.coefficient > 0n,
  ),
  each(
    'PEPPOL-EN16931-R130',
    lines,
    'Give the base quantity (BT-150) in the unit of the quantity (BT-130).',
    ({ price, quantity }) =>
      price?.baseQuantity?.unit === undefined || quantity === undefined || price.baseQuantity.unit === quantity.unit,
  ),
  {
    id: 'PEPPOL-EN16931-F001',
    severity: 'fatal',
    says: 'Write days as 2026-01-31.',
    brokenAt: ({ faults }) =>
      faults
        .filter(({ element }) => element.endsWith('Date'))
        .map(({ element, line }) => `${element} on line ${line} of the file`),
  },
]

export const PEPPOL_ONLY: readonly Rule[] = [...GENERAL, ...PEPPOL_CODES, ...PEPPOL_IDENTIFIERS]

function percentOf(base: Decimal, percentage: Decimal): Decimal {
  return multiply(base, { coefficient: percentage.coefficient, scale: percentage.scale + 2 })
}

function isNotBefore(day: string | undefined, other: string | undefined): boolean {
  return day === undefined || other === undefined || day >= other
}

/** Exact, without a division: both sides times the base quantity. */
function isNetAmountRight(
  { netAmount = ZERO, quantity, price, allowances, charges }: Line,
  document: EInvoice,
): boolean {
  const given = price?.baseQuantity?.value
  const base = given === undefined || given.coefficient === 0n ? ONE : given
  const amounts = (all: readonly AllowanceCharge[]): Decimal => rounded(sumOf(all.map(({ amount }) => amount)))
  const deals = minus(amounts(charges), amounts(allowances))
  const ofQuantity = multiply(quantity?.value ?? ONE, price?.net ?? ZERO)
  const slack = multiply(slackOf(document), base.coefficient < 0n ? { ...base, coefficient: -base.coefficient } : base)
  return isWithinOrAt(multiply(minus(netAmount, deals), base), ofQuantity, slack)
}
