import { z } from 'zod'
import { textUpTo, thingKey } from '../../platform/http/fields.ts'
import { STANDARD_SECRET } from '../../platform/http/signature.ts'
import { DELIVERY_STATES } from './delivery-store.ts'
import { ENDPOINT_STATES, REASONS } from './endpoint-store.ts'

const url = z.url().max(2_000).describe('Where events are sent: an address with https://, of the public internet')
const description = textUpTo(500).nullable()
const types = z
  .array(z.string().min(1).max(100))
  .min(1)
  .max(100)
  .describe('Which events: types such as `invoice.issued`, groups such as `invoice.*`, or `*` for all')
const ordered = z
  .boolean()
  .describe('What is told of one object keeps its order: an event waits for those of its object before it')
const secret = z
  .string()
  .regex(STANDARD_SECRET, 'write whsec_ and 24 to 64 bytes in base64')
  .describe('`whsec_` and 24 to 64 bytes in base64; made by Kvit unless set')

export const endpointDraft = z.strictObject({
  ...{ key: thingKey, url, description: description.default(null) },
  ...{ types: types.default(['*']), ordered: ordered.default(false), secret: secret.optional() },
})
export const endpointChanges = z.strictObject({
  ...{ url: url.optional(), description: description.optional(), types: types.optional(), ordered: ordered.optional() },
  state: z.enum(['on', 'off']).optional().describe('`on` also takes up one that was disabled'),
})
export const secretDraft = z.strictObject({
  secret: secret.optional(),
  earlierHours: z
    .int()
    .min(0)
    .max(720)
    .default(24)
    .describe('For how many hours requests are signed with the earlier secrets, too'),
})
export const replayDraft = z.strictObject({
  event: z.uuid().optional().describe('This event alone'),
  from: z.iso.datetime({ offset: true }).optional().describe('Events from this time on, by the clock of the tenant'),
  until: z.iso.datetime({ offset: true }).optional().describe('Events before this time'),
  types: types.optional().describe('Only these; those of the endpoint unless set'),
})

export const endpointAnswer = z
  .strictObject({
    ...{ id: z.uuid(), key: z.string(), url: z.string(), description: z.string().nullable() },
    ...{ types: z.array(z.string()), ordered: z.boolean() },
    state: z
      .enum(ENDPOINT_STATES)
      .describe('`disabled`: Kvit has given it up, and sends nothing until somebody turns it on'),
    reason: z
      .enum(REASONS)
      .nullable()
      .describe('Why it was disabled: it said that it is gone (410), or nothing came through'),
    failingSince: z.iso.datetime().nullable().describe('Since when nothing has come through; by the real clock'),
    waiting: z.int().describe('Deliveries that have not come through yet, at most 1,000'),
    secrets: z.array(
      z.strictObject({ id: z.uuid(), createdAt: z.iso.datetime(), endsAt: z.iso.datetime().nullable() }),
    ),
    ...{ createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() },
  })
  .meta({ id: 'WebhookEndpoint' })
export const madeSecret = z.string().describe('What requests are signed with; it is shown once')

export const deliveryAnswer = z
  .strictObject({
    ...{ id: z.uuid(), endpoint: z.string(), eventId: z.uuid(), type: z.string(), objectId: z.string() },
    isReplay: z.boolean(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    dueAt: z.iso.datetime().nullable().describe('When it is sent next, by the real clock'),
    ...{ createdAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable() },
  })
  .meta({ id: 'WebhookDelivery' })
export const wholeDeliveryAnswer = z
  .strictObject({
    ...deliveryAnswer.shape,
    log: z.array(
      z.strictObject({
        ...{ number: z.int(), at: z.iso.datetime(), milliseconds: z.int() },
        status: z.int().nullable().describe('Null where there was no answer'),
        error: z.string().nullable().describe('Why there was none'),
        answer: z.string().nullable().describe('The first 1,000 characters of it'),
      }),
    ),
  })
  .meta({ id: 'WholeWebhookDelivery' })
