import { readEInvoice } from '../../core/einvoice/read-einvoice.ts'
import { RULE_SETS } from '../../core/einvoice/rules/rule-sets.ts'
import { validate } from '../../core/einvoice/validate.ts'
import { ublSyntaxOf, writeEInvoice } from '../../core/einvoice/write-einvoice.ts'
import { writeXml } from '../../core/einvoice/xml/write-xml.ts'
import { asEInvoice } from '../../core/invoicing/as-einvoice.ts'
import type { InvoiceDocument } from '../../core/invoicing/document.ts'
import { Refusal } from '../../platform/problems.ts'

/** Broken rules that one answer names. */
const MAX_TOLD = 10

/**
 * A document as an e-invoice by EN 16931, as XML.
 * @throws Refusal where it cannot be one, or breaks a rule of the standard: with the rule's number and what to fill in
 */
export function einvoiceXml(document: InvoiceDocument, syntax: 'ubl' | 'cii'): string {
  const einvoice = asEInvoice(document)
  if ('because' in einvoice)
    throw new Refusal('unprocessable', `${document.number} is no e-invoice: ${einvoice.because}`)
  const element = writeEInvoice(einvoice, syntax === 'cii' ? 'cii' : ublSyntaxOf(einvoice))
  const read = readEInvoice(element)
  const broken = read === null ? [] : validate(read, RULE_SETS.en16931).filter(({ severity }) => severity === 'fatal')
  if (broken.length > 0) {
    const told = broken
      .slice(0, MAX_TOLD)
      .map(({ rule, place, says }) => `${rule}${place === '' ? '' : ` (${place})`}: ${says}`)
    throw new Refusal('unprocessable', `${document.number} breaks rules of EN 16931: ${told.join(' ')}`)
  }
  return writeXml(element)
}
