import { z } from 'zod'
import { listOf } from '../../platform/http/list-page.ts'
import { referralProgram, ruleCode } from './schemas.ts'

/** What the routes of promotions answer, for the description of the API; tests compare answers with it. */

const instant = z.iso.datetime()
const id = z.uuid()
const amount = z.string().describe('A decimal of the currency, or of the unit')

const voucherBatch = z.strictObject({
  id,
  key: z.string(),
  currency: z.string().nullable(),
  content: z.strictObject({
    amount,
    unit: z.string().nullable(),
    source: z.enum(['paid', 'bonus']),
    validDays: z.int().nullable(),
    priority: z.int().optional(),
  }),
  vouchers: z.int(),
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  createdAt: instant,
})

export const madeBatch = z.strictObject({
  batch: voucherBatch,
  codes: z.array(z.string()).describe('They stand here and nowhere else'),
})

export const batches = listOf(voucherBatch.extend({ redeemed: z.int() }))

export const revoked = z.strictObject({ key: z.string(), revokedAt: instant })

export const redeemed = z.strictObject({
  account: z.string(),
  amount,
  unit: z.string().nullable(),
  currency: z.string().nullable(),
  batch: z.string(),
})

export const rule = z
  .strictObject({
    code: ruleCode,
    currency: z.string(),
    kind: z.enum(['percent', 'fixed']),
    value: amount,
    firstOnly: z.boolean(),
    fromAmount: amount.nullable(),
    validFrom: z.string().nullable(),
    validUntil: z.string().nullable(),
    validDays: z.int().nullable(),
    priority: z.int(),
  })
  .meta({ id: 'BonusRule' })

export const rules = z.strictObject({ items: z.array(rule) })
export const removed = z.strictObject({ code: ruleCode })

export const program = z
  .strictObject({ code: ruleCode, ...referralProgram.shape, currency: z.string() })
  .meta({ id: 'ReferralProgram' })

export const programs = z.strictObject({ items: z.array(program) })

export const referral = z.strictObject({
  id,
  key: z.string(),
  program: z.string(),
  referrerAccountId: id,
  referredAccountId: id,
  content: z.looseObject({}),
  createdAt: instant,
})
