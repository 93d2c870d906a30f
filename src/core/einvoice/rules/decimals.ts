import type { Decimal } from '../../base/decimal.ts'
import type { Totals } from '../document.ts'
import { breakdown, documentAllowances, documentCharges, lineAllowances, lineCharges, lines } from './contexts.ts'
import { type Context, each, type Rule, rule } from './rule.ts'

const TOTALS: readonly (readonly [id: string, key: keyof Totals, what: string])[] = [
  ['BR-DEC-09', 'lines', 'the sum of lines (BT-106)'],
  ['BR-DEC-10', 'allowances', 'the sum of allowances (BT-107)'],
  ['BR-DEC-11', 'charges', 'the sum of charges (BT-108)'],
  ['BR-DEC-12', 'withoutVat', 'the total without VAT (BT-109)'],
  ['BR-DEC-13', 'vat', 'the total VAT (BT-110)'],
  ['BR-DEC-14', 'withVat', 'the total with VAT (BT-112)'],
  ['BR-DEC-15', 'vatInVatCurrency', 'the total VAT in the currency for VAT (BT-111)'],
  ['BR-DEC-16', 'paid', 'the paid amount (BT-113)'],
  ['BR-DEC-17', 'rounding', 'the rounding (BT-114)'],
  ['BR-DEC-18', 'due', 'the amount to be paid (BT-115)'],
]

const isShort = (value: Decimal | undefined): boolean => value === undefined || value.scale <= 2
const says = (what: string): string => `Write ${what} with at most two digits behind the point.`

function amountOf<T>(id: string, context: Context<T>, what: string, find: (item: T) => Decimal | undefined): Rule {
  return each(id, context, says(what), (item) => isShort(find(item)))
}

/** Amounts have at most two digits behind the point: BR-DEC-01 to BR-DEC-28. Prices and quantities may have more. */
export const DECIMALS: readonly Rule[] = [
  amountOf('BR-DEC-01', documentAllowances, 'the allowance (BT-92)', ({ amount }) => amount),
  amountOf('BR-DEC-02', documentAllowances, 'the base amount of the allowance (BT-93)', ({ baseAmount }) => baseAmount),
  amountOf('BR-DEC-05', documentCharges, 'the charge (BT-99)', ({ amount }) => amount),
  amountOf('BR-DEC-06', documentCharges, 'the base amount of the charge (BT-100)', ({ baseAmount }) => baseAmount),
  ...TOTALS.map(([id, key, what]) => rule(id, says(what), ({ totals }) => isShort(totals?.[key]))),
  amountOf('BR-DEC-19', breakdown, 'the taxable amount (BT-116)', ({ taxable }) => taxable),
  amountOf('BR-DEC-20', breakdown, 'the tax (BT-117)', ({ tax }) => tax),
  amountOf('BR-DEC-23', lines, 'the net amount of the line (BT-131)', ({ netAmount }) => netAmount),
  amountOf('BR-DEC-24', lineAllowances, "the line's allowance (BT-136)", ({ amount }) => amount),
  amountOf(
    'BR-DEC-25',
    lineAllowances,
    "the base amount of the line's allowance (BT-137)",
    ({ baseAmount }) => baseAmount,
  ),
  amountOf('BR-DEC-27', lineCharges, "the line's charge (BT-141)", ({ amount }) => amount),
  amountOf('BR-DEC-28', lineCharges, "the base amount of the line's charge (BT-142)", ({ baseAmount }) => baseAmount),
]
