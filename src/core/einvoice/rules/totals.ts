import { add, type Decimal, toScale, ZERO } from '../../base/decimal.ts'
import { COUNTRIES } from '../code-lists/codes.ts'
import type { AllowanceCharge, Period } from '../document.ts'
import { isSame, isTaxOf, minus, rounded, sumOf } from './amounts.ts'
import {
  breakdown,
  documentAllowances,
  documentCharges,
  lineAllowances,
  lineCharges,
  linePeriods,
  lines,
  periods,
  sellers,
  vatIds,
} from './contexts.ts'
import { asWarning, each, type Rule, rule } from './rule.ts'

const hasReason = ({ reason, reasonCode }: AllowanceCharge): boolean => reason !== undefined || reasonCode !== undefined
const hasDay = ({ start, end }: Period): boolean => start !== undefined || end !== undefined
const always = (): boolean => true

/** What must agree with what: BR-CO-03 to BR-CO-26. Where a sum is missing that must be there, it does not agree either. */
export const TOTALS: readonly Rule[] = [
  rule(
    'BR-CO-03',
    'Give the VAT point as a day (BT-7) or as a code (BT-8), not both.',
    ({ vatPointDate, vatPointDateCode }) => vatPointDate === undefined || vatPointDateCode === undefined,
  ),
  each(
    'BR-CO-04',
    lines,
    'Give the VAT category of the line (BT-151), such as S.',
    ({ vatCategory }) => vatCategory !== undefined,
  ),
  each(
    'BR-CO-05',
    documentAllowances,
    'Let the code and the text of the reason mean the same (BT-98, BT-97); no program can tell.',
    always,
  ),
  each(
    'BR-CO-06',
    documentCharges,
    'Let the code and the text of the reason mean the same (BT-105, BT-104); no program can tell.',
    always,
  ),
  each(
    'BR-CO-07',
    lineAllowances,
    'Let the code and the text of the reason mean the same (BT-140, BT-139); no program can tell.',
    always,
  ),
  each(
    'BR-CO-08',
    lineCharges,
    'Let the code and the text of the reason mean the same (BT-145, BT-144); no program can tell.',
    always,
  ),
  each(
    'BR-CO-09',
    vatIds,
    'Begin the VAT identifier with its country (BT-31, BT-48, BT-63), such as DE; Greece has EL.',
    (id) => COUNTRIES.has(id.slice(0, 2)) || id.startsWith('EL'),
  ),
  rule(
    'BR-CO-10',
    'Make the sum of lines (BT-106) what the net amounts of all lines (BT-131) come to.',
    ({ totals, lines: all }) =>
      totals === undefined || isEqual(totals.lines, rounded(sumOf(all.map(({ netAmount }) => netAmount)))),
  ),
  rule(
    'BR-CO-11',
    'Make the sum of allowances (BT-107) what the allowances of the document (BT-92) come to.',
    ({ totals, allowances }) => isSumOf(totals?.allowances, allowances),
  ),
  rule(
    'BR-CO-12',
    'Make the sum of charges (BT-108) what the charges of the document (BT-99) come to.',
    ({ totals, charges }) => isSumOf(totals?.charges, charges),
  ),
  rule(
    'BR-CO-13',
    'Make the total without VAT (BT-109) the sum of lines (BT-106) less allowances (BT-107) plus charges (BT-108).',
    ({ totals }) =>
      totals === undefined ||
      (totals.lines !== undefined &&
        isEqual(totals.withoutVat, add(minus(totals.lines, totals.allowances), totals.charges ?? ZERO))),
  ),
  rule(
    'BR-CO-14',
    'Make the total VAT (BT-110) what the taxes of the VAT breakdown (BT-117) come to.',
    ({ totals, vatBreakdown }) =>
      totals?.vat === undefined ||
      vatBreakdown.length === 0 ||
      isSame(totals.vat, rounded(sumOf(vatBreakdown.map(({ tax }) => tax)))),
  ),
  rule(
    'BR-CO-15',
    'Make the total with VAT (BT-112) the total without VAT (BT-109) plus the VAT (BT-110), which stands there even if it is 0.',
    ({ currency, totals }, { syntax, faults }) => {
      if (totals === undefined || currency === undefined) return true
      if (
        faults.some(({ element, isRepeated }) => /(^|\/)(cac:TaxTotal|ram:TaxTotalAmount)$/.test(element) && isRepeated)
      )
        return false
      // CII may leave the VAT out where there is none.
      const vat = syntax === 'cii' ? (totals.vat ?? ZERO) : totals.vat
      if (totals.withoutVat === undefined || vat === undefined) return false
      return isEqual(totals.withVat, rounded(add(totals.withoutVat, vat)))
    },
  ),
  rule(
    'BR-CO-16',
    'Make the amount to be paid (BT-115) the total with VAT (BT-112) less what was paid (BT-113) plus the rounding (BT-114).',
    ({ totals }) =>
      totals === undefined ||
      (totals.withVat !== undefined &&
        isEqual(totals.due, add(minus(totals.withVat, totals.paid), totals.rounding ?? ZERO))),
  ),
  each(
    'BR-CO-17',
    breakdown,
    'Make the tax (BT-117) the taxable amount (BT-116) times the rate (BT-119), rounded to two digits.',
    ({ tax, taxable, rate }) => {
      if (tax === undefined) return false
      if (rate === undefined || toScale(rate, 0) === 0n) return toScale(tax, 0) === 0n
      return taxable !== undefined && isTaxOf(tax, taxable, rate)
    },
  ),
  rule(
    'BR-CO-18',
    'Give a VAT breakdown (BG-23) with at least one category.',
    ({ vatBreakdown }) => vatBreakdown.length > 0,
  ),
  each(
    'BR-CO-19',
    periods,
    'Give the first or the last day of the invoicing period (BT-73, BT-74), or leave the period out.',
    hasDay,
  ),
  each(
    'BR-CO-20',
    linePeriods,
    "Give the first or the last day of the line's period (BT-134, BT-135), or leave the period out.",
    hasDay,
  ),
  each('BR-CO-21', documentAllowances, 'Give a reason of the allowance (BT-97) or its code (BT-98).', hasReason),
  each('BR-CO-22', documentCharges, 'Give a reason of the charge (BT-104) or its code (BT-105).', hasReason),
  each('BR-CO-23', lineAllowances, "Give a reason of the line's allowance (BT-139) or its code (BT-140).", hasReason),
  each('BR-CO-24', lineCharges, "Give a reason of the line's charge (BT-144) or its code (BT-145).", hasReason),
  // The official artefacts leave this rule out, so that a document which breaks it is accepted everywhere.
  asWarning(
    rule(
      'BR-CO-25',
      'Say until when it is to be paid: a due day (BT-9) or terms of payment (BT-20).',
      ({ totals, dueDate, paymentTerms }) =>
        totals?.due === undefined ||
        totals.due.coefficient <= 0n ||
        dueDate !== undefined ||
        paymentTerms !== undefined,
    ),
  ),
  each(
    'BR-CO-26',
    sellers,
    'Give an identifier of the seller: its own (BT-29), its legal registration (BT-30) or its VAT identifier (BT-31).',
    ({ vatId, identifiers, legalRegistration }) =>
      vatId !== undefined || identifiers.length > 0 || legalRegistration !== undefined,
  ),
]

/** Whether a sum is there, and right. */
function isEqual(sum: Decimal | undefined, right: Decimal): boolean {
  return sum !== undefined && isSame(sum, right)
}

function isSumOf(total: Decimal | undefined, parts: readonly AllowanceCharge[]): boolean {
  if (total === undefined) return parts.length === 0
  return isSame(total, rounded(sumOf(parts.map(({ amount }) => amount))))
}
