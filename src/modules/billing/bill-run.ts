import { newId } from '../../platform/clock.ts'
import { type Database, type DatabaseTransaction, inSchema, inTransaction } from '../../platform/db.ts'
import { type EventType, eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { JobHandler, RunningJob } from '../../platform/jobs/job.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import type { Notary, Parts } from '../module.ts'
import { listInBillingOrder } from '../parties/index.ts'
import { billAccounts } from './bill-accounts.ts'
import { batchesOf, billBatch, billInOrder } from './bill-batches.ts'
import * as store from './bill-run-store.ts'
import { openDueCommits } from './contract-commits.ts'
import { takeDailyFees } from './daily-fees.ts'
import { askForDueDrafts } from './draft-due.ts'
import { retryOthers } from './draft-job.ts'
import { billRunFailed, billRunFinished, billRunStarted } from './events.ts'
import { billingOf } from './load-facts.ts'

const KIND = 'bill_run'
/** Accounts that may fail before a run gives up: then the trouble is not theirs. */
const MAX_FAILURES = 100

/** Begins the run until a day, or runs it once more: what is billed already makes nothing. @param db in the tenant's schema */
export async function startBillRun(db: Database, untilDay: string, nowMs: number): Promise<store.BillRun> {
  return inTransaction(db, async (trx) => {
    await askForBillRun(trx, untilDay, nowMs)
    return (await store.findBillRun(trx, { untilDay })) as store.BillRun
  })
}

/**
 * Begins it in the transaction of the reason for it. One that is under way stays so.
 * @param dueMs of one that is scheduled, and has its place in the order of time
 */
export async function askForBillRun(
  db: DatabaseTransaction,
  untilDay: string,
  nowMs: number,
  dueMs: number | null = null,
): Promise<void> {
  const run = await store.lockBillRun(db, newRun(untilDay, nowMs))
  if (!run.isFresh && run.status === 'running') return
  await begin(db, run, nowMs)
  await askForJob(db, { kind: KIND, key: untilDay, dueMs }, nowMs)
}

function newRun(untilDay: string, nowMs: number): store.BillRun {
  return {
    id: newId(),
    untilDay,
    status: 'running',
    accountsTotal: 0,
    accountsDone: 0,
    documents: 0,
    issued: 0,
    held: 0,
    inGrace: 0,
    error: null,
    createdAt: new Date(nowMs),
    finishedAt: null,
  }
}

async function begin(db: Database, run: store.BillRun, nowMs: number): Promise<void> {
  const begun = {
    status: 'running',
    accountsDone: 0,
    issued: 0,
    held: 0,
    inGrace: 0,
    error: null,
    finishedAt: null,
  } as const
  await noteAndTell(db, run, begun, billRunStarted, {}, nowMs)
}

/** Does bill runs. Each document commits alone, so what a killed process did survives it, and is not done again. */
export function billRunJob({ db, engine, notary, onFault }: Parts): JobHandler {
  const tellFault = onFault('a bill run failed')
  return {
    kind: KIND,
    maxAttempts: 1,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work,
    onFailed: async (scoped, { key }, message, nowMs) => endUndone(scoped, notary, key, message, nowMs),
    onCancelled: async (scoped, { key }, nowMs) => endUndone(scoped, notary, key, 'it was cancelled', nowMs),
  }

  async function work(job: RunningJob): Promise<'done' | 'stopped'> {
    const { tenant, nowMs } = job
    const scoped = inSchema(db, tenant.schema)
    if (job.isCancelled()) return 'stopped'
    const run = await takeUp(scoped, job)
    if (run === null) return 'done'
    const billing = await job.patiently(async () => billingOf(db, engine, tenant, nowMs))
    await job.patiently(async () => takeDailyFees(billing))
    await job.patiently(async () => openDueCommits(billing))
    await retryOthers(billing, notary, tellFault, () => job.isStopped())
    const { members, others } = await job.patiently(async () => listInBillingOrder(scoped))
    const total = members.length + others.length
    const failures: string[] = []
    let done = 0
    // What members have settled with the credit of their sponsors is there when these are read.
    const isEnded = (): boolean => job.isStopped() || job.isCancelled()
    const bill = async (accountIds: readonly string[], onPlanned: () => void): Promise<void> => {
      if (isEnded()) return
      const asked = accountIds.map((accountId) => ({ accountId, until: job.key }))
      const failed = await billBatch(asked, (some) =>
        job.patiently(async () => billAccounts(billing, some, run.id, onPlanned)),
      )
      for (const { asked: one, error } of failed) {
        // One account's failure is listed, and does not keep the others from their invoices.
        tellFault(error)
        failures.push(`account ${one.accountId}: ${error instanceof Error ? error.message : String(error)}`)
      }
      if (failures.length > MAX_FAILURES) throw new Error(failures.join('; '))
      done += accountIds.length
      await job.patiently(async () => store.updateBillRun(scoped, run.id, { accountsTotal: total, accountsDone: done }))
      await job.tell({ done, total, words: 'accounts' })
    }
    for (const group of [members, others]) await billInOrder(batchesOf(group), bill)
    if (isEnded()) return 'stopped'
    await job.patiently(async () => finish(scoped, notary, job, run, total, failures))
    if (failures.length > 0) throw new Error(failures.join('; '))
    return 'done'
  }
}

/** @returns null where an earlier process has done it all. */
async function takeUp(db: Database, job: RunningJob): Promise<store.BillRun | null> {
  const { key: untilDay, nowMs } = job
  return inTransaction(db, async (trx) => {
    await job.holdIn(trx)
    const run = await store.lockBillRun(trx, newRun(untilDay, nowMs))
    if (run.status === 'complete') return null
    // One that was scheduled begins now, and one that had failed begins once more.
    if (run.isFresh || run.status === 'failed') await begin(trx, run, nowMs)
    return run
  })
}

async function finish(
  db: Database,
  notary: Notary,
  job: RunningJob,
  { id }: store.BillRun,
  accounts: number,
  failures: readonly string[],
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await job.holdIn(trx)
    const run = (await store.findBillRun(trx, { id })) as store.BillRun
    const status = failures.length === 0 ? 'complete' : 'failed'
    const error = failures.length === 0 ? null : failures.join('; ')
    const finishedAt = new Date(job.nowMs)
    const ended = { accountsTotal: accounts, accountsDone: accounts, status, error, finishedAt } as const
    const { held, inGrace } = run
    const told = { accounts, documents: run.issued, failed: failures.length, held, inGrace }
    await noteAndTell(trx, run, ended, billRunFinished, told, job.nowMs)
    if (run.issued > 0) await notary.ask(trx, job.nowMs)
    await askForDueDrafts(trx, job.nowMs)
  })
}

/** A run whose failures are published is over already. */
async function endUndone(db: Database, notary: Notary, untilDay: string, error: string, nowMs: number): Promise<void> {
  const run = await store.findBillRun(db, { untilDay })
  if (run?.status !== 'running') return
  await noteAndTell(db, run, { status: 'failed', error }, billRunFailed, {}, nowMs)
  if (run.issued > 0) await notary.ask(db, nowMs)
  await askForDueDrafts(db, nowMs)
}

async function noteAndTell(
  db: Database,
  { id, untilDay }: store.BillRun,
  set: Partial<store.BillRun>,
  type: EventType,
  told: object,
  nowMs: number,
): Promise<void> {
  await store.updateBillRun(db, id, set)
  await publish(db, [eventOf(type, { objectId: id }, { untilDay, ...told })], nowMs)
}
