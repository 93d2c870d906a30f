import { add, ZERO } from '../../base/decimal.ts'
import { type Binding, fieldsOf, group } from '../binding/binding.ts'
import { amountWithCurrency, type Codec, decimalNumber, text } from '../binding/codecs.ts'
import { type Draft, draft } from '../binding/path.ts'
import type { EInvoice, VatBreakdown } from '../document.ts'
import type { XmlElement } from '../xml/tree.ts'

const CATEGORY = 'cac:TaxCategory[cac:TaxScheme/cbc:ID=VAT,vat]'
const row = fieldsOf<VatBreakdown>()
const subtotal: Codec<VatBreakdown> = group([
  row.one('taxable', 'cbc:TaxableAmount', amountWithCurrency),
  row.one('tax', 'cbc:TaxAmount', amountWithCurrency),
  row.one('category', `${CATEGORY}/cbc:ID`, text),
  row.one('rate', `${CATEGORY}/cbc:Percent`, decimalNumber),
  row.one('exemptionReasonCode', `${CATEGORY}/cbc:TaxExemptionReasonCode`, text),
  row.one('exemptionReason', `${CATEGORY}/cbc:TaxExemptionReason`, text),
])
const breakdown = fieldsOf<Pick<EInvoice, 'vatBreakdown'>>().many('vatBreakdown', 'cac:TaxSubtotal*', subtotal)

/**
 * UBL has one `cac:TaxTotal` with the VAT in the document's currency (BT-110) and its breakdown (BG-23), and may have another one
 * with the sum in the currency for VAT (BT-111). Currencies tell them apart.
 */
export const vatTotals: Binding<EInvoice> = {
  read: (element, made, reading) => {
    const all = element.children.filter(({ name }) => name === 'cac:TaxTotal')
    const own = all.find((total) => currencyOf(total) === made.currency)
    const other = all.find((total) => total !== own && currencyOf(total) === made.vatCurrency)
    for (const total of all)
      if (total !== own && (hasRows(total) || currencyOf(total) === made.currency)) reading.repeat(total)
    const vat = own === undefined ? undefined : amountOf(own)
    const vatInVatCurrency = other === undefined ? undefined : amountOf(other)
    if (vat !== undefined || vatInVatCurrency !== undefined || made.totals !== undefined)
      made.totals = {
        ...made.totals,
        ...(vat === undefined ? {} : { vat }),
        ...(vatInVatCurrency === undefined ? {} : { vatInVatCurrency }),
      }
    const brokenDown = own ?? all.find(hasRows)
    if (brokenDown !== undefined) reading.take(brokenDown)
    breakdown.read(brokenDown ?? NO_TOTAL, made, reading)

    function amountOf(total: XmlElement) {
      reading.take(total)
      const amount = amountElement(total)
      if (amount === undefined) return undefined
      reading.take(amount)
      if (total === own) return amountWithCurrency.read(amount, reading)
      reading.attribute(amount, 'currencyID')
      return decimalNumber.read(amount, reading)
    }
  },
  write: (document, element, writing) => {
    const { vat, vatInVatCurrency } = document.totals ?? {}
    if (vat !== undefined || document.vatBreakdown.length > 0) {
      const total = begin(element)
      // UBL wants the sum where it has a breakdown; CII leaves it out where there is no VAT.
      const sum = document.vatBreakdown.reduce((all, { tax = ZERO }) => add(all, tax), ZERO)
      amountWithCurrency.write(vat ?? sum, begin(total, 'cbc:TaxAmount'), writing)
      breakdown.write(document, total, writing)
    }
    if (vatInVatCurrency !== undefined)
      amountWithCurrency.write(vatInVatCurrency, begin(begin(element), 'cbc:TaxAmount'), {
        currency: document.vatCurrency ?? '',
      })
  },
}

const NO_TOTAL: XmlElement = { name: '', attributes: {}, children: [], text: '', line: 0 }

function hasRows({ children }: XmlElement): boolean {
  return children.some(({ name }) => name === 'cac:TaxSubtotal')
}

function amountElement(total: XmlElement): XmlElement | undefined {
  return total.children.find(({ name }) => name === 'cbc:TaxAmount')
}

function currencyOf(total: XmlElement): string | undefined {
  return amountElement(total)?.attributes['currencyID']
}

function begin(parent: Draft, name = 'cac:TaxTotal'): Draft {
  const made = draft(name)
  parent.children.push(made)
  return made
}
