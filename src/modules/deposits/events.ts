import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const entry = {
  currency: z.string(),
  amount: z.string().describe('A decimal of the currency'),
  reason: z.string(),
}
export const told = {
  taken: eventType('deposit.taken', 'deposit', 'A customer has left money as security.', entry),
  applied: eventType('deposit.applied', 'deposit', 'Security of a customer settles a document.', entry),
  released: eventType('deposit.released', 'deposit', 'Security was paid back to its customer.', entry),
}
export const depositEvents = Object.values(told)
