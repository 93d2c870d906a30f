import type { Engine } from '../../engine/index.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { withPatience } from '../../platform/patience.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { listAccountIds, listAccountsByIds } from '../customers/index.ts'
import { billingOf, issueCorrectionNote } from '../invoicing/index.ts'
import { applyReRating } from './apply.ts'
import { dryRun } from './dry-run.ts'
import { moveAndTell } from './move-and-tell.ts'
import type { ReRating } from './store.ts'
import * as store from './store.ts'

/** Documents that are looked through at a time. */
const PAGE = 500

/** Re-ratings work in the background of the process. What they have done is in tables; what was cut off goes on at the start. */
export class ReRatings {
  private readonly db: Database
  private readonly engine: Engine
  private readonly onFault: (error: unknown) => void
  private readonly onIssued: (tenant: Tenant) => void
  private readonly running = new Map<string, Promise<void>>()
  private readonly cancelled = new Set<string>()
  private isClosed = false

  /** `onIssued` hears of a tenant that may have new documents. */
  constructor(db: Database, engine: Engine, onFault: (error: unknown) => void, onIssued: (tenant: Tenant) => void) {
    this.db = db
    this.engine = engine
    this.onFault = onFault
    this.onIssued = onIssued
  }

  /** Goes on with a re-rating from wherever it stands. */
  start(tenant: Tenant, id: string, nowMs: number): void {
    if (this.running.has(id) || this.isClosed) return
    const work = this.work(tenant, id, nowMs).finally(() => this.running.delete(id))
    this.running.set(id, work)
  }

  /** Makes one that is under way begin no further account. */
  cancel(id: string): void {
    this.cancelled.add(id)
  }

  async resume(tenant: Tenant, nowMs: number): Promise<void> {
    for (const { id } of await store.unfinished(inSchema(this.db, tenant.schema))) this.start(tenant, id, nowMs)
  }

  /** Resolves when nothing of a re-rating is under way. */
  async settled(id: string): Promise<void> {
    await this.running.get(id)
  }

  private async work(tenant: Tenant, id: string, nowMs: number): Promise<void> {
    const db = inSchema(this.db, tenant.schema)
    try {
      // Where it stopped, it goes on.
      await withPatience(
        async () => {
          const reRating = (await store.findReRating(db, { id })) as ReRating
          if (reRating.status === 'computing') await this.compute(tenant, db, reRating, nowMs)
          else await this.apply(tenant, db, reRating, nowMs)
        },
        () => this.isClosed,
        this.engine.pause,
      )
    } catch (error) {
      this.onFault(error)
      if (this.isClosed) return
      const message = error instanceof Error ? error.message : String(error)
      const failed = { error: message, status: 'failed' } as const
      const fail = async (): Promise<unknown> => {
        const reRating = (await store.findReRating(db, { id })) as ReRating
        return moveAndTell(db, reRating, ['computing', 'applying', 'cancelling'], failed, 'failed', nowMs)
      }
      await fail().catch(this.onFault)
    }
  }

  private async compute(tenant: Tenant, db: Database, reRating: ReRating, nowMs: number): Promise<void> {
    const accountIds = (reRating.accountIds ?? (await listAccountIds(db))).toSorted()
    const isStopped = (): boolean => this.isClosed || this.cancelled.has(reRating.id)
    await dryRun(this.engine, db, tenant.name, reRating, accountIds, isStopped)
    if (!isStopped()) await moveAndTell(db, reRating, ['computing'], { status: 'draft' }, 'drafted', nowMs)
  }

  private async apply(tenant: Tenant, db: Database, reRating: ReRating, nowMs: number): Promise<void> {
    const { id } = reRating
    if (reRating.status === 'cancelling') this.cancelled.add(id)
    const note = await this.notes(tenant, db, reRating, nowMs)
    // Accounts that were done when the process ended, and whose documents were not.
    for (;;) {
      const page = await store.listAccounts(db, id, { limit: PAGE, statuses: ['applied'], isNoted: false })
      await note(page.map(({ accountId }) => accountId))
      if (page.length < PAGE) break
    }
    await applyReRating(
      {
        engine: this.engine,
        db: this.db,
        tenant,
        nowMs,
        isCancelled: () => this.cancelled.has(id),
        isStopped: () => this.isClosed,
        onApplied: note,
      },
      reRating,
    )
    if (this.isClosed) return
    const finished = { finishedAt: new Date(nowMs), error: null }
    const complete = { ...finished, status: 'complete' } as const
    if (!(await moveAndTell(db, reRating, ['applying'], complete, 'finished', nowMs)))
      await moveAndTell(db, reRating, ['cancelling'], { ...finished, status: 'cancelled' }, 'cancelled', nowMs)
    this.onIssued(tenant)
  }

  /** Corrects the documents of accounts that are done: what was billed is credited or debited at once. */
  private async notes(
    tenant: Tenant,
    db: Database,
    { id, plans, fromDay, untilDay, reason }: ReRating,
    nowMs: number,
  ): Promise<(accountIds: readonly string[]) => Promise<void>> {
    const billing = await billingOf(this.db, this.engine, tenant, nowMs)
    const planVersionIds = new Set(plans.flatMap(({ from, to }) => [from, to]))
    const cause = { purpose: `re-rating ${id}`, reason, planVersionIds, from: fromDay, until: untilDay }
    return async (accountIds) => {
      if (accountIds.length === 0) return
      const accounts = await listAccountsByIds(db, accountIds)
      const billed = accounts.filter(({ billedUntil }) => billedUntil !== null && billedUntil > fromDay)
      const isBilled = new Set(billed.map((account) => account.id))
      await store.noteNothing(
        db,
        id,
        accountIds.filter((accountId) => !isBilled.has(accountId)),
      )
      for (const accountId of isBilled) {
        if (this.isClosed) return
        const documentId = await issueCorrectionNote(billing, accountId, cause)
        await store.noteDocument(db, id, accountId, documentId)
      }
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all(this.running.values())
  }
}
