import { z } from 'zod'
import { compare, decimal as decimalOf, parseDecimal, ZERO } from '../../core/base/decimal.ts'
import { day } from '../../platform/http/dates.ts'
import { currency, key, reference } from '../../platform/http/fields.ts'

const couponCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,63}$/, 'a code has 2 to 64 letters, digits, "_" and "-"')
  .transform((code) => code.toUpperCase())
const isPlain = (text: string): boolean => parseDecimal(text) !== null && !text.startsWith('-')
const amount = z
  .string()
  .max(30)
  .refine((text) => isPlain(text) && compare(decimalOf(text), ZERO) > 0, 'write a plain decimal above zero')
const notNegative = z.string().max(30).refine(isPlain, 'write a plain decimal such as "50.00"')
const percent = z
  .string()
  .max(30)
  .refine(
    (text) => isPlain(text) && compare(decimalOf(text), decimalOf('100')) <= 0,
    'write a share from "0" to "100" per cent',
  )
const codes = z.array(z.string().min(1).max(64)).min(1).max(100)
/** Steps of a discount are written by hand. */
const MAX_STEPS = 100

const value = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent }),
  z.strictObject({ kind: z.literal('fixed'), amount, carryOver: z.boolean().default(false) }),
  z.strictObject({
    kind: z.literal('spend'),
    steps: z
      .array(z.strictObject({ from: notNegative, percent }))
      .min(1)
      .max(MAX_STEPS),
  }),
  z.strictObject({
    kind: z.literal('loyalty'),
    steps: z
      .array(z.strictObject({ months: z.number().int().min(0).max(1200), percent }))
      .min(1)
      .max(MAX_STEPS),
  }),
])

export const couponDraft = z.strictObject({
  code: couponCode,
  name: z.string().min(1).max(200).describe('Shown on documents'),
  currency: currency.nullable().default(null).describe('Of its amounts; a coupon without amounts needs none'),
  value,
  duration: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('once') }),
      z.strictObject({ kind: z.literal('forever') }),
      z.strictObject({ kind: z.literal('bills'), count: z.number().int().min(1).max(1200) }),
    ])
    .default({ kind: 'once' }),
  targets: z
    .strictObject({
      plans: codes.optional(),
      prices: codes.optional(),
      kinds: z
        .array(z.enum(['recurring', 'one_off', 'usage', 'commitment']))
        .min(1)
        .optional(),
    })
    .default({}),
  requires: z.array(z.string().min(1).max(64)).max(20).default([]).describe('A bundle: plans that it needs all of'),
  minimum: amount.nullable().default(null).describe('What its targets on a bill come to, at least'),
  priority: z.number().int().min(0).max(1000).default(50).describe('The lowest comes first'),
  exclusive: z.boolean().default(false).describe('Alone on the bills on which it gives something'),
  bestOf: z.string().min(1).max(64).nullable().default(null).describe('Of a group only the one that gives most'),
  automatic: z.boolean().default(false).describe('In force for every account, without redemption'),
  byBatch: z.boolean().default(false).describe('Redeemed with the codes of its batches alone, not with its own'),
  maxRedemptions: z.number().int().min(1).max(1e9).nullable().default(null),
  maxPerCustomer: z.number().int().min(1).max(1e6).nullable().default(null),
  validFrom: day.nullable().default(null),
  validUntil: day.nullable().default(null).describe('The first day on which it is not'),
})
export type CouponDraft = z.infer<typeof couponDraft>

export const codesDraft = z.strictObject({ count: z.number().int().min(1).max(10_000) })

export const redemptionDraft = z
  .strictObject({
    key,
    code: z.string().min(2).max(64).describe("The coupon's code, or one of its batches"),
    customer: reference.optional(),
    account: reference.optional(),
    subscription: reference.optional(),
    from: day
      .optional()
      .describe('Only what falls due from this day on; of what is billed from now on everything unless set'),
  })
  .refine(
    ({ customer, account, subscription }) =>
      [customer, account, subscription].filter((one) => one !== undefined).length === 1,
    'name one of customer, account and subscription',
  )
export type RedemptionDraft = z.infer<typeof redemptionDraft>

export const removalDraft = z.strictObject({
  from: day.optional().describe('What falls due from this day on is not discounted any more; tomorrow unless set'),
  entirely: z.boolean().default(false).describe('As if it had never been: what it gave is billed again'),
})
