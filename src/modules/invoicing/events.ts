import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

export const dailyFeeUnpaid = eventType(
  'balance.daily_fee_unpaid',
  'account',
  'The balance of an account did not reach for the fee of a day; its usage is blocked where the plan says so.',
  {
    subscriptionId: z.uuid(),
    price: z.string(),
    day: z.iso.date(),
    amount: z.string().describe('A decimal of the currency'),
    currency: z.string(),
  },
)

export const invoicingEvents = [dailyFeeUnpaid]
