import { z } from 'zod'
import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { reference } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { DELIVERY_STATES, type Delivery, getDelivery, listAttempts, sendAgain } from './delivery-store.ts'
import { getEndpoint, listEndpoints } from './endpoint-store.ts'
import { deliveryAnswer, wholeDeliveryAnswer } from './schemas.ts'

async function views(db: Database, rows: readonly Delivery[]): Promise<object[]> {
  const keys = new Map((await listEndpoints(db)).map(({ id, key }) => [id, key]))
  return rows.map(
    ({ id, endpointId, eventId, eventType: type, objectId, replayId, state, attempts, dueAt, ...row }) => ({
      ...{ id, endpoint: keys.get(endpointId) ?? endpointId, eventId, type, objectId, isReplay: replayId !== null },
      ...{ state, attempts, dueAt: state === 'waiting' ? dueAt : null, createdAt: row.createdAt, endedAt: row.endedAt },
    }),
  )
}

async function wholeView(db: Database, id: string): Promise<object> {
  const log = (await listAttempts(db, id)).map(({ number, at, milliseconds, status, error, answer }) => ({
    ...{ number, at, milliseconds, status, error, answer },
  }))
  return { ...(await views(db, [await getDelivery(db, id)]))[0], log }
}

export function deliveryRoutes(): Route[] {
  const tag = 'Webhooks'
  const byId = z.object({ id: z.uuid() })
  return [
    readRoute({
      url: '/v1/webhook-deliveries',
      scope: 'events:read',
      tag,
      summary: 'What webhook endpoints were told of, or are to be told of',
      query: z.object({
        ...listQuery,
        text: listQuery.text.describe('A part of the type of the event'),
        endpoint: reference.optional().describe('To this endpoint'),
        state: z.enum(DELIVERY_STATES).optional(),
        event: z.uuid().optional().describe('Of this event'),
      }),
      answer: listOf(deliveryAnswer),
      handle: async ({ db }, { query }) => {
        const endpointId = query.endpoint === undefined ? undefined : (await getEndpoint(db, query.endpoint)).id
        const page = await listPage<Delivery>(db, query, {
          table: 'webhookDelivery',
          madeAt: 'createdAt',
          narrow: (rows) => having(rows, { 'webhookDelivery.eventId': query.event }),
          keep: (rows) =>
            withText(having(rows, { 'row.endpointId': endpointId, 'row.state': query.state }), query.text, [
              'row.eventType',
            ]),
        })
        return { ...page, items: await views(db, page.items) }
      },
    }),
    readRoute({
      url: '/v1/webhook-deliveries/{id}',
      scope: 'events:read',
      tag,
      summary: 'A delivery to a webhook endpoint, with each request and what was answered',
      params: byId,
      answer: wholeDeliveryAnswer,
      handle: async ({ db }, { params }) => wholeView(db, params.id),
    }),
    writeRoute({
      url: '/v1/webhook-deliveries/{id}/retry',
      scope: 'settings:write',
      tag,
      summary: 'Send a delivery now, whatever became of it before',
      params: byId,
      answer: wholeDeliveryAnswer,
      handle: async ({ db }, { params }) => {
        await getDelivery(db, params.id)
        await sendAgain(db, params.id, systemClock.nowMs())
        return wholeView(db, params.id)
      },
    }),
  ]
}
