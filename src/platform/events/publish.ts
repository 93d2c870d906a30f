import { newId } from '../clock.ts'
import type { Database } from '../db.ts'
import { insertRows, type NewRows } from '../insert-rows.ts'
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

const COLUMNS = {
  id: 'uuid',
  type: 'text',
  objectKind: 'text',
  objectId: 'text',
  accountId: 'uuid',
  customerId: 'uuid',
  requestId: 'uuid',
  actor: 'text',
  data: 'jsonb',
  createdAt: 'timestamptz',
} as const

/** Who reads an event of an account finds it by its customer, too. */
const FILLED = {
  customerId: (schema: string) =>
    `coalesce(row."customerId", (select customer_id from "${schema}".account where id = row."accountId"))`,
}

/** The rows of what happened, to be written in the transaction that makes it so. */
export function eventRows(events: readonly NewEvent[], nowMs: number): NewRows {
  const now = currentOrigin()
  const createdAt = new Date(nowMs)
  const rows = events.map(({ origin = now, ...event }) => ({
    ...event,
    id: newId(),
    requestId: origin?.requestId ?? null,
    actor: origin?.actor ?? null,
    createdAt,
  }))
  const handled = [...listeners].flatMap(({ types, handle }) => {
    const meant = events.filter(({ type }) => types.some((filter) => isMeant(filter, type)))
    return meant.length === 0 ? [] : [async (db: Database) => handle(db, meant, nowMs)]
  })
  return { table: 'event', columns: COLUMNS, rows, filled: FILLED, after: handled }
}

/**
 * Publishes what happened, in the transaction that makes it so: both are there, or neither. Events get their places in the
 * order when they are committed (`number-events.ts`); here nothing is locked that another writer waits for.
 * @param db in the tenant's schema
 */
export async function publish(db: Database, events: readonly NewEvent[], nowMs: number): Promise<void> {
  await insertRows(db, eventRows(events, nowMs))
}
