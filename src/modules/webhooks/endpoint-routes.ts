import { z } from 'zod'
import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { type EventType, eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { reference } from '../../platform/http/fields.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { typesMeant } from '../events/index.ts'
import { countWaiting, insertReplay } from './delivery-store.ts'
import * as store from './endpoint-store.ts'
import {
  endpointCreated,
  endpointDeleted,
  endpointReplayed,
  endpointSecretMade,
  endpointTested,
  endpointUpdated,
} from './events.ts'
import type { WebhookNeeds } from './ports.ts'
import { endpointAnswer, endpointChanges, endpointDraft, madeSecret, replayDraft, secretDraft } from './schemas.ts'
import { newSecret } from './signing.ts'

/** Endpoints of a tenant: each event is written down once for each of them. */
const MAX_ENDPOINTS = 50
/** Events of one replay. */
const MAX_REPLAYED = 100_000
const HOUR_MS = 3_600_000

async function views(db: Database, endpoints: readonly store.Endpoint[]): Promise<object[]> {
  const secrets = Map.groupBy(await store.listSecrets(db, systemClock.nowMs()), ({ endpointId }) => endpointId)
  return Promise.all(
    endpoints.map(async ({ id, key, url, description, types, isOrdered: ordered, ...row }) => {
      const { state, reason, failingSince, createdAt, updatedAt } = row
      const own = (secrets.get(id) ?? []).map((one) => ({ id: one.id, createdAt: one.createdAt, endsAt: one.endsAt }))
      return {
        ...{ id, key, url, description, types, ordered, state, reason, failingSince },
        ...{ waiting: await countWaiting(db, id), secrets: own, createdAt, updatedAt },
      }
    }),
  )
}

export function endpointRoutes(
  { receivers, secretKeyRing: ring }: WebhookNeeds,
  catalogue: readonly EventType[],
): Route[] {
  const tag = 'Webhooks'
  const named = z.object({ endpoint: reference })
  const viewOf = async (db: Database, id: string): Promise<object> =>
    (await views(db, [await store.getEndpoint(db, id)]))[0] as object
  const assertTerms = ({ url, types }: Pick<store.EndpointTerms, 'url' | 'types'>): void => {
    const refusal = receivers.refusalOf(new URL(url))
    if (refusal !== null) throw new Refusal('unprocessable', `url: ${refusal}`)
    typesMeant(catalogue, types)
  }
  return [
    readRoute({
      url: '/v1/webhook-endpoints',
      scope: 'settings:read',
      tag,
      summary: 'Where the tenant is told what happens',
      answer: z.strictObject({ items: z.array(endpointAnswer) }),
      handle: async ({ db }) => ({ items: await views(db, await store.listEndpoints(db)) }),
    }),
    readRoute({
      url: '/v1/webhook-endpoints/{endpoint}',
      scope: 'settings:read',
      tag,
      summary: 'A webhook endpoint; of its secrets when they were made and when they end',
      params: named,
      answer: endpointAnswer,
      handle: async ({ db }, { params }) => viewOf(db, params.endpoint),
    }),
    writeRoute({
      url: '/v1/webhook-endpoints',
      scope: 'settings:write',
      tag,
      summary: 'Be told of what happens from now on, at an address',
      status: 201,
      body: endpointDraft,
      hasSecret: true,
      answer: z.strictObject({ ...endpointAnswer.shape, secret: madeSecret }),
      handle: async ({ db, tenant, nowMs }, { body }) => {
        const { key, ordered: isOrdered, secret = newSecret(), ...rest } = body
        assertTerms(rest)
        if ((await store.countEndpoints(db)) >= MAX_ENDPOINTS)
          throw new Refusal('unprocessable', `a tenant has at most ${MAX_ENDPOINTS} webhook endpoints`)
        const terms = { ...rest, isOrdered, state: 'on' } as const
        const id = await store.insertEndpoint(db, key, terms, nowMs)
        const realMs = systemClock.nowMs()
        const times = { nowMs: realMs, earlierEndMs: realMs }
        await store.addSecret(db, { ring, tenant: tenant.name }, id, secret, times)
        await publish(db, [eventOf(endpointCreated, { objectId: id }, { key, types: terms.types })], nowMs)
        return { ...(await viewOf(db, id)), secret }
      },
    }),
    writeRoute({
      method: 'PATCH',
      url: '/v1/webhook-endpoints/{endpoint}',
      scope: 'settings:write',
      tag,
      summary: 'Change a webhook endpoint, or turn it on or off',
      params: named,
      body: endpointChanges,
      answer: endpointAnswer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const known = await store.getEndpoint(db, params.endpoint, true)
        const { id, key, url, description, types, isOrdered, state } = known
        const { ordered = isOrdered, ...changed } = body
        const terms = { url, description, types, state, ...changed, isOrdered: ordered } as store.EndpointTerms
        assertTerms(terms)
        await store.updateEndpoint(db, id, terms, nowMs)
        const told = { key, types: [...terms.types], state: terms.state }
        await publish(db, [eventOf(endpointUpdated, { objectId: id }, told)], nowMs)
        return viewOf(db, id)
      },
    }),
    writeRoute({
      method: 'DELETE',
      url: '/v1/webhook-endpoints/{endpoint}',
      scope: 'settings:write',
      tag,
      summary: 'Delete a webhook endpoint, with what waits for it and the log of its deliveries',
      params: named,
      answer: z.strictObject({ id: z.uuid() }),
      handle: async ({ db, nowMs }, { params }) => {
        const { id, key } = await store.getEndpoint(db, params.endpoint, true)
        await store.deleteEndpoint(db, id)
        await publish(db, [eventOf(endpointDeleted, { objectId: id }, { key })], nowMs)
        return { id }
      },
    }),
    writeRoute({
      url: '/v1/webhook-endpoints/{endpoint}/secrets',
      scope: 'settings:write',
      tag,
      summary: 'Give a webhook endpoint a new secret; for a while requests are signed with the earlier ones, too',
      status: 201,
      params: named,
      body: secretDraft,
      hasSecret: true,
      answer: z.strictObject({ ...endpointAnswer.shape, secret: madeSecret }),
      handle: async ({ db, tenant, nowMs }, { params, body }) => {
        const { id, key } = await store.getEndpoint(db, params.endpoint, true)
        const { secret = newSecret(), earlierHours } = body
        const realMs = systemClock.nowMs()
        const times = { nowMs: realMs, earlierEndMs: realMs + earlierHours * HOUR_MS }
        await store.addSecret(db, { ring, tenant: tenant.name }, id, secret, times)
        const told = { key, earlierEndAt: new Date(times.earlierEndMs) }
        await publish(db, [eventOf(endpointSecretMade, { objectId: id }, told)], nowMs)
        return { ...(await viewOf(db, id)), secret }
      },
    }),
    writeRoute({
      url: '/v1/webhook-endpoints/{endpoint}/trials',
      scope: 'settings:write',
      tag,
      summary: 'Send an event `webhook_endpoint.tested` to a webhook endpoint that is on',
      status: 201,
      params: named,
      answer: endpointAnswer,
      handle: async ({ db, nowMs }, { params }) => {
        const { id, key, state } = await store.getEndpoint(db, params.endpoint)
        if (state !== 'on') throw new Refusal('conflict', `the webhook endpoint ${key} is ${state}: turn it on first`)
        await publish(db, [eventOf(endpointTested, { objectId: id }, { key })], nowMs)
        return viewOf(db, id)
      },
    }),
    writeRoute({
      url: '/v1/webhook-endpoints/{endpoint}/replays',
      scope: 'settings:write',
      tag,
      summary: `Tell a webhook endpoint once more of an event, or of those of a time, at most ${MAX_REPLAYED}`,
      status: 201,
      params: named,
      body: replayDraft,
      answer: z.strictObject({ events: z.int().describe('How many it is told of') }),
      handle: async ({ db, nowMs }, { params, body }) => {
        const { id, key, types: own } = await store.getEndpoint(db, params.endpoint)
        const { event = null, from, until, types } = body
        if (event === null && from === undefined)
          throw new Refusal('unprocessable', 'from: name an event, or the time from which on events are sent')
        const time = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text))
        const meant = event === null || types !== undefined ? typesMeant(catalogue, types ?? own) : null
        const of = { types: meant, eventId: event, from: time(from), until: time(until) }
        const events = await insertReplay(db, id, of, MAX_REPLAYED, systemClock.nowMs())
        if (events > MAX_REPLAYED)
          throw new Refusal(
            'unprocessable',
            `until: there are more than ${MAX_REPLAYED} such events: take a part of the time`,
          )
        if (events === 0) throw new Refusal('unprocessable', 'there is no such event')
        await publish(db, [eventOf(endpointReplayed, { objectId: id }, { key, events })], nowMs)
        return { events }
      },
    }),
  ]
}
