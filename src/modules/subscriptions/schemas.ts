import { z } from 'zod'
import { instant } from '../../platform/http/dates.ts'
import { reference, thingKey } from '../../platform/http/fields.ts'
import { changedMetadata, newMetadata } from '../../platform/http/metadata.ts'

/** Fields of prices by the prices' codes; the catalogue checks them with the plan that they change. */
const overrides = z.record(z.string().max(64), z.record(z.string().max(64), z.unknown()))

/** What a subscription is made with. */
export const subscriptionSchema = z.strictObject({
  key: thingKey,
  account: reference,
  service: reference.nullable().default(null).describe('The service covered; null covers all of the account'),
  plan: z.string().min(1).max(64),
  planVersion: z.number().int().positive().max(1_000_000).optional().describe('The newest when absent'),
  quantity: z.number().int().min(0).max(1e9).default(1),
  startsAt: instant,
  endsAt: instant.nullable().default(null),
  alignment: z
    .enum(['calendar', 'anniversary'])
    .default('calendar')
    .describe("Recurring periods are counted from the account's anchor, or from the first day of the subscription"),
  trialDays: z.number().int().min(0).max(3650).nullable().default(null).describe("Overrides the plan's trial"),
  termUnit: z.enum(['day', 'week', 'month', 'year']).nullable().default(null),
  termCount: z.number().int().min(1).max(1200).nullable().default(null).describe('Length of the agreed term'),
  renews: z.boolean().default(true).describe('Whether another term follows by itself; otherwise it ends'),
  parent: reference.nullable().default(null).describe('The subscription that an add-on belongs to'),
  overrides: overrides
    .optional()
    .describe('Negotiated prices by the codes of prices, such as {"fee": {"amount": "8.00"}}'),
  metadata: newMetadata,
})
export type SubscriptionDraft = z.output<typeof subscriptionSchema>

/** What may be changed of its row; all else is a dated change. */
export const subscriptionChanges = z.strictObject({
  endsAt: instant.nullable().optional(),
  metadata: changedMetadata.optional(),
})

/** When a change takes effect. */
export const changeTime = z.union([z.enum(['now', 'period_end', 'term_end']), instant])
const at = changeTime.default('now').describe('When it takes effect; a time may lie in the past or in the future')
const note = z.string().min(1).max(1000).nullable().default(null)

/** A change of a subscription as callers ask for it. */
export const changeRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('plan'),
    at,
    note,
    plan: z.string().min(1).max(64),
    planVersion: z.number().int().positive().max(1_000_000).optional().describe('The newest when absent'),
    overrides: overrides.optional().describe('Negotiated prices by the codes of prices'),
    usage: z
      .enum(['carry_over', 'restart'])
      .default('carry_over')
      .describe(
        'Whether what was used before in the period keeps its place in tiers and free units of prices that both plans have',
      ),
  }),
  z.strictObject({ kind: z.literal('quantity'), at, note, quantity: z.number().int().min(0).max(1e9) }),
  z.strictObject({ kind: z.enum(['pause', 'resume', 'cancel']), at, note }),
  z.strictObject({
    kind: z.literal('renew'),
    note,
    terms: z.number().int().min(1).max(1200).default(1).describe('How many terms more'),
  }),
])
export type ChangeRequest = z.output<typeof changeRequest>
