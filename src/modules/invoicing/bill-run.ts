import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { type EventType, eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { isPassing, withPatience } from '../../platform/patience.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { listAccountIds } from '../customers/index.ts'
import { billingOf } from './account-lines.ts'
import { billAccount } from './bill-account.ts'
import * as store from './bill-run-store.ts'
import { openDueCommits } from './contract-commits.ts'
import { takeDailyFees } from './daily-fees.ts'
import { billRunFailed, billRunFinished, billRunStarted } from './events.ts'

/** Accounts that may fail before a run gives up: then the trouble is not theirs. */
const MAX_FAILURES = 100
/** Accounts after which progress is noted. */
const NOTE_EVERY = 50

/** Bill runs work in the background of the process; what they did survives it, because each document commits alone. */
export class BillRuns {
  private readonly db: Database
  private readonly engine: Engine
  private readonly onFault: (error: unknown) => void
  private readonly onIssued: (tenant: Tenant) => void
  private readonly running = new Map<string, Promise<void>>()
  private isClosed = false

  /** `onIssued` hears of a tenant whose run has ended: there may be new documents. */
  constructor(db: Database, engine: Engine, onFault: (error: unknown) => void, onIssued: (tenant: Tenant) => void) {
    this.db = db
    this.engine = engine
    this.onFault = onFault
    this.onIssued = onIssued
  }

  /** Begins the run until a day, or runs it once more: what is billed already makes nothing. */
  async start(tenant: Tenant, untilDay: string, nowMs: number): Promise<store.BillRun> {
    const db = inSchema(this.db, tenant.schema)
    const fresh: store.BillRun = {
      id: newId(),
      untilDay,
      status: 'running',
      accountsTotal: 0,
      accountsDone: 0,
      documents: 0,
      issued: 0,
      error: null,
      createdAt: new Date(nowMs),
      finishedAt: null,
    }
    await store.insertBillRun(db, fresh)
    const run = (await store.findBillRun(db, { untilDay })) as store.BillRun
    const name = `${tenant.name} ${run.id}`
    if (!this.running.has(name)) {
      const begun = { status: 'running', accountsDone: 0, issued: 0, error: null, finishedAt: null } as const
      await noteAndTell(db, run, begun, billRunStarted, {}, nowMs)
      const work = this.work(tenant, run, nowMs).finally(() => {
        this.running.delete(name)
        this.onIssued(tenant)
      })
      this.running.set(name, work)
    }
    return (await store.findBillRun(db, { untilDay })) as store.BillRun
  }

  /** Takes up the runs that a killed process left behind. */
  async resume(tenant: Tenant, nowMs: number): Promise<void> {
    for (const { untilDay } of await store.runningBillRuns(inSchema(this.db, tenant.schema)))
      await this.start(tenant, untilDay, nowMs)
  }

  private async work(tenant: Tenant, run: store.BillRun, nowMs: number): Promise<void> {
    const db = inSchema(this.db, tenant.schema)
    // A database that fails over is waited for: what was billed meanwhile is billed already.
    const patiently = async <T>(part: () => Promise<T>): Promise<T> =>
      withPatience(part, () => this.isClosed, this.engine.pause)
    try {
      const billing = await patiently(async () => billingOf(this.db, this.engine, tenant, nowMs))
      await patiently(async () => takeDailyFees(billing))
      await patiently(async () => openDueCommits(billing))
      const accountIds = await patiently(async () => listAccountIds(db))
      let issued = 0
      const failures: string[] = []
      for (const [index, accountId] of accountIds.entries()) {
        if (this.isClosed) return
        try {
          issued += await patiently(async () => billAccount(billing, accountId, run.untilDay))
        } catch (error) {
          if (isPassing(error)) throw error
          // One account's trouble is told, and does not keep the others from their invoices.
          this.onFault(error)
          failures.push(`account ${accountId}: ${error instanceof Error ? error.message : String(error)}`)
          if (failures.length > MAX_FAILURES) throw new Error(failures.join('; '))
        }
        if (index % NOTE_EVERY === 0)
          await patiently(async () => {
            const documents = run.documents + issued
            const progress = { accountsTotal: accountIds.length, accountsDone: index + 1, documents, issued }
            return store.updateBillRun(db, run.id, progress)
          })
      }
      const done = { accountsTotal: accountIds.length, accountsDone: accountIds.length }
      const status = failures.length === 0 ? 'complete' : 'failed'
      const error = failures.length === 0 ? null : failures.join('; ')
      const finishedAt = new Date(nowMs)
      const ended = { ...done, documents: run.documents + issued, issued, status, error, finishedAt } as const
      const told = { accounts: accountIds.length, documents: issued, failed: failures.length }
      await patiently(async () => noteAndTell(db, run, ended, billRunFinished, told, nowMs))
    } catch (error) {
      this.onFault(error)
      if (this.isClosed && isPassing(error)) return
      const message = error instanceof Error ? error.message : String(error)
      const failed = { status: 'failed', error: message } as const
      await noteAndTell(db, run, failed, billRunFailed, {}, nowMs).catch(this.onFault)
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all(this.running.values())
  }
}

async function noteAndTell(
  db: Database,
  { id, untilDay }: store.BillRun,
  set: Partial<store.BillRun>,
  type: EventType,
  told: object,
  nowMs: number,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await store.updateBillRun(trx, id, set)
    await publish(trx, [eventOf(type, { objectId: id }, { untilDay, ...told })], nowMs)
  })
}
