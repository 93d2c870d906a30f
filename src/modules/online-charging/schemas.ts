import { z } from 'zod'
import { FIELD_LIMITS } from '../../core/mediation/usage-batch.ts'
import { instant } from '../../platform/http/dates.ts'

/** What gateways send and get, as the description of the API shows it; `OnlineDecoder` is what reads it. */

const name = (limit: number): z.ZodString => z.string().min(1).max(limit)
const data = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .describe('Quantities by the property that a meter reads, and what prices choose by; write decimals as texts')
const units = z.array(z.object({ type: name(FIELD_LIMITS.type), data })).max(100)
const named = {
  source: name(FIELD_LIMITS.source).describe('Who reports: a switch, a gateway, an app'),
  service: name(FIELD_LIMITS.service).describe('What usage points at: a number, a login, an API key'),
  time: instant,
}
const eventFields = {
  ...named,
  id: name(FIELD_LIMITS.id).describe('(source, id) makes a repetition harmless'),
  type: name(FIELD_LIMITS.type),
  end: instant.optional(),
  data,
}
const sessionFields = {
  ...named,
  session: name(FIELD_LIMITS.id - 64).describe('Names the session, together with the source'),
  requested: units.optional(),
  validitySeconds: z.int().min(0).optional().describe('How long grants hold at most'),
}
const sequence = z.int().min(0).describe('Grows with each request of the session')

const event = z.object({ op: z.literal('event'), ...eventFields }).describe('Charges at once (3GPP: IEC)')
const refund = z.object({ op: z.literal('refund'), ...eventFields }).describe('Gives a charged event back')
const start = z.object({ op: z.literal('start'), ...sessionFields, sequence: sequence.default(0) })
const step = z.object({ op: z.enum(['update', 'end']), ...sessionFields, sequence, used: units.optional() })

export const onlineRequest = z.union([event, refund, start, step]).meta({ id: 'ChargingRequest' })
/** Advice is asked as the event would be; `op` is not read. */
export const adviceRequest = z.object({ op: z.literal('event').optional(), ...eventFields })

const amount = z.string().describe('A decimal of the currency, exact')
const reason = z.string().describe('A stable code')
const quantities = z.record(z.string(), z.string())

const grant = z.strictObject({
  type: z.string(),
  result: z.enum(['granted', 'refused']),
  granted: quantities.describe('By the property that the meter reads'),
  validitySeconds: z.int().min(0),
  reason: reason.optional(),
  detail: z.string().optional(),
  final: z
    .strictObject({
      action: z.enum(['terminate', 'redirect', 'restrict']),
      redirectTo: z.string().optional(),
      kbps: z.int().optional(),
    })
    .optional()
    .describe('Nothing more can be granted behind these units (3GPP: Final-Unit-Indication)'),
  throttleKbps: z.int().optional(),
})

export const onlineAnswer = z
  .strictObject({
    result: z.enum(['charged', 'granted', 'ended', 'refunded', 'refused', 'invalid']),
    reason: reason.optional(),
    detail: z.string().optional(),
    session: z.string().optional(),
    sequence: z.int().optional(),
    amount: amount.optional(),
    currency: z.string().optional(),
    groups: z.array(grant).optional(),
    throttleKbps: z.int().optional().describe('What the account is slowed down to, where nothing is granted'),
    suspended: z
      .array(z.strictObject({ type: z.string(), reason, detail: z.string() }))
      .optional()
      .describe('Reports among `used` that went to suspense'),
    duplicate: z.literal(true).optional().describe('The answer to a request that was answered before'),
  })
  .meta({ id: 'ChargingAnswer' })

export const onlineAnswers = z.strictObject({ answers: z.array(onlineAnswer) })

export const adviceAnswer = z.strictObject({
  result: z.enum(['advice', 'refused']),
  reason: reason.optional(),
  detail: z.string().optional(),
  cost: amount.optional(),
  currency: z.string().optional(),
  isCovered: z.boolean().optional(),
  most: z
    .record(z.string(), z.string().nullable())
    .optional()
    .describe('By property: the most that could be used at the rate of that time; null where nothing limits it'),
  rateHoldsUntil: z.iso.datetime().optional(),
})
