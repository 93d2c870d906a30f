import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const amount = z.string().describe('A decimal of the currency')
const payment = { key: z.string(), method: z.string(), currency: z.string(), amount, receivedOn: z.iso.date() }

export const paymentRecorded = eventType(
  'payment.recorded',
  'payment',
  'Money was received, or, of the method `deposit`, was taken out of a deposit to settle a document.',
  payment,
)
export const paymentReversed = eventType(
  'payment.reversed',
  'payment',
  'A payment was taken back, such as one that bounced; of the method `write_off`, what was given up is owed again.',
  {
    ...payment,
    reason: z.string(),
  },
)

export const paymentMetadataChanged = eventType(
  'payment.metadata_changed',
  'payment',
  'What callers keep beside a payment was changed.',
  {
    key: z.string(),
  },
)

export const paymentEvents = [paymentRecorded, paymentReversed, paymentMetadataChanged]
