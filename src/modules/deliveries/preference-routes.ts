import { z } from 'zod'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { reference } from '../../platform/http/fields.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { getRow } from '../parties/index.ts'
import { preferenceSet } from './events.ts'
import { preferenceOf, putPreference } from './preference.ts'
import { formats, transports } from './settings.ts'

const preference = {
  transports: transports
    .nullable()
    .default(null)
    .describe('By what, the first that is possible; empty by none; null as the settings say'),
  formats: formats.nullable().default(null).describe('Null as the settings say'),
  email: z
    .email()
    .max(320)
    .nullable()
    .default(null)
    .describe('Where documents go by e-mail; null is `email` of the customer'),
}
const answer = z.strictObject({ customer: z.string(), ...preference }).meta({ id: 'DeliveryPreference' })

export function preferenceRoutes(): Route[] {
  const tag = 'Deliveries'
  const url = '/v1/customers/{reference}/delivery-preference'
  const params = z.object({ reference })
  return [
    readRoute({
      url,
      scope: 'customers:read',
      tag,
      summary: 'How a customer wants its documents',
      params,
      answer,
      handle: async ({ db }, { params: named }) => {
        const { id, key } = await getRow(db, 'customer', named.reference)
        return { customer: key, ...(await preferenceOf(db, id)) }
      },
    }),
    writeRoute({
      method: 'PUT',
      url,
      scope: 'customers:write',
      tag,
      summary: 'Set how a customer wants its documents, where it is not as the settings say',
      params,
      body: z.strictObject(preference),
      answer,
      handle: async ({ db, nowMs }, { params: named, body }) => {
        const { id, key } = await getRow(db, 'customer', named.reference)
        await putPreference(db, id, body, nowMs)
        // Addresses are no part of what is told.
        const told = { transports: body.transports, formats: body.formats }
        await publish(db, [eventOf(preferenceSet, { objectId: id, customerId: id }, told)], nowMs)
        return { customer: key, ...body }
      },
    }),
  ]
}
