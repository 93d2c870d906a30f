import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

export const customerErased = eventType(
  'customer.erased',
  'customer',
  'What Kvit may let go of a customer was erased.',
  {
    rows: z.int().describe('Rows that were changed'),
  },
)
