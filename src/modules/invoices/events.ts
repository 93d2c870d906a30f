import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import type { Invoice } from './store.ts'

const amount = z.string().describe('A decimal of the currency')
const day = z.iso.date()

const document = {
  number: z.string().describe('As it is printed'),
  currency: z.string(),
  total: amount,
  issuedOn: day,
  dueOn: day,
  billingDay: day,
  corrects: z.array(z.string()).describe('Of a note on other documents: their numbers'),
}
const issued = {
  invoice: eventType('invoice.issued', 'invoice', 'An invoice was issued.', document),
  credit_note: eventType(
    'credit_note.issued',
    'credit_note',
    'A credit note was issued: a document with a total below zero.',
    document,
  ),
  debit_note: eventType(
    'debit_note.issued',
    'debit_note',
    'A debit note was issued: usage that was billed already costs more, or more is charged on request.',
    document,
  ),
}

export function documentIssued(invoice: Omit<Invoice, 'metadata'>): NewEvent {
  const { id, kind, accountId, currency, totalMinor, issuedOn, dueOn, billingDay, document: printed } = invoice
  const total = formatMinor(BigInt(totalMinor), currency)
  const { number, corrects = [] } = printed as { readonly number: string; readonly corrects?: readonly string[] }
  const data = { number, currency, total, issuedOn, dueOn, billingDay, corrects: [...corrects] }
  return eventOf(issued[kind], { objectId: id, accountId }, data)
}

const metadata = eventType('invoice.metadata_changed', 'invoice', 'What callers keep beside a document was changed.', {
  number: z.string(),
})
export const invoiceMetadataChanged = metadata

export const invoiceEvents = [...Object.values(issued), metadata]
