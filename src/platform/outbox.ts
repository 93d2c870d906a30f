import { newId } from './clock.ts'
import type { Database } from './db.ts'

/** Something that others should hear of. */
export interface OutboxEvent {
  readonly kind: string
  readonly accountId: string | null
  readonly payload: object
}

/** Puts events where deliveries find them, in the transaction of what they tell. `db` is in the tenant's schema. */
export async function insertEvents(db: Database, events: readonly OutboxEvent[], nowMs: number): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ kind, accountId, payload }) => ({
    id: newId(),
    kind,
    accountId,
    payload: JSON.stringify(payload),
    createdAt: new Date(nowMs),
  }))
  await db.insertInto('outbox').values(rows).execute()
}
