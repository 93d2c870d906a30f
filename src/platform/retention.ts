import { type Database, inSchema } from './db.ts'
import type { Tenant } from './tenant.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Rows of a tenant that one look deletes; the next one continues. */
const BATCH = 1_000

/** Rows that are kept for a while. */
export interface Retention {
  /** For how many days a tenant keeps them; null for ever. `db` is in the tenant's schema. */
  readonly keepDays: (db: Database) => Promise<number | null>
  /**
   * Deletes those from before a time, the oldest first.
   * @param days that they are kept, for rows whose times are not those of the tenant's clock
   * @returns how many, or `limit` where there may be more
   */
  readonly deleteOld: (db: Database, before: Date, limit: number, days: number) => Promise<number>
}

/**
 * Deletes what tenants keep no longer: once in each hour of a tenant's clock, a batch at a time. It is no job: nothing waits for
 * it, and what one process has left another one finds by the age of the rows.
 */
export class Sweep {
  private readonly db: Database
  private readonly retentions: readonly Retention[]
  private readonly onFault: (error: unknown) => void
  /** The hour of each tenant that is done, of each of the retentions. */
  private readonly done = new Map<string, number>()

  constructor(db: Database, retentions: readonly Retention[], onFault: (error: unknown) => void) {
    this.db = db
    this.retentions = retentions
    this.onFault = onFault
  }

  async look(tenant: Tenant, nowMs: number, closing: AbortSignal): Promise<void> {
    for (const [nth, retention] of this.retentions.entries()) {
      const [key, hour] = [`${tenant.schema} ${nth}`, Math.floor(nowMs / HOUR_MS)]
      if (closing.aborted || this.done.get(key) === hour) continue
      const isMore = await sweep(inSchema(this.db, tenant.schema), retention, nowMs).catch(this.onFault)
      if (isMore !== true) this.done.set(key, hour)
    }
  }
}

/** @returns whether there is more to delete. */
async function sweep(db: Database, { keepDays, deleteOld }: Retention, nowMs: number): Promise<boolean> {
  const days = await keepDays(db)
  return days !== null && (await deleteOld(db, new Date(nowMs - days * DAY_MS), BATCH, days)) === BATCH
}
