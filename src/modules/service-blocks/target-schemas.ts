import { z } from 'zod'
import { SERVICE_STATES, USE_KINDS } from '../../core/charging/service-blocks.ts'
import { reference, textUpTo, thingKey } from '../../platform/http/fields.ts'
import { STANDARD_SECRET } from '../../platform/http/signature.ts'
import { ENFORCEMENT_STATES } from './enforcement-store.ts'

const MAX_ATTRIBUTES = 20
const MAX_VENDOR = 0xff_ff_ff
/** Observed states of one request. */
const MAX_OBSERVED = 1_000

const text = textUpTo(200).describe('`{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}` are filled in')
const attribute = z.union([
  z.strictObject({ attribute: z.string().min(1).max(64).describe('Its name, such as `Filter-Id`'), value: text }),
  z.strictObject({
    vendor: z.int().min(1).max(MAX_VENDOR).describe('The enterprise number, such as 14988'),
    type: z.int().min(1).max(255),
    format: z.enum(['text', 'integer']).default('text'),
    value: text,
  }),
])
const attributes = z.array(attribute).max(MAX_ATTRIBUTES)
const action = z.strictObject({ request: z.enum(['coa', 'disconnect']), attributes: attributes.default([]) }).nullable()
const disconnect = (): { request: 'disconnect'; attributes: [] } => ({ request: 'disconnect', attributes: [] })

const radius = z.strictObject({
  host: z
    .string()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'write the name or address of a server')
    .describe('Its name or address'),
  port: z.int().min(1).max(65_535).default(3_799),
  identify: attributes
    .min(1)
    .default([{ attribute: 'User-Name', value: '{service}' }])
    .describe('By what it finds the sessions of a service'),
  states: z
    .strictObject({
      open: action.default(null),
      throttled: action.default(null),
      restricted: action.default(null),
      blocked: action.default(disconnect),
    })
    .default(() => ({ open: null, throttled: null, restricted: null, blocked: disconnect() }))
    .describe('What is sent for a state: a CoA-Request, a Disconnect-Request, or nothing'),
})
const url = z.url().max(2_000).describe('Where states are sent: an address with https://')
const repeatHours = z
  .int()
  .min(1)
  .max(8_760)
  .nullable()
  .describe('What restricts a service is told again after so many hours; null once')

export const targetDraft = z
  .strictObject({
    key: thingKey,
    url: url.optional().describe('Of a webhook; either it or `radius`'),
    radius: radius
      .optional()
      .describe('A network access server that takes CoA-Request and Disconnect-Request (RFC 5176)'),
    secret: z
      .string()
      .min(1)
      .max(128)
      .meta({ format: 'password', writeOnly: true })
      .optional()
      .describe('What it shares with Kvit. Of a webhook `whsec_` and base64, made by Kvit unless set'),
    isOn: z.boolean().default(true),
    repeatHours: repeatHours.default(null),
  })
  .refine((draft) => (draft.url === undefined) !== (draft.radius === undefined), {
    message: 'name either a url or radius',
    path: ['url'],
  })
  .refine((draft) => draft.radius === undefined || draft.secret !== undefined, {
    message: 'a network access server needs the secret that it shares',
    path: ['secret'],
  })
  .refine(({ url: address, secret }) => address === undefined || secret === undefined || STANDARD_SECRET.test(secret), {
    message: 'write whsec_ and 24 to 64 bytes in base64',
    path: ['secret'],
  })

export const targetChanges = z.strictObject({
  isOn: z.boolean().optional().describe('One that is turned on is told of all services that are not open'),
  repeatHours: repeatHours.optional(),
})

const targetShape = {
  id: z.uuid(),
  key: z.string(),
  kind: z.enum(['webhook', 'radius']),
  url: z.string().nullable(),
  radius: z
    .strictObject({
      host: z.string(),
      port: z.int(),
      identify: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
      states: z.record(z.enum(SERVICE_STATES), z.unknown()),
    })
    .nullable(),
  isOn: z.boolean(),
  repeatHours: z.int().nullable(),
  failures: z.int().describe('How often in a row it did not answer'),
  restUntil: z.iso.datetime().nullable().describe('Nothing is sent before, since it did not answer; by the real clock'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}
export const targetAnswer = z.strictObject(targetShape).meta({ id: 'EnforcementTarget' })
export const newTargetAnswer = z.strictObject({
  ...targetShape,
  secret: z.string().nullable().describe('Of a webhook whose secret Kvit has made: it is shown this once'),
})

export const enforcementAnswer = z
  .strictObject({
    id: z.uuid(),
    target: z.string(),
    serviceId: z.uuid(),
    service: z.string(),
    accountId: z.uuid(),
    state: z
      .enum(ENFORCEMENT_STATES)
      .describe('`failed`: given up; it is told again on request, or by the next change'),
    wishedVersion: z.int(),
    toldVersion: z.int().nullable().describe('The last version that it has taken'),
    attempts: z.int(),
    words: z.string().nullable().describe('What came of the last attempt'),
    dueAt: z.iso.datetime().describe('When it is told next, where it waits; by the real clock'),
    attemptedAt: z.iso.datetime().nullable(),
    toldAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Enforcement' })

const barred = z.array(z.enum(USE_KINDS)).max(USE_KINDS.length)
export const observedDraft = z.strictObject({
  states: z
    .array(
      z.strictObject({
        service: reference,
        barred: barred.describe('Kinds of use that are barred there'),
        kbps: z.int().min(1).nullable().default(null),
      }),
    )
    .min(1)
    .max(MAX_OBSERVED),
})
const real = z.strictObject({ barred, kbps: z.int().nullable() })
export const observedAnswer = z.strictObject({
  compared: z.int(),
  unknown: z.array(z.string()).describe('Services that there are not'),
  differences: z
    .array(z.strictObject({ service: z.string(), wished: real, observed: real }))
    .describe('The target is told of these once more'),
})
