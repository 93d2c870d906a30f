import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const amount = z.string().describe('A decimal of the currency')
const payment = { key: z.string(), method: z.string(), currency: z.string(), amount, receivedOn: z.iso.date() }

export const paymentRecorded = eventType('payment.recorded', 'payment', 'Money was received.', payment)
export const paymentReversed = eventType(
  'payment.reversed',
  'payment',
  'A payment was taken back, such as one that bounced.',
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
