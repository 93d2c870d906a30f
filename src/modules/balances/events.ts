import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const amount = z.string().describe('A decimal of the currency, or of the unit')
const currency = z.string()
const unit = z.string().nullable().describe('Null for money')
const id = z.uuid()

const topUp = { key: z.string(), method: z.string(), amount, currency }
const sale = { ...topUp, amount: amount.describe('The price of all'), unit: z.string(), units: z.string() }

export const toppedUp = eventType('balance.topped_up', 'top_up', 'Money came in to be used.', topUp)
export const unitsSold = eventType('balance.units_sold', 'top_up', 'Units were sold.', sale)
export const topUpReversed = eventType(
  'balance.top_up_reversed',
  'top_up',
  'A top-up, or a sale of units, was taken back.',
  {
    ...topUp,
    reason: z.string(),
  },
)
export const transferred = eventType(
  'balance.transferred',
  'balance_transfer',
  'Money was moved from one account to another one.',
  {
    fromAccountId: id,
    toAccountId: id,
    amount,
    currency,
  },
)
export const creditPromised = eventType(
  'balance.credit_promised',
  'promised_credit',
  'Money was lent until the next top-up.',
  {
    amount,
    fee: amount,
    currency,
    dueAt: z.iso.datetime(),
  },
)

const adjustment = {
  key: z.string(),
  direction: z.enum(['credit', 'debit']),
  amount,
  unit,
  currency,
  reason: z.string(),
}
export const adjustmentRequested = eventType(
  'adjustment.requested',
  'adjustment',
  'An adjustment waits for a second person.',
  adjustment,
)
export const adjustmentRejected = eventType(
  'adjustment.rejected',
  'adjustment',
  'An adjustment was rejected.',
  adjustment,
)
export const balanceAdjusted = eventType(
  'balance.adjusted',
  'adjustment',
  'A balance was corrected by hand.',
  adjustment,
)

export const settingsChanged = eventType(
  'charging_settings.changed',
  'charging_settings',
  'Limits of approvals or promises were set.',
  {},
)
export const balanceEvents = [
  toppedUp,
  unitsSold,
  topUpReversed,
  transferred,
  creditPromised,
  adjustmentRequested,
  adjustmentRejected,
  balanceAdjusted,
  settingsChanged,
]
