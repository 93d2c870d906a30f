import { add, type Decimal } from '../../base/decimal.ts'
import { type Binding, fieldsOf, group, type Made } from '../binding/binding.ts'
import { amountWithCurrency, type Codec, compactDay, decimalNumber, identifier, text } from '../binding/codecs.ts'
import { type Draft, draft, parsePath, place } from '../binding/path.ts'
import type { Reading } from '../binding/reading.ts'
import type { Contact, EInvoice, Identifier, PaymentAccount, Price, Totals } from '../document.ts'
import type { XmlElement } from '../xml/tree.ts'

/** A day, in the element that says what it is of. */
export const day = compactDay('udt:DateTimeString')

/** CII has one currency for a document, so that amounts need not say it: what stands there is looked at, and not written. */
export const amount: Codec<Decimal> = {
  read: (element, reading) =>
    (element.attributes['currencyID'] === undefined ? decimalNumber : amountWithCurrency).read(element, reading),
  write: decimalNumber.write,
}

/** An identifier with a scheme stands in `ram:GlobalID`, one without in `ram:ID`. */
export function partyIds<T>(
  read: (group: Made<T>, ids: readonly Identifier[]) => void,
  idsOf: (group: T) => readonly Identifier[],
  isList: boolean,
): Binding<T> {
  return {
    read: (element, made, reading) => {
      const all = ['ram:ID', 'ram:GlobalID'].flatMap((name) => element.children.filter((child) => child.name === name))
      const ids = (isList ? all : all.slice(0, 1)).flatMap((child) => {
        reading.take(child)
        return identifier.read(child, reading) ?? []
      })
      read(made, ids)
    },
    write: (value, element, writing) => {
      for (const id of idsOf(value)) {
        const made = draft(id.scheme === undefined ? 'ram:ID' : 'ram:GlobalID')
        element.children.push(made)
        identifier.write(id, made, writing)
      }
    },
  }
}

/** Whom to ask (BT-41) is a person or, where none is named, a department. */
export const contactName: Binding<Contact> = {
  read: (element, made, reading) => {
    for (const name of ['ram:DepartmentName', 'ram:PersonName']) {
      const child = element.children.find((one) => one.name === name)
      const isFirst = !element.children.some((one) => one.name === 'ram:PersonName' && one.text !== '')
      if (child === undefined || child.text === '' || (name === 'ram:DepartmentName' && !isFirst)) continue
      reading.take(child)
      made.name = child.text
    }
  },
  write: ({ name }, element) => {
    if (name !== undefined) place(element, parsePath('ram:PersonName')).text = name
  },
}

const IBAN = /^[A-Z]{2}\d{2}[A-Za-z0-9 ]{11,34}$/
const account = fieldsOf<PaymentAccount>()
const otherAccountId = account.one('id', 'ram:ProprietaryID', text)
const iban = account.one('id', 'ram:IBANID', text)

/** An IBAN has an element of its own. */
export const accountId: Binding<PaymentAccount> = {
  read: (element, made, reading) => {
    otherAccountId.read(element, made, reading)
    if (made.id === undefined) iban.read(element, made, reading)
  },
  write: (value, element, writing) =>
    (IBAN.test(value.id ?? '') ? iban : otherAccountId).write(value, element, writing),
}

const sums = fieldsOf<Totals>()
const plainTotals = group([
  sums.one('lines', 'ram:LineTotalAmount', amount),
  sums.one('charges', 'ram:ChargeTotalAmount', amount),
  sums.one('allowances', 'ram:AllowanceTotalAmount', amount),
  sums.one('withoutVat', 'ram:TaxBasisTotalAmount', amount),
  sums.one('rounding', 'ram:RoundingAmount', amount),
  sums.one('withVat', 'ram:GrandTotalAmount', amount),
  sums.one('paid', 'ram:TotalPrepaidAmount', amount),
  sums.one('due', 'ram:DuePayableAmount', amount),
])

const SUMMATION = 'ram:SpecifiedTradeSettlementHeaderMonetarySummation'

/** VAT (BT-110) and VAT in the currency for VAT (BT-111) are two elements of one name; currencies tell them apart. */
export const totals: Binding<EInvoice> = {
  read: (element, made, reading) => {
    const summation = element.children.find(({ name }) => name === SUMMATION)
    if (summation === undefined) return
    reading.take(summation)
    const all = summation.children.filter(({ name }) => name === 'ram:TaxTotalAmount')
    const currencyOf = (total: XmlElement): string | undefined => total.attributes['currencyID']
    const own =
      all.find((total) => currencyOf(total) === made.currency) ?? all.find((total) => currencyOf(total) === undefined)
    const other = all.find((total) => total !== own && currencyOf(total) === made.vatCurrency)
    for (const total of all) if (total !== own && currencyOf(total) === made.currency) reading.repeat(total)
    const vat = vatOf(own, amount, reading)
    const vatInVatCurrency = vatOf(other, { read: readWithoutCurrency }, reading)
    made.totals = {
      ...plainTotals.read(summation, reading),
      ...(vat === undefined ? {} : { vat }),
      ...(vatInVatCurrency === undefined ? {} : { vatInVatCurrency }),
    }
  },
  write: (document, element, writing) => {
    if (document.totals === undefined) return
    const summation = place(element, parsePath(SUMMATION))
    plainTotals.write(document.totals, summation, writing)
    const { vat, vatInVatCurrency } = document.totals
    if (vat !== undefined) writeVat(vat, writing.currency, summation)
    if (vatInVatCurrency !== undefined) writeVat(vatInVatCurrency, document.vatCurrency ?? '', summation)
  },
}

function vatOf(element: XmlElement | undefined, { read }: Pick<Codec<Decimal>, 'read'>, reading: Reading) {
  if (element === undefined) return undefined
  reading.take(element)
  return read(element, reading)
}

/** Its currency is that for VAT, and not the document's, in which all amounts are. */
function readWithoutCurrency(element: XmlElement, reading: Reading): Decimal | undefined {
  reading.attribute(element, 'currencyID')
  return decimalNumber.read(element, reading)
}

function writeVat(value: Decimal, currency: string, summation: Draft): void {
  const made = draft('ram:TaxTotalAmount')
  summation.children.push(made)
  amountWithCurrency.write(value, made, { currency })
}

/** CII has the discount (BT-147) in the gross price (BT-148), and so wants that: the net price plus the discount. */
export function withGross(price: Price): Price {
  const { gross, net, discount } = price
  if (discount === undefined || gross !== undefined || net === undefined) return price
  return { ...price, gross: add(net, discount) }
}
