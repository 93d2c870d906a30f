import { assertSteps } from '../../core/base/calendar-range.ts'
import { periodIndexOf, periodStart, startOfDayMs } from '../../core/base/period.ts'
import type { Plan } from '../../core/catalog/plan.ts'
import type { Life } from '../../core/invoicing/fixed-billables.ts'
import { inLocalDays } from '../../core/subscriptions/local-days.ts'
import type { Engine } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { listPlanVersions } from '../catalog/index.ts'
import type { Account } from '../parties/index.ts'
import { listDays } from '../receivables/index.ts'
import { anchorOf, type ChangeRow, intervalsOf, loadLives, parentOf } from '../subscriptions/index.ts'
import type { AccountBilling, BillingSources } from './billing-facts.ts'
import { listTerms } from './commit-store.ts'
import { usageByDay } from './usage-by-day.ts'

/** Plans and prices as `db`, in the tenant's schema, sees them. */
export async function sourcesOf(engine: Engine, db: Database, tenant: Tenant): Promise<BillingSources> {
  const reload = async (): Promise<Pick<BillingSources, 'plans' | 'catalog'>> => ({
    plans: new Map((await listPlanVersions(db)).map(({ id, content }) => [id, content])),
    catalog: await engine.catalog(tenant.name),
  })
  return { engine, tenant, reload, ...(await reload()) }
}

/**
 * @param until the last day that is looked at.
 * @param more changes of subscriptions that are not recorded: what would be billed with them.
 */
export async function loadAccountBilling(
  sources: BillingSources,
  db: Database,
  account: Account,
  until: string,
  more: readonly ChangeRow[] = [],
): Promise<AccountBilling> {
  const loaded = await loadLives(db, [account.id], { zones: new Map([[account.id, account.zone]]), phases: new Map() })
  const { subscriptions } = loaded
  const ids = subscriptions.map(({ id }) => id)
  const counters = await sources.engine.countersOf(sources.tenant.name, ids, startOfDayMs(until, account.zone))
  const changes = [...loaded.changes.values()].flat().concat(more)
  const versions = [...subscriptions, ...changes.map(({ content }) => content)].map((row) => row.planVersionId)
  const isKnown = versions.every((id) => id === undefined || sources.plans.has(id))
  const { plans, catalog } = isKnown ? sources : await sources.reload()
  const phases = new Map([...plans].flatMap(([id, plan]) => (plan.phases === undefined ? [] : [[id, plan.phases]])))
  const known = { ...loaded, phases }
  const lives = subscriptions.map((row) => {
    const intervals = inLocalDays(intervalsOf(known, row, more), account.zone)
    return { subscriptionId: row.id, anchor: anchorOf(account, row, parentOf(known, row)), intervals }
  })
  const dailyFees = await listDays(db, account.id)
  const openedTerms = await listTerms(db, account.id)
  const billing = { account, subscriptions, lives, counters, plans, catalog, dailyFees, openedTerms }
  return { ...billing, byDay: await usageByDay(sources, billing) }
}

/**
 * Days on which something new is charged: a subscription begins, or comes to another plan or phase, or to another number of
 * seats where that is billed at once, or begins a period that is its own and not the account's.
 */
export function startDays({ account, lives, plans }: AccountBilling, until: string): string[] {
  return lives.flatMap((life) => [
    ...life.intervals.flatMap((interval, index) => {
      const before = life.intervals[index - 1]
      const goesOn =
        before?.planVersionId === interval.planVersionId &&
        before.phase === interval.phase &&
        before.untilMs === interval.fromMs &&
        !(before.quantity !== interval.quantity && isBilledAtOnce(plans.get(interval.planVersionId)))
      return goesOn ? [] : [interval.touched.start]
    }),
    ...(life.anchor === account.cycleAnchor ? [] : ownPeriods(life, plans, account.billedUntil, until)),
  ])
}

/** Whether a plan bills a change of seats on its day. */
function isBilledAtOnce(plan: Plan | undefined): boolean {
  return (plan?.prices ?? []).some((price) => price.kind === 'recurring' && price.seatChanges === 'at_once')
}

function ownPeriods(
  { anchor, intervals }: Life,
  plans: ReadonlyMap<string, Plan>,
  after: string | null,
  until: string,
): string[] {
  const days = new Set<string>()
  for (const { planVersionId, owned } of intervals) {
    for (const price of plans.get(planVersionId)?.prices ?? []) {
      if (price.kind !== 'recurring' || owned === null) continue
      const from = after !== null && after > owned.start ? after : owned.start
      const first = periodIndexOf(anchor, price.every, from)
      for (let index = first; ; index++) {
        assertSteps(index - first, `periods of ${price.code}`)
        const day = periodStart(anchor, price.every, index)
        if (day > until || (owned.end !== null && day >= owned.end)) break
        if (day >= from) days.add(day)
      }
    }
  }
  return [...days]
}
