import { startOfDayMs } from '../../core/base/period.ts'
import type { AccountCharges, AccountFacts } from '../../core/billing/account-facts.ts'
import { addBilled, NOTHING_BILLED } from '../../core/billing/billed-lines.ts'
import { taxFactsOf } from '../../core/billing/tax-facts.ts'
import { cutCounters, taxCutCounters } from '../../core/billing/usage-days.ts'
import type { Plan, PlanPhase } from '../../core/catalog/plan.ts'
import type { CompiledPlans } from '../../core/rating/compiled-plans.ts'
import { inLocalDays } from '../../core/subscriptions/local-days.ts'
import type { RateTable } from '../../core/tax/rates/rate-table.ts'
import type { Engine, EngineReads } from '../../engine/index.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { listPlanVersions } from '../catalog/index.ts'
import { discountsInForce } from '../discounts/index.ts'
import { listBilledLines } from '../invoices/index.ts'
import { type Account, getRow, type Issuer } from '../parties/index.ts'
import { isOpened, listDays, sponsoredDays } from '../receivables/index.ts'
import { anchorOf, type ChangeRow, intervalsOf, loadTimelines, parentOf } from '../subscriptions/index.ts'
import { ratesInForce } from '../tax-rates/index.ts'
import { brandFactsOf, splitOf } from './brand-facts.ts'
import { listTerms } from './commit-store.ts'
import { type IssuingRules, issuingRules } from './settings.ts'
import { usageByDay } from './usage-by-day.ts'

/** Plans with their prices. */
interface KnownPlans {
  readonly plans: ReadonlyMap<string, Plan>
  readonly compiled: CompiledPlans
  /** Of the plan versions that have any. */
  readonly phases: ReadonlyMap<string, readonly PlanPhase[]>
}

/** What of the engine billing reads: on the thread that charges, or on one for reading. */
export type BilledUsage = Pick<EngineReads, 'catalog' | 'countersOf' | 'balancesOf' | 'records'>

/** Where billing takes usage and prices from. */
export interface BillingSources extends KnownPlans {
  readonly engine: BilledUsage
  readonly tenant: Tenant
  /** As they are now: a version may be published while a run is under way. */
  readonly reload: () => Promise<KnownPlans>
  /** Rates of tax: those that come with Kvit, and the tenant's own. */
  readonly rates: RateTable
}

/** What a bill run needs for every account. */
export interface Billing extends BillingSources {
  readonly db: Database
  readonly engine: Engine
  readonly nowMs: number
  readonly rules: IssuingRules
}

export async function billingOf(db: Database, engine: Engine, tenant: Tenant, nowMs: number): Promise<Billing> {
  const scoped = inSchema(db, tenant.schema)
  return { db, nowMs, ...(await sourcesOf(engine, scoped, tenant)), engine, rules: await issuingRules(scoped) }
}

/** Plans and prices as `db`, in the tenant's schema, sees them. */
export async function sourcesOf(engine: BilledUsage, db: Database, tenant: Tenant): Promise<BillingSources> {
  const reload = async (): Promise<KnownPlans> => {
    const plans = new Map((await listPlanVersions(db)).map(({ id, content }) => [id, content]))
    const phases = new Map([...plans].flatMap(([id, plan]) => (plan.phases === undefined ? [] : [[id, plan.phases]])))
    return { plans, phases, compiled: (await engine.catalog(tenant.name)).plans }
  }
  return { engine, tenant, reload, rates: await ratesInForce(db), ...(await reload()) }
}

/** An account's facts before it is known whether anything is due. */
export interface LoadedCharges extends AccountCharges {
  readonly account: Account
}

/**
 * What an account's charges follow from.
 * @param until levels that hold on without records are known in periods that begin before this day.
 */
export async function loadCharges(
  sources: BillingSources,
  db: Database,
  account: Account,
  until: string,
): Promise<LoadedCharges> {
  const [charges] = await loadChargesWith(sources, db, account, until, [])
  return charges
}

/** As `loadCharges`; and as they would be with changes of subscriptions that are not recorded. */
export async function loadChargesWith(
  sources: BillingSources,
  db: Database,
  account: Account,
  until: string,
  changes: readonly ChangeRow[],
): Promise<readonly [recorded: LoadedCharges, changed: LoadedCharges]> {
  const loaded = await loadTimelines(db, [account.id], {
    zones: new Map([[account.id, account.zone]]),
    phases: new Map(),
  })
  const { subscriptions: rows } = loaded
  const ids = rows.map(({ id }) => id)
  const counters = await sources.engine.countersOf(sources.tenant.name, ids, startOfDayMs(until, account.zone))
  const contents = [...[...loaded.changes.values()].flat(), ...changes].map(({ content }) => content)
  const isKnown = [...rows, ...contents].every(({ planVersionId: id }) => id === undefined || sources.plans.has(id))
  const { plans, compiled, phases } = isKnown ? sources : await sources.reload()
  const known = { ...loaded, phases }
  const livesWith = (more: readonly ChangeRow[]): AccountCharges['timelines'] =>
    rows.map((row) => ({
      subscriptionId: row.id,
      anchor: anchorOf(account, row, parentOf(known, row)),
      intervals: inLocalDays(intervalsOf(known, row, more), account.zone),
    }))
  const timelines = livesWith([])
  const charges = {
    ...{ account, timelines, counters, plans, compiled },
    subscriptions: new Map(rows.map((row) => [row.id, row])),
    byDay: await usageByDay(sources, cutCounters({ account, timelines, plans, counters }), account.zone),
    dailyFees: await listDays(db, account.id),
    boughtTerms: await listTerms(db, account.id),
    sponsored: await sponsoredDays(db, account.id),
    units: (await sources.engine.balancesOf(sources.tenant.name, account.id, 0))?.balances ?? null,
  }
  return [charges, { ...charges, timelines: changes.length === 0 ? timelines : livesWith(changes) }]
}

/** All that documents follow from, and what storing them needs. */
export interface LoadedFacts extends LoadedCharges, AccountFacts {
  readonly account: Account
  /** Of whoever issues the documents, with its series. */
  readonly issuer: Issuer
  /** Whether the balances of the account are open, and are notified of its documents. */
  readonly isOpened: boolean
}

/** The facts beside the charges: what was billed before, discounts, and who is named on documents. */
export async function loadFacts(
  sources: Pick<BillingSources, 'rates' | 'engine' | 'tenant'>,
  db: Database,
  charges: LoadedCharges,
): Promise<LoadedFacts> {
  const { account } = charges
  const customer = await getRow(db, 'customer', account.customerId)
  const issuer = await getRow(db, 'issuer', account.issuerId)
  const billed = addBilled(NOTHING_BILLED, await listBilledLines(db, account.id))
  const tax = taxFactsOf(issuer, customer, account, sources.rates)
  return {
    ...charges,
    tax,
    taxByDay: await usageByDay(sources, taxCutCounters(charges, billed.billed, tax.changeDays), account.zone),
    billed,
    discounts: await discountsInForce(db, account),
    customer,
    issuer,
    isOpened: await isOpened(db, account.id),
    brand: await brandFactsOf(db, charges, issuer),
    split: await splitOf(db, charges),
  }
}
