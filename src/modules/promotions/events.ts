import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const amount = z.string().describe('A decimal of the currency, or of the unit')
const currency = z.string()
const unit = z.string().nullable().describe('Null for money')
const id = z.uuid()

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

export const promotionEvents = [
  batchCreated,
  batchRevoked,
  voucherRedeemed,
  bonusRuleSet,
  bonusRuleRemoved,
  programSet,
  referralRecorded,
]
