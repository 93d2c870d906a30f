import { BackgroundTurns } from '../../platform/background-turns.ts'
import { systemClock } from '../../platform/clock.ts'
import { anyOf, type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf, type StoredEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { CURRENT_VERSION } from '../../platform/http/api-version.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { viewEvent } from '../events/index.ts'
import { type Attempted, type Delivery, endpointsDue, noteAttempts, takeDue } from './delivery-store.ts'
import { disableEndpoint, type Endpoint, getEndpoint, noteOutcomes, readSecrets } from './endpoint-store.ts'
import { endpointDisabled } from './events.ts'
import type { WebhookNeeds } from './ports.ts'
import { nextAttemptMs, restUntilMs } from './retries.ts'
import { signedHeaders } from './signing.ts'

/** How long a receiver has to answer. */
const TIMEOUT_MS = 15_000
/** What was taken is sent by nobody else for so long: a process that is killed meanwhile leaves it until then. */
const CLAIM_MS = 60_000
/** Requests to an endpoint at the same time; one to an endpoint that fails. */
const AT_ONCE = 8
/** Endpoints that a process sends to at the same time: the others wait for their turn. */
const ENDPOINTS_AT_ONCE = 64
const GONE = 410

/** A request that was made, and what was answered. */
interface Sent extends Attempted {
  readonly isThrough: boolean
  /** There is nothing to be sent any more: that says nothing of the endpoint. */
  readonly isEnded: boolean
}

interface CourierParts extends WebhookNeeds {
  readonly db: Database
  readonly nowMs: (tenant: Tenant) => number
  readonly onFault: (error: unknown) => void
}

/**
 * Sends what endpoints are to be told of. Each endpoint has a turn of its own, so that one that is slow holds up no other. What is sent may come twice, after a
 * crash or where an answer was lost, under the same id; it is never left out.
 */
export class Courier {
  private readonly parts: CourierParts
  private readonly turns: BackgroundTurns

  constructor(parts: CourierParts) {
    this.parts = parts
    this.turns = new BackgroundTurns(parts.onFault)
  }

  /** Begins to send what is due of a tenant; nobody waits for it. */
  async look(tenant: Tenant, closing: AbortSignal): Promise<void> {
    const due = await endpointsDue(inSchema(this.parts.db, tenant.schema), systemClock.nowMs())
    for (const id of due) {
      if (closing.aborted || this.turns.size >= ENDPOINTS_AT_ONCE) return
      if (!this.turns.has(id)) this.turns.begin(id, async () => this.sendAll(tenant, id, closing))
    }
  }

  async close(): Promise<void> {
    await this.turns.ended()
  }

  private async sendAll(tenant: Tenant, id: string, closing: AbortSignal): Promise<void> {
    const db = inSchema(this.parts.db, tenant.schema)
    while (!closing.aborted) {
      const endpoint = await getEndpoint(db, id)
      const realMs = systemClock.nowMs()
      if (endpoint.state !== 'on' || (endpoint.restUntil?.getTime() ?? 0) > realMs) return
      const most = endpoint.failures > 0 ? 1 : AT_ONCE
      const taken = await takeDue(db, endpoint, most, { realMs, claimMs: CLAIM_MS })
      if (taken.length === 0) return
      const keys = { ring: this.parts.secretKeyRing, tenant: tenant.name }
      const secrets = await readSecrets(db, keys, id, realMs)
      const bodies = await bodiesOf(db, taken)
      const sent = await Promise.all(
        taken.map(async (delivery) => this.send(endpoint, delivery, bodies.get(delivery.eventId), secrets)),
      )
      await this.note(tenant, id, sent)
    }
  }

  private async send(
    endpoint: Endpoint,
    delivery: Delivery,
    body: string | undefined,
    secrets: readonly string[],
  ): Promise<Sent> {
    const startMs = systemClock.nowMs()
    const answer =
      body === undefined
        ? { error: 'the event was deleted, as the settings say' }
        : await this.parts.receivers.post(
            endpoint.url,
            {
              ...{ 'content-type': 'application/json', 'user-agent': 'Kvit-Webhooks', 'kvit-version': CURRENT_VERSION },
              ...signedHeaders(secrets, delivery.eventId, body, startMs),
            },
            body,
            AbortSignal.timeout(TIMEOUT_MS),
          )
    const realMs = systemClock.nowMs()
    const isThrough = 'status' in answer && answer.status >= 200 && answer.status < 300
    const retryAfter = 'status' in answer ? answer.retryAfterSeconds : null
    const isEnded = body === undefined
    const nextMs = isThrough || isEnded ? null : nextAttemptMs(delivery.attempts + 1, realMs, retryAfter, Math.random())
    const state = isThrough ? 'delivered' : nextMs === null ? 'failed' : 'waiting'
    const times = { at: new Date(startMs), milliseconds: realMs - startMs, dueAt: new Date(nextMs ?? realMs) }
    return { delivery, answer, state, isEnded, isThrough, ...times }
  }

  /** What was sent at the same time is written down at once. */
  private async note(tenant: Tenant, id: string, sent: readonly Sent[]): Promise<void> {
    const realMs = systemClock.nowMs()
    await inTransaction(this.parts.db, async (trx) => {
      const db = inSchema(trx, tenant.schema)
      // The endpoint first, as whoever changes or deletes it.
      const restUntil = (failures: number): Date => new Date(restUntilMs(failures, realMs))
      const outcomes = sent.filter(({ isEnded }) => !isEnded).map(({ isThrough }) => isThrough)
      const endpoint = await noteOutcomes(db, id, { outcomes, nowMs: realMs, restUntil })
      await noteAttempts(db, sent)
      // Nothing has come through since this one was to be sent for the first time.
      const isFailing = ({ state, delivery }: Sent): boolean =>
        state === 'failed' && (endpoint.failingSince?.getTime() ?? realMs) <= delivery.createdAt.getTime() + CLAIM_MS
      const isGone = sent.some(({ answer }) => 'status' in answer && answer.status === GONE)
      if (endpoint.state !== 'on' || !(isGone || sent.some(isFailing))) return
      const reason = isGone ? 'gone' : 'failing'
      await disableEndpoint(db, id, reason)
      await publish(
        db,
        [eventOf(endpointDisabled, { objectId: id }, { key: endpoint.key, reason })],
        this.parts.nowMs(tenant),
      )
    })
  }
}

/** What is sent of each event, by its id: what `GET /v1/events/{id}` answers, with its time once more under the name of the standard. */
async function bodiesOf(db: Database, deliveries: readonly Delivery[]): Promise<Map<string, string>> {
  const ids = [...new Set(deliveries.map(({ eventId }) => eventId))]
  const rows = (await db
    .selectFrom('event')
    .selectAll()
    .where('id', '=', anyOf(ids))
    .execute()) as unknown as StoredEvent[]
  return new Map(rows.map((event) => [event.id, JSON.stringify({ ...viewEvent(event), timestamp: event.createdAt })]))
}
