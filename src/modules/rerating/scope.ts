import { setImmediate } from 'node:timers/promises'
import { present } from '../../core/base/assert.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import type { PlanPhase } from '../../core/catalog/plan.ts'
import { type PhaseOrigin, phaseAt } from '../../core/subscriptions/timeline.ts'
import type { CorrectionSession, EffectiveRecord, Engine, PlanOf } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { listPlanPhases } from '../catalog/index.ts'
import { type Account, listAccountsByIds } from '../parties/index.ts'
import { listSubscriptionsOfAccounts, originOf } from '../subscriptions/index.ts'
import type { ReRating } from './store.ts'

/** Records that are in memory at a time; an account with more is worked on by slices of its time. */
const MAX_RECORDS = 200_000
const DAY_MS = 86_400_000

/** An account with what a re-rating may find of it. */
export interface ScopedAccount {
  readonly account: Account
  readonly subscriptionIds: readonly string[]
  /** What the phases of each are counted from, in the order of the ids. */
  readonly origins: readonly PhaseOrigin[]
  readonly fromMs: number
  readonly untilMs: number
  /** Of the counters concerned: at least as many as will be found. */
  readonly records: number
}

/** Accounts with something under the plan versions that are given up, in their order. */
export async function scopeOf(
  engine: Engine,
  db: Database,
  tenant: string,
  reRating: ReRating,
  accountIds: readonly string[],
): Promise<ScopedAccount[]> {
  const from = new Set(reRating.plans.map((change) => change.from))
  const subscriptions = await listSubscriptionsOfAccounts(db, accountIds)
  const accountOf = new Map(subscriptions.map(({ id, accountId }) => [id, accountId]))
  const records = new Map<string, number>()
  for (const counter of await engine.countersOf(tenant, [...accountOf.keys()], Number.NEGATIVE_INFINITY)) {
    if (!from.has(counter.planVersionId) || counter.records === 0 || counter.periodStart >= reRating.untilDay) continue
    const accountId = accountOf.get(counter.subscriptionId) as string
    records.set(accountId, (records.get(accountId) ?? 0) + counter.records)
  }
  const accounts = await listAccountsByIds(db, [...records.keys()])
  const idsOf = Map.groupBy(subscriptions, ({ accountId }) => accountId)
  return accounts.map((account) => ({
    account,
    subscriptionIds: (idsOf.get(account.id) ?? []).map(({ id }) => id),
    origins: (idsOf.get(account.id) ?? []).map((row) => originOf(row, account.zone)),
    fromMs: startOfDayMs(reRating.fromDay, account.zone),
    untilMs: startOfDayMs(reRating.untilDay, account.zone),
    records: records.get(account.id) ?? 0,
  }))
}

/** The plans that a re-rating puts in place of others. */
export interface NewPlans {
  /** By the plan version that is given up. */
  readonly versions: ReadonlyMap<string, string>
  readonly phases: ReadonlyMap<string, readonly PlanPhase[]>
}

export async function newPlansOf(db: Database, { plans }: ReRating): Promise<NewPlans> {
  return { versions: new Map(plans.map(({ from, to }) => [from, to])), phases: await listPlanPhases(db) }
}

/** The plan that records of some accounts are charged by, in the phase that it would be in at their time. */
export function planOfRecords({ versions, phases }: NewPlans, accounts: readonly ScopedAccount[]): PlanOf {
  const origins = new Map(
    accounts.flatMap(({ subscriptionIds, origins: all }) => subscriptionIds.map((id, at) => [id, all[at]] as const)),
  )
  return ({ subscriptionId, charges, startMs }) => {
    const planVersionId = present(versions.get(charges[0]?.planVersionId ?? ''), 'a plan version')
    const origin = present(origins.get(subscriptionId), 'a subscription')
    return { planVersionId, phase: phaseAt(origin, phases.get(planVersionId), startMs) }
  }
}

/** Accounts that are worked on together: as many as memory takes, or one alone. */
export function groupsOf(accounts: readonly ScopedAccount[]): ScopedAccount[][] {
  const groups: ScopedAccount[][] = []
  let records = MAX_RECORDS
  for (const account of accounts) {
    if (records + account.records > MAX_RECORDS) {
      groups.push([])
      records = 0
    }
    groups.at(-1)?.push(account)
    records += account.records
  }
  return groups
}

/** The times of a group, in slices that memory takes. */
export function slicesOf(group: readonly ScopedAccount[]): { fromMs: number; untilMs: number }[] {
  const fromMs = Math.min(...group.map((account) => account.fromMs))
  const untilMs = Math.max(...group.map((account) => account.untilMs))
  const records = group.reduce((sum, account) => sum + account.records, 0)
  const count = Math.max(1, Math.min(Math.ceil(records / MAX_RECORDS), Math.ceil((untilMs - fromMs) / DAY_MS)))
  const step = Math.ceil((untilMs - fromMs) / count)
  return Array.from({ length: count }, (_, index) => ({
    fromMs: fromMs + index * step,
    untilMs: Math.min(fromMs + (index + 1) * step, untilMs),
  }))
}

/** The records of a slice that are to be re-rated, by account, oldest first. */
export async function recordsOf(
  corrections: CorrectionSession,
  group: readonly ScopedAccount[],
  slice: { fromMs: number; untilMs: number },
  { versions }: NewPlans,
  throughSeq = Number.MAX_SAFE_INTEGER,
): Promise<Map<ScopedAccount, EffectiveRecord[]>> {
  const owner = new Map(group.flatMap((account) => account.subscriptionIds.map((id) => [id, account] as const)))
  const found = new Map<ScopedAccount, EffectiveRecord[]>(group.map((account) => [account, []]))
  const filter = { ...slice, subscriptionIds: new Set(owner.keys()), afterSeq: 0, throughSeq }
  for await (const page of corrections.records(filter)) {
    // A long walk lets others work between segments.
    await setImmediate()
    for (const record of page) {
      const account = owner.get(record.subscriptionId) as ScopedAccount
      const isInside = record.startMs >= account.fromMs && record.startMs < account.untilMs
      if (isInside && versions.has(record.charges[0]?.planVersionId ?? '')) found.get(account)?.push(record)
    }
  }
  return found
}
