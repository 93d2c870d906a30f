import { writeXml } from '../../core/einvoice/xml/write-xml.ts'
import type { EnclosedFile } from '../../core/invoicing/as-einvoice.ts'
import type { InvoiceDocument } from '../../core/invoicing/document.ts'
import { EINVOICE_NAMES, type EInvoiceSpecification } from '../../core/invoicing/einvoice-terms.ts'
import { writeOwnEInvoice } from '../../core/invoicing/write-own-einvoice.ts'
import { Refusal } from '../../platform/problems.ts'

/** Broken rules that one answer names. */
const MAX_TOLD = 10

/**
 * A document as an e-invoice, as XML: by the specification that its buyer asked for when it was issued, and else by EN 16931.
 * @param files that are inside
 * @throws Refusal where it cannot be one, or breaks a rule: with the rule's number and what to fill in
 */
export function einvoiceXml(
  document: InvoiceDocument,
  syntax: 'ubl' | 'cii',
  files: readonly EnclosedFile[] = [],
): string {
  const written = writeOwnEInvoice(document, syntax, files)
  if ('because' in written) throw new Refusal('unprocessable', `${document.number} is no e-invoice: ${written.because}`)
  const { element, broken } = written
  if (broken.length > 0) {
    const told = broken
      .slice(0, MAX_TOLD)
      .map(({ rule, place, says }) => `${rule}${place === '' ? '' : ` (${place})`}: ${says}`)
    const name = EINVOICE_NAMES[document.buyer.einvoice?.specification ?? 'en16931']
    throw new Refusal('unprocessable', `${document.number} breaks rules of ${name}: ${told.join(' ')}`)
  }
  return writeXml(element)
}

/** The document as if its buyer had asked for a specification. */
export function bySpecification(document: InvoiceDocument, specification: EInvoiceSpecification): InvoiceDocument {
  const { einvoice, ...buyer } = document.buyer
  return { ...document, buyer: { ...buyer, einvoice: { ...einvoice, specification } } }
}

/** What stands in a Factur-X: its profile is that of EN 16931, whatever else the buyer asks for. */
export function facturX(document: InvoiceDocument, files: readonly EnclosedFile[] = []): string {
  const { einvoice } = document.buyer
  return einvoiceXml(einvoice === undefined ? document : bySpecification(document, 'en16931'), 'cii', files)
}
