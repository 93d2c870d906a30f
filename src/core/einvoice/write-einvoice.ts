import { putInOrder } from './binding/order.ts'
import { draft } from './binding/path.ts'
import { isCreditNoteType } from './code-lists/document-types.ts'
import type { EInvoice } from './document.ts'
import { SYNTAXES, type SyntaxName } from './syntaxes.ts'
import type { XmlElement } from './xml/tree.ts'

/** UBL has a form of its own for credit notes; which one it is follows from the type code (BT-3). */
export function ublSyntaxOf({ typeCode }: EInvoice): SyntaxName {
  return isCreditNoteType(typeCode ?? '') ? 'ubl-credit-note' : 'ubl-invoice'
}

/** The document as elements. What a syntax has no place for is left out: reading it again shows what that is. */
export function writeEInvoice(document: EInvoice, syntax: SyntaxName): XmlElement {
  const { root, codec, order } = SYNTAXES[syntax]
  const element = draft(root)
  codec.write(document, element, { currency: document.currency ?? '' })
  putInOrder(element, order)
  return element
}
