import type { InvoiceDocument } from '../invoicing/document.ts'
import { dayText, moneyText } from '../words/format.ts'
import { fill, WORDS } from '../words/words.ts'
import { titleOf } from './invoice-page.ts'

/** What an e-mail says that brings a document. */
export interface CoverLetter {
  readonly subject: string
  readonly text: string
}

/**
 * The e-mail that brings a document, in the language of the document: what is attached, when it is due, how much it comes to, and who sends it.
 * @returns such as the subject `Rechnung R-000001 · Seller GmbH`
 */
export function coverLetter(document: InvoiceDocument): CoverLetter {
  const { kind, language, number, seller, currency, totals, issuedOn, dueOn } = document
  const words = WORDS[language].document
  const named = `${titleOf(document)} ${number}`
  const total = totals.toPay ?? totals.total
  const facts = [
    [words.issued, dayText(language, issuedOn)],
    ...(kind === 'credit_note' ? [] : [[words.due, dayText(language, dueOn)]]),
    [kind === 'credit_note' ? words.totalCredit : words.total, moneyText(language, total.replace(/^-/, ''), currency)],
  ]
  const { contact } = seller
  const sender = [seller.name, ...(contact === undefined ? [] : [contact.name, contact.telephone, contact.email])]
  const text = [
    fill(words.attached, { what: named }),
    '',
    ...facts.map((fact) => fact.join(': ')),
    '',
    '-- ',
    ...sender,
    '',
  ]
  return { subject: `${named} · ${seller.name}`, text: text.join('\n') }
}
