import { sql } from 'kysely'
import { newId } from '../../platform/clock.ts'
import { type Database, schemaOf } from '../../platform/db.ts'
import type { StoredEvent } from '../../platform/events/event-type.ts'
import { columnsOf, insertRows } from '../../platform/insert-rows.ts'
import { notFound } from '../../platform/problems.ts'
import type { ReceiverAnswer } from './ports.ts'

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const

/** An event that an endpoint is to be told of. Times are of the real clock. */
export interface Delivery {
  readonly id: string
  readonly endpointId: string
  readonly eventId: string
  readonly eventType: string
  readonly seq: bigint
  readonly objectId: string
  readonly replayId: string | null
  readonly state: (typeof DELIVERY_STATES)[number]
  readonly dueAt: Date
  readonly claimedUntil: Date | null
  readonly attempts: number
  readonly createdAt: Date
  readonly endedAt: Date | null
}

const COLUMNS = {
  ...{ id: 'uuid', endpointId: 'uuid', eventId: 'uuid', eventType: 'text', seq: 'bigint', objectId: 'text' },
  ...{ state: 'text', dueAt: 'timestamptz', attempts: 'integer', createdAt: 'timestamptz' },
} as const

type Told = Pick<StoredEvent, 'id' | 'type' | 'seq' | 'objectId'>

/** What endpoints are to be told of from now on. */
export async function insertDeliveries(
  db: Database,
  told: readonly { readonly endpointId: string; readonly event: Told }[],
  realMs: number,
): Promise<void> {
  const now = new Date(realMs)
  const rows = told.map(({ endpointId, event: { id, type, seq, objectId } }) => ({
    ...{ id: newId(), endpointId, eventId: id, eventType: type, seq: String(seq), objectId },
    ...{ state: 'waiting', dueAt: now, attempts: 0, createdAt: now },
  }))
  await insertRows(db, { table: 'webhookDelivery', columns: COLUMNS, rows })
}

/** Which events are told once more: those of a time, or one. */
export interface ReplayOf {
  readonly types: readonly string[] | null
  readonly eventId: string | null
  readonly from: Date | null
  readonly until: Date | null
}

/** Tells an endpoint once more, in the order of the events. @returns how many, at most one more than `most`, of which nothing is to be kept */
export async function insertReplay(
  db: Database,
  endpointId: string,
  { types, eventId, from, until }: ReplayOf,
  most: number,
  realMs: number,
): Promise<number> {
  const schema = schemaOf(db)
  const [replayId, now] = [newId(), new Date(realMs).toISOString()]
  const { rows } = await sql<{ id: string }>`
    insert into ${sql.id(schema, 'webhook_delivery')}
      (id, endpoint_id, event_id, event_type, seq, object_id, replay_id, state, due_at, created_at)
    select gen_random_uuid(), ${endpointId}::uuid, event.id, event.type, event.seq, event.object_id, ${replayId}::uuid, 'waiting', ${now}, ${now}
    from ${sql.id(schema, 'event')} as event
    where event.seq is not null
      and (${eventId}::uuid is null or event.id = ${eventId}::uuid)
      and (${types}::text[] is null or event.type = any(${types}::text[]))
      and (${from}::timestamptz is null or event.created_at >= ${from}::timestamptz)
      and (${until}::timestamptz is null or event.created_at < ${until}::timestamptz)
    order by event.seq limit ${most + 1}
    returning id`.execute(db)
  return rows.length
}

/** Endpoints with something that is due. */
export async function endpointsDue(db: Database, realMs: number): Promise<string[]> {
  const schema = schemaOf(db)
  const now = new Date(realMs).toISOString()
  const { rows } = await sql<{ id: string }>`
    select endpoint.id from ${sql.id(schema, 'webhook_endpoint')} as endpoint
    where endpoint.state = 'on' and (endpoint.rest_until is null or endpoint.rest_until <= ${now}::timestamptz)
      and exists (select from ${sql.id(schema, 'webhook_delivery')} as delivery
        where delivery.endpoint_id = endpoint.id and delivery.state = 'waiting' and delivery.due_at <= ${now}::timestamptz)`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/**
 * Takes what is due of an endpoint, the oldest first: nobody else sends it until `claimMs` from now. Where the order of an object is kept, of each object only
 * the first that waits is taken.
 */
export async function takeDue(
  db: Database,
  { id, isOrdered }: { readonly id: string; readonly isOrdered: boolean },
  most: number,
  { realMs, claimMs }: { readonly realMs: number; readonly claimMs: number },
): Promise<Delivery[]> {
  const table = sql.id(schemaOf(db), 'webhook_delivery')
  const [now, until] = [realMs, realMs + claimMs].map((ms) => new Date(ms).toISOString())
  const first = sql`and not exists (select from ${table} as earlier where earlier.endpoint_id = own.endpoint_id
    and earlier.object_id = own.object_id and earlier.state = 'waiting' and (earlier.seq, earlier.id) < (own.seq, own.id))`
  const { rows } = await sql<Delivery>`
    update ${table} as delivery set claimed_until = ${until}::timestamptz
    where delivery.id in (
      select own.id from ${table} as own
      where own.endpoint_id = ${id}::uuid and own.state = 'waiting' and own.due_at <= ${now}::timestamptz
        and (own.claimed_until is null or own.claimed_until < ${now}::timestamptz) ${isOrdered ? first : sql``}
      order by own.due_at, own.seq limit ${most} for update skip locked)
    returning delivery.*`.execute(db)
  return rows.toSorted((a, b) => Number(a.seq - b.seq))
}

/** What came of an attempt: that it is over, or when it is sent next. */
export interface Attempted {
  readonly delivery: Delivery
  readonly at: Date
  readonly milliseconds: number
  readonly answer: ReceiverAnswer
  readonly state: Delivery['state']
  readonly dueAt: Date
}

const ATTEMPTED = {
  ...{ id: 'uuid', number: 'integer', at: 'timestamptz', milliseconds: 'integer', status: 'integer', error: 'text' },
  ...{ answer: 'text', state: 'text', dueAt: 'timestamptz' },
} as const

/** Notes attempts of deliveries of one endpoint. One that somebody else has noted, since this one took longer than it may, stays as it is. */
export async function noteAttempts(db: Database, attempts: readonly Attempted[]): Promise<void> {
  const rows = attempts.map(({ delivery, at, milliseconds, answer, state, dueAt }) => ({
    ...{ id: delivery.id, number: delivery.attempts + 1, at, milliseconds, state, dueAt },
    ...('error' in answer
      ? { error: answer.error }
      : { status: answer.status, answer: answer.text === '' ? null : answer.text }),
  }))
  const table = (name: string) => sql.id(schemaOf(db), name)
  await sql`with noted as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as row(${columnsOf(ATTEMPTED)})),
    attempts as (insert into ${table('webhook_attempt')} (delivery_id, number, at, milliseconds, status, error, answer)
      select id, number, at, milliseconds, status, error, answer from noted on conflict (delivery_id, number) do nothing)
    update ${table('webhook_delivery')} d set state = noted.state, due_at = noted."dueAt", attempts = noted.number, claimed_until = null,
      ended_at = case when noted.state = 'waiting' then null else noted.at end
    from noted where d.id = noted.id and d.state = 'waiting'`.execute(db)
}

/** @throws Refusal `not_found` */
export async function getDelivery(db: Database, id: string): Promise<Delivery> {
  const found = await db.selectFrom('webhookDelivery').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`webhook delivery ${id}`, '/v1/webhook-deliveries', 'webhook deliveries')
  return found as unknown as Delivery
}

export interface Attempt {
  readonly number: number
  readonly at: Date
  readonly milliseconds: number
  readonly status: number | null
  readonly error: string | null
  readonly answer: string | null
}

export async function listAttempts(db: Database, deliveryId: string): Promise<Attempt[]> {
  const query = db.selectFrom('webhookAttempt').selectAll().where('deliveryId', '=', deliveryId).orderBy('number')
  return (await query.execute()) as unknown as Attempt[]
}

/** Lets it be sent now, whatever became of it. */
export async function sendAgain(db: Database, id: string, realMs: number): Promise<void> {
  await db
    .updateTable('webhookDelivery')
    .set({ state: 'waiting', dueAt: new Date(realMs), endedAt: null })
    .where('id', '=', id)
    .execute()
}

/** Deletes what ended before a time. @returns how many */
export async function deleteEnded(db: Database, before: Date, limit: number): Promise<number> {
  const old = db
    .selectFrom('webhookDelivery')
    .select('id')
    .where('endedAt', '<', before)
    .orderBy('endedAt')
    .limit(limit)
  const deleted = await db.deleteFrom('webhookDelivery').where('id', 'in', old).executeTakeFirst()
  return Number(deleted.numDeletedRows)
}

/** Deliveries that are counted one by one. */
const COUNTED = 1_000

/** How many wait for an endpoint, at most `COUNTED`. */
export async function countWaiting(db: Database, endpointId: string): Promise<number> {
  const waiting = db
    .selectFrom('webhookDelivery')
    .select('id')
    .where('endpointId', '=', endpointId)
    .where('state', '=', 'waiting')
    .limit(COUNTED)
  const { count } = await db
    .selectFrom(waiting.as('waiting'))
    .select(sql<string>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
