import { readEInvoice } from '../einvoice/read-einvoice.ts'
import { RULE_SETS } from '../einvoice/rules/rule-sets.ts'
import { type Violation, validate } from '../einvoice/validate.ts'
import { ublSyntaxOf, writeEInvoice } from '../einvoice/write-einvoice.ts'
import type { XmlElement } from '../einvoice/xml/tree.ts'
import { asEInvoice, type EnclosedFile, type NoEInvoice } from './as-einvoice.ts'
import type { InvoiceDocument } from './document.ts'
import { EINVOICE_NAMES } from './einvoice-terms.ts'

/** A document as an e-invoice, with the rules that it breaks: where there are any it is not to be sent. */
export interface OwnEInvoice {
  readonly element: XmlElement
  readonly broken: readonly Violation[]
}

/** Written by the specification that its buyer asked for, or else by EN 16931. @param files that are inside */
export function writeOwnEInvoice(
  document: InvoiceDocument,
  syntax: 'ubl' | 'cii',
  files: readonly EnclosedFile[] = [],
): OwnEInvoice | NoEInvoice {
  const einvoice = asEInvoice(document, files)
  if ('because' in einvoice) return einvoice
  const element = writeEInvoice(einvoice, syntax === 'cii' ? 'cii' : ublSyntaxOf(einvoice))
  const read = readEInvoice(element)
  const rules = RULE_SETS[document.buyer.einvoice?.specification ?? 'en16931']
  const broken = read === null ? [] : validate(read, rules).filter(({ severity }) => severity === 'fatal')
  return { element, broken }
}

/** Where Kvit keeps what a rule misses, by the rule. */
const KEPT_AS: Readonly<Record<string, string>> = {
  'BR-08': 'postalAddress of the issuer',
  'BR-10': 'postalAddress of the customer',
  'BR-DE-1': 'bankAccounts of the issuer, with an IBAN in the currency of the document',
  'BR-DE-2': 'contact of the issuer',
  'BR-DE-3': 'postalAddress of the issuer',
  'BR-DE-4': 'postalAddress of the issuer',
  'BR-DE-8': 'postalAddress of the customer',
  'BR-DE-9': 'postalAddress of the customer',
  'BR-DE-10': 'postalAddress of the customer',
  'BR-DE-11': 'postalAddress of the customer',
  'BR-DE-15': 'einvoice of the customer: leitwegId or buyerReference',
  'PEPPOL-EN16931-R003': 'einvoice of the customer: buyerReference; or its purchaseOrder',
  'PEPPOL-EN16931-R010': 'electronicAddress of the customer',
  'PEPPOL-EN16931-R020': 'electronicAddress of the issuer',
}

/**
 * What must be filled in before a document can be the e-invoice that its buyer asked for: a sentence for each rule that it breaks, such
 * as `BR-DE-15 of XRechnung 3.0: Give the buyer's reference (BT-10) … (einvoice of the customer: …)`.
 * @returns nothing where the buyer asked for none
 */
export function einvoiceFaults(document: InvoiceDocument): string[] {
  const { einvoice } = document.buyer
  if (einvoice === undefined) return []
  const name = EINVOICE_NAMES[einvoice.specification]
  const written = writeOwnEInvoice(document, 'ubl')
  if ('because' in written) return [`it cannot be an e-invoice by ${name}: ${written.because}`]
  return [...Map.groupBy(written.broken, ({ rule }) => rule)].map(([rule, places]) => {
    const where = places.flatMap(({ place }) => (place === '' ? [] : [place]))
    const at = where.length === 0 ? '' : ` (${where[0]}${where.length === 1 ? '' : ` and ${where.length - 1} more`})`
    const field = KEPT_AS[rule]
    return `${rule} of ${name}${at}: ${places[0]?.says}${field === undefined ? '' : ` (${field})`}`
  })
}
