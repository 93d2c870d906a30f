import { z } from 'zod'
import { amountText as decimal } from '../../platform/http/amount-text.ts'
import { instant } from '../../platform/http/dates.ts'
import { currency, key, reference, textUpTo as text } from '../../platform/http/fields.ts'

export const bonusRule = z.strictObject({
  currency,
  kind: z.enum(['percent', 'fixed']),
  value: decimal,
  firstOnly: z.boolean().default(false),
  fromAmount: decimal.nullable().default(null),
  validFrom: instant.nullable().default(null),
  validUntil: instant.nullable().default(null),
  validDays: z.number().int().min(1).max(3650).nullable().default(null),
  priority: z.number().int().min(0).max(1000).default(40),
})

export const referralProgram = z.strictObject({
  currency,
  referrerAmount: decimal,
  referredAmount: decimal,
  validDays: z.number().int().min(1).max(3650).nullable().default(null),
  priority: z.number().int().min(0).max(1000).default(40),
  maxPerReferrer: z.number().int().min(1).max(1e6).nullable().default(null),
})

export const referralDraft = z.strictObject({
  key,
  program: z.string().min(1).max(64),
  referrer: reference.describe('The account that brought the other'),
  referred: reference,
})

export const ruleCode = z.string().regex(/^[a-z0-9_.-]{1,64}$/)

export const batchDraft = z.strictObject({
  key,
  count: z.number().int().min(1).max(50_000),
  currency: currency.nullable().default(null),
  amount: decimal,
  unit: text(40).nullable().default(null),
  source: z.enum(['paid', 'bonus']).default('paid'),
  validDays: z.number().int().min(1).max(3650).nullable().default(null),
  priority: z.number().int().min(0).max(1000).optional(),
  expiresAt: instant.nullable().default(null).describe('Last moment of redemption'),
})

export const redemption = z.strictObject({ account: reference, code: z.string().min(8).max(64) })
