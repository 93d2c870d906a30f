import { z } from 'zod'
import { amountText as decimal } from '../../platform/http/amount-text.ts'
import { instant } from '../../platform/http/dates.ts'
import { currency, key, reference, textUpTo as text } from '../../platform/http/fields.ts'

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
