import { fieldsOf, repeated } from './binding/binding.ts'
import { type Codec, isoDay } from './binding/codecs.ts'
import type { ElementOrder } from './binding/order.ts'
import { ciiDocument } from './cii/cii-bindings.ts'
import { CII_ORDER } from './cii/cii-order.ts'
import type { EInvoice } from './document.ts'
import { ublDocument } from './ubl/ubl-bindings.ts'
import { UBL_ORDER } from './ubl/ubl-order.ts'

/** The forms that a document can have as a file. */
export type SyntaxName = 'ubl-invoice' | 'ubl-credit-note' | 'cii'

interface Syntax {
  readonly root: string
  readonly codec: Codec<EInvoice>
  readonly order: ElementOrder
}

const doc = fieldsOf<EInvoice>()

export const SYNTAXES: Readonly<Record<SyntaxName, Syntax>> = {
  'ubl-invoice': {
    root: 'inv:Invoice',
    order: UBL_ORDER,
    codec: ublDocument({
      typeCode: 'cbc:InvoiceTypeCode',
      line: 'cac:InvoiceLine',
      quantity: 'cbc:InvoicedQuantity',
      project: 'cac:ProjectReference/cbc:ID',
      dueDate: [doc.one('dueDate', 'cbc:DueDate', isoDay)],
    }),
  },
  'ubl-credit-note': {
    root: 'cn:CreditNote',
    order: UBL_ORDER,
    codec: ublDocument({
      typeCode: 'cbc:CreditNoteTypeCode',
      line: 'cac:CreditNoteLine',
      quantity: 'cbc:CreditedQuantity',
      project: 'cac:AdditionalDocumentReference[cbc:DocumentTypeCode=50]/cbc:ID',
      dueDate: [repeated<EInvoice, 'dueDate'>('dueDate', ['cac:PaymentMeans'], 'cbc:PaymentDueDate', isoDay)],
    }),
  },
  cii: { root: 'rsm:CrossIndustryInvoice', order: CII_ORDER, codec: ciiDocument },
}
