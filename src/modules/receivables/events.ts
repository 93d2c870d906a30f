import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const amount = z.string().describe('A decimal of the currency')

const settlement = {
  currency: z.string(),
  amount: amount.describe('What was settled just now'),
  open: amount.describe('What is left to be paid'),
}

export const invoicePaid = eventType('invoice.paid', 'invoice', 'Nothing of an invoice is left to be paid.', settlement)
export const invoicePartiallyPaid = eventType(
  'invoice.partially_paid',
  'invoice',
  'A part of an invoice was settled.',
  settlement,
)
export const invoiceReopened = eventType(
  'invoice.reopened',
  'invoice',
  'What had settled an invoice is gone: it is to be paid again.',
  { currency: z.string(), amount: amount.describe('What is to be paid again') },
)

export const invoiceWrittenOff = eventType(
  'invoice.written_off',
  'invoice',
  'What is open of an invoice, or a part of it, was given up.',
  {
    key: z.string().describe('By which it is taken back: it is kept as a payment of the method `write_off`'),
    currency: z.string(),
    amount,
    reason: z.string(),
  },
)

const refund = { currency: z.string(), amount: amount.describe('What is to be paid back') }
export const refundIsDue = eventType(
  'refund.due',
  'refund',
  'Money of a credit note, or of a payment that settles nothing, is to be paid back.',
  {
    creditNoteId: z.uuid().nullable(),
    paymentId: z.uuid().nullable(),
    ...refund,
  },
)
export const refundWasSent = eventType('refund.sent', 'refund', 'What was to be paid back was sent.', {
  ...refund,
  method: z.string(),
  reference: z.string().nullable(),
  sentOn: z.iso.date(),
})

export const refundWasKept = eventType(
  'refund.kept',
  'refund',
  'What a payment did not need and was to be paid back stays the customer’s after all.',
  { ...refund, reason: z.string() },
)

export const receivableEvents = [
  invoicePaid,
  invoicePartiallyPaid,
  invoiceReopened,
  invoiceWrittenOff,
  refundIsDue,
  refundWasSent,
  refundWasKept,
]
