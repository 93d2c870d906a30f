import { present } from '../../core/base/assert.ts'
import { type Interval, intervalAt, type LifeState, stateAt, termEndAfter } from '../../core/subscriptions/timeline.ts'
import type { Database } from '../../platform/db.ts'
import { findPlanVersions, type PlanVersion } from '../catalog/index.ts'
import { accountNames, keysOf } from '../parties/index.ts'
import * as store from './store.ts'
import { intervalsOf, loadTimelines, originOf } from './timelines.ts'

/** Subscriptions with their states, plans and quantities as they are now; of those that have ended, as they were last. */
export async function viewSubscriptions(
  db: Database,
  rows: readonly store.Subscription[],
  nowMs: number,
): Promise<(object & { readonly id: string })[]> {
  const timelines = await loadTimelines(db, [...new Set(rows.map(({ accountId }) => accountId))])
  const shown = rows.map((row) => {
    const intervals = intervalsOf(timelines, row)
    const now = intervalAt(intervals, nowMs)
    const last = intervals.findLast(({ fromMs }) => fromMs <= nowMs) ?? intervals[0]
    return { row, state: stateAt(intervals, nowMs), at: now ?? last ?? row }
  })
  const versions = await findPlanVersions(
    db,
    shown.map(({ at }) => at.planVersionId),
  )
  const names = await accountNames(
    db,
    rows.map(({ accountId }) => accountId),
  )
  const services = await keysOf(
    db,
    'service',
    rows.map(({ serviceId }) => serviceId),
  )
  return shown.map(({ row, state, at: { planVersionId, quantity } }) => {
    const { code, version } = present(versions.get(planVersionId), 'a plan version')
    const named = { ...names.get(row.accountId), service: services.get(row.serviceId ?? '') ?? null }
    return { ...row, ...named, planVersionId, quantity, state, plan: code, planVersion: version }
  })
}

interface TimelineView {
  readonly subscription: string
  readonly state: LifeState
  readonly zone: string
  readonly termEndsAt: string | null
  readonly intervals: readonly object[]
  readonly changes: readonly object[]
}

/** What a subscription was, is and will be, and the changes that made it so. */
export async function viewTimeline(db: Database, reference: string, nowMs: number): Promise<TimelineView> {
  const row = await store.getSubscription(db, reference)
  const timelines = await loadTimelines(db, [row.accountId])
  const intervals = intervalsOf(timelines, row)
  const changes = await store.listChanges(db, row.id)
  const ids = [...intervals, ...changes.map(({ content }) => content)].map(({ planVersionId }) => planVersionId)
  const versions = await findPlanVersions(
    db,
    ids.filter((id) => id !== undefined),
  )
  const zone = present(timelines.zones.get(row.accountId), 'an account')
  const termEndMs = termEndAfter(originOf(row, zone), Math.max(nowMs, row.startsAt.getTime()))
  return {
    subscription: row.key,
    state: stateAt(intervals, nowMs),
    zone,
    termEndsAt: termEndMs === null ? null : new Date(termEndMs).toISOString(),
    intervals: intervals.map((interval) => toIntervalView(interval, versions)),
    changes: changes.map((change) => toChangeView(change, versions)),
  }
}

function toIntervalView(interval: Interval, versions: ReadonlyMap<string, PlanVersion>): object {
  const { fromMs, untilMs, planVersionId, phase, quantity, isPaused } = interval
  return {
    from: new Date(fromMs).toISOString(),
    until: untilMs === Number.POSITIVE_INFINITY ? null : new Date(untilMs).toISOString(),
    ...planNamed(planVersionId, versions),
    phase,
    quantity,
    isPaused,
  }
}

/** @param versions the plan versions that it may name. */
export function toChangeView(change: store.ChangeRow, versions: ReadonlyMap<string, PlanVersion>): object {
  const { id, kind, content, effectiveAt, note, recordedAt, withdrawnAt } = change
  const { planVersionId, ...rest } = content
  return { id, kind, effectiveAt, ...planNamed(planVersionId, versions), ...rest, note, recordedAt, withdrawnAt }
}

function planNamed(id: string | undefined, versions: ReadonlyMap<string, PlanVersion>): object {
  if (id === undefined) return {}
  const { code, version, subscriptionId } = present(versions.get(id), 'a plan version')
  return { plan: code, planVersion: version, planVersionId: id, isNegotiated: subscriptionId !== null }
}
