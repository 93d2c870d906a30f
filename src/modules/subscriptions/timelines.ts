import { present } from '../../core/base/assert.ts'
import type { PlanPhase } from '../../core/catalog/plan.ts'
import {
  type ChangeContent,
  foldTimeline,
  type Interval,
  type Origin,
  type PhaseOrigin,
  phaseFinder,
  type TimelineChange,
  withinParent,
} from '../../core/subscriptions/timeline.ts'
import type { PhaseOf } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { listPlanPhases } from '../catalog/index.ts'
import { zonesOf } from '../parties/index.ts'
import * as store from './store.ts'

/** Phases of the plan versions that have any. */
export type PhasesByVersion = ReadonlyMap<string, readonly PlanPhase[]>

/** The subscriptions of accounts, and what became of each. */
export interface SubscriptionTimelines {
  readonly subscriptions: readonly store.Subscription[]
  readonly changes: ReadonlyMap<string, readonly store.ChangeRow[]>
  readonly zones: ReadonlyMap<string, string>
  readonly phases: PhasesByVersion
}

/** @param known what the caller has already. */
export async function loadTimelines(
  db: Database,
  accountIds: readonly string[],
  known: Partial<Pick<SubscriptionTimelines, 'zones' | 'phases'>> = {},
): Promise<SubscriptionTimelines> {
  const zones = known.zones ?? (await zonesOf(db, accountIds))
  const subscriptions = await store.listSubscriptionsOfAccounts(db, accountIds)
  const rows = await store.listChangesOfAccounts(db, accountIds)
  const changes = Map.groupBy(rows, ({ subscriptionId }) => subscriptionId)
  return { subscriptions, changes, zones, phases: known.phases ?? (await listPlanPhases(db)) }
}

export function originOf(row: store.Subscription, zone: string): Origin {
  const { termUnit: unit, termCount: count } = row
  return {
    startMs: row.startsAt.getTime(),
    endMs: row.endsAt?.getTime() ?? null,
    planVersionId: row.planVersionId,
    quantity: row.quantity,
    zone,
    trialDays: row.trialDays,
    term: unit === null || count === null ? null : { length: { unit, count }, renews: row.renews },
  }
}

function toTimelineChange({ effectiveAt, position, kind, content }: store.ChangeRow): TimelineChange {
  return { effectiveMs: effectiveAt.getTime(), position, content: { kind, ...content } as ChangeContent }
}

/** @param more changes that are not recorded, or not yet. */
export function intervalsOf(
  timelines: SubscriptionTimelines,
  row: store.Subscription,
  more: readonly store.ChangeRow[] = [],
): Interval[] {
  const zone = present(timelines.zones.get(row.accountId), 'an account')
  const rows = [
    ...(timelines.changes.get(row.id) ?? []),
    ...more.filter(({ subscriptionId }) => subscriptionId === row.id),
  ]
  const own = foldTimeline(originOf(row, zone), rows.map(toTimelineChange), (id) => timelines.phases.get(id))
  const parent = parentOf(timelines, row)
  return parent === undefined ? own : withinParent(own, intervalsOf(timelines, parent, more))
}

export function parentOf(
  { subscriptions }: SubscriptionTimelines,
  { parentId }: store.Subscription,
): store.Subscription | undefined {
  return parentId === null
    ? undefined
    : present(
        subscriptions.find(({ id }) => id === parentId),
        'the parent',
      )
}

/** The phases of all subscriptions, for whoever looks at all usage; null where no plan has any. */
export async function loadPhases(db: Database): Promise<PhaseOf | null> {
  const phases = await listPlanPhases(db)
  if (phases.size === 0) return null
  const origins = await store.listPhaseOrigins(db)
  const found = new Map<string, PhaseOrigin>(
    origins.map(({ id, startsAt, trialDays, zone }) => [id, { startMs: startsAt.getTime(), trialDays, zone }]),
  )
  const finders = new Map<string, (atMs: number) => string | null>()
  return (subscriptionId, planVersionId, atMs) => {
    const [origin, own] = [found.get(subscriptionId), phases.get(planVersionId)]
    if (origin === undefined || own === undefined) return null
    const key = `${subscriptionId} ${planVersionId}`
    const finder = finders.get(key) ?? phaseFinder(origin, own)
    finders.set(key, finder)
    return finder(atMs)
  }
}
