import { sql } from 'kysely'
import { newId } from '../clock.ts'
import type { Database } from '../db.ts'
import { toJson } from '../http/json.ts'
import { currentOrigin } from '../origin.ts'
import { isMeant, type NewEvent } from './event-type.ts'

/** Works on events in the transaction that publishes them: what it refuses does not happen. `db` is in the tenant's schema. */
export interface Listener {
  /** Such as `payment.recorded`, `payment.*` or `*`. */
  readonly types: readonly string[]
  readonly handle: (db: Database, events: readonly NewEvent[], nowMs: number) => Promise<void>
}

const listeners = new Set<Listener>()

/**
 * Lets a part of Kvit work in the transactions of others, such as to settle invoices when a payment is recorded. It is for
 * what must be true together with the event, and short; everything else follows events after their commit (`EventFeed`).
 * @returns ends it.
 */
export function listenInTransaction(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const COLUMNS = [
  'id',
  'type',
  'objectKind',
  'objectId',
  'accountId',
  'customerId',
  'requestId',
  'actor',
  'data',
  'createdAt',
] as const
type Row = Readonly<Record<(typeof COLUMNS)[number], unknown>>
const ROW = sql.raw(
  'row(id uuid, type text, object_kind text, object_id text, account_id uuid, customer_id uuid, request_id uuid, actor text, data jsonb, created_at timestamptz)',
)

/**
 * Publishes what happened, in the transaction that makes it so: both are there, or neither. Events get their places in the
 * order when they are committed (`number-events.ts`); here nothing is locked that another writer waits for.
 * @param db in the tenant's schema
 */
export async function publish(db: Database, events: readonly NewEvent[], nowMs: number): Promise<void> {
  if (events.length === 0) return
  const now = currentOrigin()
  const createdAt = new Date(nowMs)
  const rows = events.map(({ type, objectKind, objectId, accountId, customerId, data, origin = now }) => ({
    id: newId(),
    type,
    object_kind: objectKind,
    object_id: objectId,
    account_id: accountId,
    customer_id: customerId,
    request_id: origin?.requestId ?? null,
    actor: origin?.actor ?? null,
    data,
    created_at: createdAt,
  }))
  await db
    .insertInto('event')
    .columns(COLUMNS)
    .expression(
      db
        .selectFrom(sql<Row>`json_to_recordset(${toJson(rows)}::json)`.as<'row'>(ROW))
        .leftJoin('account', 'account.id', 'row.accountId')
        .select(['row.id', 'row.type', 'row.objectKind', 'row.objectId', 'row.accountId'])
        .select(sql`coalesce(row.customer_id, account.customer_id)`.as('customerId'))
        .select(['row.requestId', 'row.actor', 'row.data', 'row.createdAt'])
        .orderBy('row.id'),
    )
    .execute()
  for (const { types, handle } of listeners) {
    const meant = events.filter(({ type }) => types.some((filter) => isMeant(filter, type)))
    if (meant.length > 0) await handle(db, meant, nowMs)
  }
}
