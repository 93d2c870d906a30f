import { z } from 'zod'
import { currencyOf, findCurrency } from '../../core/base/currency.ts'
import { isNameable } from '../../core/base/kept-text.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { instant } from '../../platform/http/dates.ts'

const key = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'a key has 1 to 128 visible ASCII characters')
const reference = z.string().min(1).max(128).describe('An id or a key')
const decimal = amountText
const currency = z
  .string()
  .refine((code) => findCurrency(code) !== undefined, 'use an ISO 4217 code such as EUR')
  .transform((code) => currencyOf(code).code)
/** Text that Postgres and the journal keep as it is: no control characters, no half of a surrogate pair. */
const text = (max: number): z.ZodString =>
  z.string().min(1).max(max).refine(isNameable, 'no control characters, no mark of byte order, no lone surrogates')
const names = z.array(text(200)).min(1).max(100).optional()

/** When and for what the content of a lot can be used. */
const lotTerms = {
  priority: z.number().int().min(0).max(1000).optional().describe('The lowest goes first'),
  expiresAt: instant.nullable().optional(),
  graceHours: z
    .number()
    .int()
    .min(0)
    .max(2_232)
    .optional()
    .describe('Hours behind expiresAt in which it still pays for usage and fees in arrears of its own time'),
  scope: z
    .strictObject({ meters: names, prices: names, cells: names, subscriptions: names })
    .nullable()
    .optional()
    .describe('What it may be used for: meters, prices, cells (time bands and destinations), subscriptions by id'),
  shared: z.boolean().optional().describe('Accounts that this account sponsors may use it'),
}

export const topUpDraft = z.strictObject({
  key,
  account: reference,
  amount: decimal,
  currency,
  method: z.enum(['cash', 'bank', 'card', 'other']),
  reference: text(500).nullable().default(null),
  ...lotTerms,
})

export const unitSaleDraft = z.strictObject({
  key,
  account: reference,
  unit: text(40).describe('The unit of meters that it covers'),
  units: decimal,
  unitPrice: decimal.describe('What each costs; the sum is rounded half-up once'),
  currency,
  method: z.enum(['cash', 'bank', 'card', 'other']),
  reference: text(500).nullable().default(null),
  ...lotTerms,
})

export const reversalDraft = z.strictObject({ reason: text(500).describe('Why it is taken back') })

export const transferDraft = z.strictObject({ key, from: reference, to: reference, amount: decimal })

export const promiseDraft = z.strictObject({ key, account: reference, amount: decimal })

export const adjustmentDraft = z.strictObject({
  key,
  account: reference,
  direction: z.enum(['credit', 'debit']),
  amount: decimal,
  unit: text(40).nullable().default(null),
  source: z.enum(['paid', 'bonus']).default('bonus'),
  reason: text(1000),
  ...lotTerms,
})

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
