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

const reversal = {
  kind: z.enum(['payment', 'top_up']).describe('What is to be taken back'),
  subjectId: id.describe('The payment or top-up'),
  amount,
  currency,
  reason: z.string(),
}
export const reversalRequested = eventType(
  'reversal.requested',
  'reversal_request',
  'The reversal of a payment or top-up waits for a second person.',
  reversal,
)
export const reversalApproved = eventType(
  'reversal.approved',
  'reversal_request',
  'A reversal that waited is made: a second person agreed, or the limit allows it by now.',
  reversal,
)
export const reversalRejected = eventType(
  'reversal.rejected',
  'reversal_request',
  'A reversal that waited was rejected.',
  reversal,
)
export const reversalExpired = eventType(
  'reversal.expired',
  'reversal_request',
  'Nobody decided in time on a reversal; told when it is asked for again.',
  reversal,
)

const batch = { key: z.string(), vouchers: z.int(), currency: currency.nullable(), amount, unit }
export const batchCreated = eventType('voucher_batch.created', 'voucher_batch', 'Vouchers were made.', batch)
export const batchRevoked = eventType(
  'voucher_batch.revoked',
  'voucher_batch',
  'The vouchers of a batch that were not redeemed are worth nothing.',
  {
    key: z.string(),
  },
)
export const voucherRedeemed = eventType(
  'voucher.redeemed',
  'voucher_batch',
  'A voucher of a batch was redeemed for an account.',
  {
    amount,
    unit,
    currency,
  },
)

const code = { code: z.string() }
export const settingsChanged = eventType(
  'charging_settings.changed',
  'charging_settings',
  'Limits of approvals or promises were set.',
  {},
)
export const bonusRuleSet = eventType('bonus_rule.set', 'bonus_rule', 'A rule of bonuses was set.', code)
export const bonusRuleRemoved = eventType('bonus_rule.removed', 'bonus_rule', 'A rule of bonuses was removed.', code)
export const programSet = eventType(
  'referral_program.set',
  'referral_program',
  'What customers get who bring customers was set.',
  code,
)
export const referralRecorded = eventType(
  'referral.recorded',
  'referral',
  'A customer brought another one; both have their bonus.',
  {
    key: z.string(),
    program: z.string(),
    referrerAccountId: id,
    referredAccountId: id,
  },
)

export const chargingEvents = [
  toppedUp,
  unitsSold,
  topUpReversed,
  transferred,
  creditPromised,
  adjustmentRequested,
  adjustmentRejected,
  balanceAdjusted,
  reversalRequested,
  reversalApproved,
  reversalRejected,
  reversalExpired,
  batchCreated,
  batchRevoked,
  voucherRedeemed,
  settingsChanged,
  bonusRuleSet,
  bonusRuleRemoved,
  programSet,
  referralRecorded,
]
