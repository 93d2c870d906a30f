import { sql } from 'kysely'
import { systemClock } from '../clock.ts'
import { type Database, type DatabaseTransaction, inSchema, inTransaction } from '../db.ts'
import { growingPauseMs } from '../patience.ts'
import type { Tenant } from '../tenant.ts'
import { isMeant, type StoredEvent } from './event-type.ts'
import { numberEvents } from './number-events.ts'

/** Events that a subscriber gets at a time. */
const BATCH = 200
/** Batches of one turn; the rest comes with the next one. */
const MAX_BATCHES = 50
/** After a failure it is tried again in 1 s, 2 s, 4 s, and so on, at most this long. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 300_000
const MAX_ERROR_LENGTH = 1_000

/** A part of Kvit that follows what has happened: deliveries, connectors. */
export interface Subscriber {
  /** Its place in the events of a tenant is kept under this name. */
  readonly name: string
  /** Such as `invoice.issued`, `invoice.*` or `*`. */
  readonly types: readonly string[]
  /**
   * Where a new subscriber begins: with the first event that there is, or with what happens from now on. For the latter a migration gives it its place, so
   * that what a tenant does before the feed looks at it for the first time is not missed.
   */
  readonly begins: 'first' | 'now'
  /**
   * Gets events in order, after they are committed. What it writes to `db` is committed together with its place: it has its
   * effect once. What it does elsewhere may happen again: it asks by the id of the event.
   */
  readonly handle: (db: DatabaseTransaction, events: readonly StoredEvent[], tenant: Tenant) => Promise<void>
}

/**
 * Brings events to subscribers. Each has a place of its own in the order of a tenant's events; a process that is killed leaves
 * it where it was, and the next one continues from there. One whose work fails is tried again later; the others continue.
 */
export class EventFeed {
  private readonly db: Database
  private readonly subscribers: readonly Subscriber[]
  private readonly onFault: (error: unknown) => void
  private readonly nowMs: () => number

  /** @param nowMs the real time, by which what failed is tried again */
  constructor(
    db: Database,
    subscribers: readonly Subscriber[],
    onFault: (error: unknown) => void,
    nowMs: () => number = () => systemClock.nowMs(),
  ) {
    this.db = db
    this.subscribers = subscribers
    this.onFault = onFault
    this.nowMs = nowMs
  }

  /**
   * Brings a tenant's events to all who wait for them.
   * @param closing is asked between batches
   * @returns how many were new
   */
  async deliver(tenant: Tenant, closing?: AbortSignal): Promise<number> {
    const count = await numberEvents(this.db, tenant.schema)
    const content = await this.withNothingNew(tenant)
    const waiting = this.subscribers.filter(({ name }) => !content.has(name))
    await Promise.all(waiting.map(async (subscriber) => this.serve(tenant, subscriber, closing)))
    return count
  }

  /** Who has got every event there is: one statement, since most tenants are idle at most times. */
  private async withNothingNew({ schema }: Tenant): Promise<ReadonlySet<string>> {
    const db = inSchema(this.db, schema)
    const head = db.selectFrom('eventHead').select('seq')
    const rows = await db.selectFrom('eventSubscriber').select('name').where('seq', '>=', head).execute()
    return new Set(rows.map(({ name }) => name))
  }

  private async serve(tenant: Tenant, subscriber: Subscriber, closing: AbortSignal | undefined): Promise<void> {
    try {
      for (let batches = 0; batches < MAX_BATCHES && closing?.aborted !== true; batches++)
        if (!(await this.bringBatch(tenant, subscriber))) return
    } catch (error) {
      this.onFault(error)
      await this.noteFailure(tenant, subscriber, error).catch(this.onFault)
    }
  }

  /** The place is locked, so that of several processes one works at a time. @returns whether there may be more. */
  private async bringBatch(tenant: Tenant, { name, types, begins, handle }: Subscriber): Promise<boolean> {
    return inTransaction(this.db, async (trx) => {
      const db = inSchema(trx, tenant.schema)
      await putSubscriber(db, name, begins)
      const place = await db
        .selectFrom('eventSubscriber')
        .select(['seq', 'retryAt'])
        .where('name', '=', name)
        .forUpdate()
        .executeTakeFirstOrThrow()
      const retryAt = place['retryAt'] as Date | null
      if (retryAt !== null && retryAt.getTime() > this.nowMs()) return false
      const query = db
        .selectFrom('event')
        .selectAll()
        .where('seq', '>', place['seq'] as bigint)
      const events = (await query.orderBy('seq').limit(BATCH).execute()) as StoredEvent[]
      const last = events.at(-1)
      if (last === undefined) return false
      const meant = events.filter(({ type }) => types.some((filter) => isMeant(filter, type)))
      if (meant.length > 0) await handle(db, meant, tenant)
      const moved = { seq: last.seq, failures: 0, lastError: null, retryAt: null }
      await db.updateTable('eventSubscriber').set(moved).where('name', '=', name).execute()
      return events.length === BATCH
    })
  }

  private async noteFailure(tenant: Tenant, { name, begins }: Subscriber, error: unknown): Promise<void> {
    const db = inSchema(this.db, tenant.schema)
    const message = (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH)
    await inTransaction(db, async (trx) => {
      await putSubscriber(trx, name, begins)
      const query = trx.selectFrom('eventSubscriber').select('failures').where('name', '=', name).forUpdate()
      const failures = ((await query.executeTakeFirstOrThrow())['failures'] as number) + 1
      const pauseMs = growingPauseMs(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS)
      const set = { failures, lastError: message, retryAt: new Date(this.nowMs() + pauseMs) }
      await trx.updateTable('eventSubscriber').set(set).where('name', '=', name).execute()
    })
  }
}

async function putSubscriber(db: Database, name: string, begins: Subscriber['begins']): Promise<void> {
  const known = await db.selectFrom('eventSubscriber').select('name').where('name', '=', name).executeTakeFirst()
  if (known !== undefined) return
  await db
    .insertInto('eventSubscriber')
    .columns(['name', 'seq'])
    .expression((eb) =>
      eb
        .selectFrom('eventHead')
        .select([sql<string>`${name}::text`.as('name'), begins === 'now' ? 'seq' : sql<bigint>`0`.as('seq')]),
    )
    .onConflict((on) => on.column('name').doNothing())
    .execute()
}
