import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

export const taxIdChecked = eventType(
  'customer.tax_id_checked',
  'customer',
  'A register was asked whether a tax id of a customer was given to anybody.',
  {
    verdict: z.enum(['valid', 'invalid', 'no_answer']),
    consultation: z.string().nullable(),
  },
)
