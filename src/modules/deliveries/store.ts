import { sql } from 'kysely'
import { newId, systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { notFound } from '../../platform/problems.ts'
import type { Delivery } from './delivery.ts'
import { deliveryEvent } from './events.ts'

export const DELIVERY_JOB = 'delivery'

export interface DeliveryAttempt {
  readonly deliveryId: string
  readonly number: number
  readonly kind: 'send' | 'ask'
  readonly round: number
  readonly beganAt: Date
  readonly endedAt: Date | null
  readonly outcome: 'sent' | 'delivered' | 'declined' | 'unknown' | 'absent' | null
  readonly said: string | null
}

export type NewDelivery = Pick<
  Delivery,
  | 'documentKind'
  | 'documentId'
  | 'key'
  | 'number'
  | 'accountId'
  | 'customerId'
  | 'transport'
  | 'formats'
  | 'origin'
  | 'askedTo'
>

/** What the peer knows a delivery by: what was declined is another one when it is sent again. */
export function sendId({ id, round }: Pick<Delivery, 'id' | 'round'>): string {
  return `${id}-${round}`
}

/** The delivery that something is about that was sent as `sendId` says; null where it is none. */
export function deliveryIdOf(sent: string): string | null {
  return /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-\d{1,9}$/.exec(sent)?.[1] ?? null
}

/** Has a document sent, in the transaction of the reason for it: once for a key of the document. */
export async function insertDelivery(db: Database, draft: NewDelivery, nowMs: number): Promise<Delivery> {
  const id = newId()
  await db
    .insertInto('delivery')
    .values({ ...draft, id, formats: JSON.stringify(draft.formats), state: 'queued', createdAt: new Date(nowMs) })
    .onConflict((on) => on.columns(['documentId', 'key']).doNothing())
    .execute()
  const query = db.selectFrom('delivery').selectAll().where('documentId', '=', draft.documentId)
  const found = (await query.where('key', '=', draft.key).executeTakeFirstOrThrow()) as Delivery
  if (found.id === id) await askForDelivery(db, id, nowMs)
  return found
}

export async function askForDelivery(db: Database, id: string, nowMs: number): Promise<void> {
  await askForJob(db, { kind: DELIVERY_JOB, key: id }, nowMs)
}

/** @throws Refusal `not_found` */
export async function getDelivery(db: Database, id: string): Promise<Delivery> {
  const found = await db.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`delivery ${id}`, '/v1/deliveries', 'delivery list')
  return found as Delivery
}

/** The same with its row locked. */
export async function lockDelivery(db: Database, id: string): Promise<Delivery> {
  await db.selectFrom('delivery').select('id').where('id', '=', id).forUpdate().execute()
  return getDelivery(db, id)
}

/** Of one document, the oldest first. */
export async function deliveriesOf(db: Database, documentId: string, limit: number): Promise<Delivery[]> {
  const query = db.selectFrom('delivery').selectAll().where('documentId', '=', documentId).orderBy('id').limit(limit)
  return (await query.execute()) as Delivery[]
}

/** The last ones, in their order. */
export async function attemptsOf(db: Database, deliveryId: string, limit: number): Promise<DeliveryAttempt[]> {
  const query = db.selectFrom('deliveryAttempt').selectAll().where('deliveryId', '=', deliveryId)
  return ((await query.orderBy('number', 'desc').limit(limit).execute()) as DeliveryAttempt[]).toReversed()
}

type Changes = Partial<
  Pick<
    Delivery,
    'state' | 'reason' | 'said' | 'providerId' | 'round' | 'sentAt' | 'endedAt' | 'toScheme' | 'toId' | 'askAt'
  >
>

export async function changeDelivery(db: Database, id: string, changes: Changes): Promise<void> {
  await db.updateTable('delivery').set(changes).where('id', '=', id).execute()
}

/** Notes that a peer is about to be given a document, or asked about it. The delivery is locked. @returns which one of its attempts this is */
export async function beginAttempt(db: Database, row: Delivery, kind: DeliveryAttempt['kind']): Promise<number> {
  const { id: deliveryId, customerId, round } = row
  const last = db.selectFrom('deliveryAttempt').select('number').where('deliveryId', '=', deliveryId)
  const number = ((await last.orderBy('number', 'desc').limit(1).executeTakeFirst())?.number ?? 0) + 1
  const beganAt = new Date(systemClock.nowMs())
  await db.insertInto('deliveryAttempt').values({ deliveryId, number, customerId, kind, round, beganAt }).execute()
  return number
}

export async function endAttempt(
  db: Database,
  { id }: Pick<Delivery, 'id'>,
  number: number,
  outcome: NonNullable<DeliveryAttempt['outcome']>,
  said: string | null,
): Promise<void> {
  await db
    .updateTable('deliveryAttempt')
    .set({ outcome, said, endedAt: new Date(systemClock.nowMs()) })
    .where('deliveryId', '=', id)
    .where('number', '=', number)
    .execute()
}

/** Ends what a process that is no more had under way. @returns whether the document may have been sent in it */
export async function endLeft(db: Database, { id }: Pick<Delivery, 'id'>): Promise<boolean> {
  const left = await db
    .updateTable('deliveryAttempt')
    .set({ outcome: 'unknown', said: 'the process ended meanwhile', endedAt: new Date(systemClock.nowMs()) })
    .where('deliveryId', '=', id)
    .where('endedAt', 'is', null)
    .returning('kind')
    .execute()
  return left.some(({ kind }) => kind === 'send')
}

/** How often a peer was asked what has become of a document, since it was sent last. */
export async function countAsks(db: Database, { id, round }: Delivery): Promise<number> {
  const query = db.selectFrom('deliveryAttempt').select(sql<string>`count(*)`.as('count')).where('deliveryId', '=', id)
  const { count } = await query.where('kind', '=', 'ask').where('round', '=', round).executeTakeFirstOrThrow()
  return Number(count)
}

/** Has those looked at whose peers are to be asked by now. @returns how many */
export async function askDue(db: Database, limit: number, realMs: number, nowMs: number): Promise<number> {
  const due = db
    .selectFrom('delivery')
    .select('id')
    .where('askAt', '<=', new Date(realMs))
    .orderBy('askAt')
    .limit(limit)
  const rows = await due.forUpdate().skipLocked().execute()
  for (const { id } of rows) {
    await changeDelivery(db, id, { askAt: null })
    await askForDelivery(db, id, nowMs)
  }
  return rows.length
}

/** It will not be delivered by itself any more. */
export async function failDelivery(
  db: Database,
  row: Delivery,
  reason: string,
  said: string | null,
  nowMs: number,
): Promise<void> {
  await changeDelivery(db, row.id, { state: 'failed', reason, said, askAt: null, endedAt: new Date(nowMs) })
  await publish(db, [deliveryEvent('failed', row, reason)], nowMs)
}
