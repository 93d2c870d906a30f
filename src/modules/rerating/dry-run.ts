import type { CorrectionSession, EffectiveRecord, Engine } from '../../engine/index.ts'
import { type Database, inTransaction } from '../../platform/db.ts'
import type { RunningJob } from '../../platform/jobs/job.ts'
import {
  groupsOf,
  type NewPlans,
  newPlansOf,
  planOfRecords,
  recordsOf,
  type ScopedAccount,
  scopeOf,
  slicesOf,
} from './scope.ts'
import type { ReRating, ReRatingAccount } from './store.ts'
import * as store from './store.ts'

/** Accounts that are looked through at a time. */
const PAGE = 20_000
/** Records that are tried at a time: charging continues between. */
const STEP = 2_000

/** Finds out what a re-rating would do to each account, and stores it. Takes up where it stopped. */
export async function dryRun(
  engine: Engine,
  db: Database,
  reRating: ReRating,
  accountIds: readonly string[],
  job: RunningJob,
): Promise<void> {
  const tenant = job.tenant.name
  const { triedThrough } = reRating
  const left = triedThrough === null ? accountIds : accountIds.filter((id) => id > triedThrough)
  const plans = await newPlansOf(db, reRating)
  for (let at = 0; at < left.length; at += PAGE) {
    const page = left.slice(at, at + PAGE)
    for (const group of groupsOf(await scopeOf(engine, db, tenant, reRating, page))) {
      if (job.isStopped() || job.isCancelled()) return
      const rows = await engine.correct(tenant, async (corrections) => tryGroup(corrections, reRating, plans, group))
      await storeTried(db, reRating.id, rows, group.at(-1)?.account.id as string, job)
    }
    await storeTried(db, reRating.id, [], page.at(-1) as string, job)
    const done = accountIds.length - left.length + at + page.length
    await job.tell({ done, total: accountIds.length, words: 'accounts tried' })
  }
}

/** A process that has lost the job stores nothing any more: another one continues at the place that the row has. */
async function storeTried(
  db: Database,
  id: string,
  rows: readonly ReRatingAccount[],
  triedThrough: string,
  job: RunningJob,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await job.holdIn(trx)
    await store.storeTried(trx, id, rows, triedThrough)
  })
}

async function tryGroup(
  corrections: CorrectionSession,
  { id }: ReRating,
  plans: NewPlans,
  group: readonly ScopedAccount[],
): Promise<ReRatingAccount[]> {
  const rows = new Map<string, Writable>()
  for await (const { account, record, tried } of tryRecords(corrections, plans, group)) {
    void record
    const row = rows.get(account.id) ?? emptyRow(id, account)
    rows.set(account.id, row)
    if (tried.fault !== null) {
      row.leftOut++
      row.fault ??= tried.fault.join(': ')
      continue
    }
    row.records++
    row.before += tried.before
    row.difference += tried.difference
  }
  return [...rows.values()].map(({ before, difference, ...row }) => ({
    ...row,
    beforeAmount: String(before),
    afterAmount: String(before + difference),
    difference: String(difference),
  }))
}

type Writable = {
  -readonly [K in keyof Omit<ReRatingAccount, 'beforeAmount' | 'afterAmount' | 'difference'>]: ReRatingAccount[K]
} & {
  before: bigint
  difference: bigint
}

function emptyRow(reRatingId: string, { id, currency }: ScopedAccount['account']): Writable {
  return {
    reRatingId,
    accountId: id,
    currency,
    status: 'draft',
    records: 0n,
    leftOut: 0n,
    fault: null,
    before: 0n,
    difference: 0n,
    appliedRecords: 0n,
    appliedDifference: '0',
    isNoted: false,
    documentId: null,
  }
}

export interface TriedOf {
  readonly account: ScopedAccount['account']
  readonly record: EffectiveRecord
  readonly tried: Awaited<ReturnType<CorrectionSession['tryPlan']>>[number]
}

/** Tries the records of some accounts on copies of their counters, in the order in which they would be re-rated. */
export async function* tryRecords(
  corrections: CorrectionSession,
  plans: NewPlans,
  group: readonly ScopedAccount[],
): AsyncGenerator<TriedOf> {
  const planOf = planOfRecords(plans, group)
  const trial = await corrections.trial(group.flatMap(({ subscriptionIds }) => subscriptionIds))
  for (const slice of slicesOf(group)) {
    for (const [{ account }, records] of await recordsOf(corrections, group, slice, plans, trial.throughSeq)) {
      for (let at = 0; at < records.length; at += STEP) {
        const step = records.slice(at, at + STEP)
        const tried = await corrections.tryPlan(trial, step, planOf)
        for (const [index, record] of step.entries()) yield { account, record, tried: tried[index] as TriedOf['tried'] }
      }
    }
  }
}
