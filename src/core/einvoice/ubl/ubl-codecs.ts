import { add, negate, ZERO } from '../../base/decimal.ts'
import { type Binding, fieldsOf } from '../binding/binding.ts'
import { type Codec, text } from '../binding/codecs.ts'
import { findAll, parsePath, place } from '../binding/path.ts'
import type { EInvoice, Note, PaymentCard, Period, Price } from '../document.ts'

/** UBL has no element for what a note is about (BT-21): it stands before the text, as in `#AAC#Closed in August`. */
export const noteText: Codec<Note> = {
  read: ({ text: value }) => {
    if (value === '') return undefined
    const [, subjectCode, rest] = /^#([A-Z]{3})#([\s\S]*)$/.exec(value) ?? []
    if (subjectCode === undefined) return { text: value }
    return { subjectCode, ...(rest === undefined || rest.trim() === '' ? {} : { text: rest.trim() }) }
  },
  write: ({ subjectCode, text: value = '' }, element) => {
    element.text = subjectCode === undefined ? value : `#${subjectCode}#${value}`
  },
}

/** An element of a period that has the code of the VAT point date alone is no period. */
export function periodWithCode(period: Codec<Period>): Codec<Period> {
  return {
    ...period,
    read: (element, reading) => {
      const read = period.read(element, reading)
      const hasCode = element.children.some(({ name }) => name === 'cbc:DescriptionCode')
      return hasCode && Object.keys(read ?? {}).length === 0 ? undefined : read
    },
  }
}

/** A text field that is an attribute of an element. */
export function attributeOf<T>(key: keyof T & string, pathText: string, attribute: string): Binding<T> {
  const path = parsePath(pathText)
  return {
    read: (element, made, reading) => {
      const [found] = findAll(element, path)
      const value = found === undefined ? undefined : reading.attribute(found.element, attribute)
      if (value !== undefined) made[key] = value as T[typeof key]
    },
    write: (value, element) => {
      const field = value[key]
      if (typeof field === 'string') place(element, path).attributes[attribute] = field
    },
  }
}

/** A second place where a field may stand; it is written to the other one. */
export function readOnly<T>(binding: Binding<T>): Binding<T> {
  return { read: binding.read, write: () => undefined }
}

/** What the schema of UBL wants to have where a document, such as one that came as CII, does not say a card's network. */
const UNKNOWN_NETWORK = 'mapped-from-cii'
const network = fieldsOf<PaymentCard>().one('network', 'cbc:NetworkID', {
  read: (element, reading) => (element.text === UNKNOWN_NETWORK ? undefined : text.read(element, reading)),
  write: text.write,
})

export const cardNetwork: Binding<PaymentCard> = {
  read: network.read,
  write: (card, element, writing) =>
    network.write({ ...card, network: card.network ?? UNKNOWN_NETWORK }, element, writing),
}

/** UBL has the gross price (BT-148) at the discount (BT-147), and so wants one, if only of 0. */
export function withDiscount(price: Price): Price {
  const { gross, net, discount } = price
  if (gross === undefined || discount !== undefined) return price
  return { ...price, discount: net === undefined ? ZERO : add(gross, negate(net)) }
}

/** What stands as purchase order (BT-13) where there is only a sales order (BT-14), since the schema of UBL wants it. */
const NO_ORDER = 'NA'
const order = fieldsOf<EInvoice>().one('purchaseOrderReference', 'cac:OrderReference/cbc:ID', text)

export const purchaseOrder: Binding<EInvoice> = {
  read: (element, made, reading) => {
    order.read(element, made, reading)
    const [sales] = findAll(element, parsePath('cac:OrderReference/cbc:SalesOrderID'))
    if (made.purchaseOrderReference === NO_ORDER && sales !== undefined) delete made.purchaseOrderReference
  },
  write: (document, element, writing) => {
    const { purchaseOrderReference, salesOrderReference } = document
    if (purchaseOrderReference === undefined && salesOrderReference === undefined) return
    order.write({ ...document, purchaseOrderReference: purchaseOrderReference ?? NO_ORDER }, element, writing)
  },
}
