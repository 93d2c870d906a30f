import type { Engine } from '../../engine/index.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { JobHandler, RunningJob } from '../../platform/jobs/job.ts'
import { billingOf, issueCorrectionNote } from '../billing/index.ts'
import type { Parts } from '../module.ts'
import { listAccountIds, listAccountsByIds } from '../parties/index.ts'
import { applyReRating } from './apply.ts'
import { dryRun } from './dry-run.ts'
import { purposeOf } from './late-notes.ts'
import { moveAndTell } from './move-and-tell.ts'
import type { ReRating } from './store.ts'
import * as store from './store.ts'

/** A job's key is the id of the re-rating. */
export const JOB_KIND = 're_rating'
/** Documents that are looked through at a time. */
const PAGE = 500

/** Makes dry runs, and applies what was approved. What is done of them is in tables, so a run that was cut off continues there. */
export function reRatingJob({ db, engine, notary }: Parts): JobHandler {
  return {
    kind: JOB_KIND,
    maxAttempts: 1,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work: async (job) => {
      const scoped = inSchema(db, job.tenant.schema)
      const reRating = await takeUp(scoped, job)
      if (reRating === null) return 'done'
      if (reRating.status === 'computing') return compute(engine, scoped, reRating, job)
      return apply({ db, engine, notary }, scoped, reRating, job)
    },
    onFailed: async (scoped, { key }, error, nowMs) => {
      const reRating = (await store.findReRating(scoped, { id: key })) as ReRating
      const failed = { error, status: 'failed' } as const
      await moveAndTell(scoped, reRating, ['computing', 'applying', 'cancelling'], failed, 'failed', nowMs)
      await notary.ask(scoped, nowMs)
    },
    onCancelled: async (scoped, { key }, nowMs) => {
      const reRating = (await store.findReRating(scoped, { id: key })) as ReRating
      const dropped = { status: 'cancelled', finishedAt: new Date(nowMs) } as const
      await moveAndTell(scoped, reRating, ['computing'], dropped, 'cancelled', nowMs)
    },
  }
}

/** @returns null where nothing is to be done. */
async function takeUp(db: Database, { key: id, nowMs }: RunningJob): Promise<ReRating | null> {
  const reRating = (await store.findReRating(db, { id })) as ReRating
  if (reRating.status === 'failed') {
    // Somebody has the job run again: it continues with what it failed at.
    const [status, action] = reRating.decidedAt === null ? ['computing', 'started'] : ['applying', 'approved']
    const set = { status: status as ReRating['status'], error: null }
    await inTransaction(db, async (trx) => moveAndTell(trx, reRating, ['failed'], set, action as 'started', nowMs))
    return (await store.findReRating(db, { id })) as ReRating
  }
  return ['computing', 'applying', 'cancelling'].includes(reRating.status) ? reRating : null
}

async function compute(engine: Engine, db: Database, reRating: ReRating, job: RunningJob): Promise<'done' | 'stopped'> {
  const accountIds = (reRating.accountIds ?? (await listAccountIds(db))).toSorted()
  await dryRun(engine, db, reRating, accountIds, job)
  if (job.isStopped() || job.isCancelled()) return 'stopped'
  await inTransaction(db, async (trx) =>
    moveAndTell(trx, reRating, ['computing'], { status: 'draft' }, 'drafted', job.nowMs),
  )
  return 'done'
}

async function apply(
  { db: root, engine, notary }: Pick<Parts, 'db' | 'engine' | 'notary'>,
  db: Database,
  reRating: ReRating,
  job: RunningJob,
): Promise<'done' | 'stopped'> {
  const { id, status } = reRating
  const { tenant, nowMs, isStopped } = job
  const isCancelled = (): boolean => status === 'cancelling' || job.isCancelled()
  const note = await notes(root, engine, db, reRating, job)
  // Accounts that were done when the process ended, and whose documents were not.
  for (;;) {
    const page = await store.listAccounts(db, id, { limit: PAGE, statuses: ['applied'], isNoted: false })
    await note(page.map(({ accountId }) => accountId))
    if (isStopped()) return 'stopped'
    if (page.length < PAGE) break
  }
  await applyReRating({ engine, db: root, tenant, nowMs, isCancelled, isStopped, onApplied: note }, reRating)
  if (isStopped()) return 'stopped'
  const finished = { finishedAt: new Date(nowMs), error: null }
  const [complete, cancelled] = [
    { ...finished, status: 'complete' } as const,
    { ...finished, status: 'cancelled' } as const,
  ]
  return inTransaction(db, async (trx) => {
    // There may be new documents.
    await notary.ask(trx, nowMs)
    if (!isCancelled() && (await moveAndTell(trx, reRating, ['applying'], complete, 'finished', nowMs))) return 'done'
    await moveAndTell(trx, reRating, ['applying', 'cancelling'], cancelled, 'cancelled', nowMs)
    return 'stopped'
  })
}

/** Corrects the documents of accounts that are done: what was billed is credited or debited at once. */
async function notes(
  root: Database,
  engine: Engine,
  db: Database,
  { id, plans, fromDay, untilDay, reason }: ReRating,
  { tenant, nowMs, isStopped }: RunningJob,
): Promise<(accountIds: readonly string[]) => Promise<void>> {
  const billing = await billingOf(root, engine, tenant, nowMs)
  const planVersionIds = new Set(plans.flatMap(({ from, to }) => [from, to]))
  const cause = { purpose: purposeOf(id), reason, planVersionIds, from: fromDay, until: untilDay }
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
      if (isStopped()) return
      const documentId = await issueCorrectionNote(billing, accountId, cause)
      await inTransaction(db, async (trx) => store.noteDocument(trx, id, accountId, documentId))
    }
  }
}
