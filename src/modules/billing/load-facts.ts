import { present } from '../../core/base/assert.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import type { AccountCharges, AccountFacts, UsageCounter } from '../../core/billing/account-facts.ts'
import { addBilled, type BilledLine, NOTHING_BILLED } from '../../core/billing/billed-lines.ts'
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
import { type Account, accountNames, type Issuer } from '../parties/index.ts'
import { type DocumentLinks, documentLinksOf } from '../payment-links/index.ts'
import { linesThatArePaid, listDays, openedAmong, sponsoredDays } from '../receivables/index.ts'
import { anchorOf, type ChangeRow, intervalsOf, loadTimelines, parentOf } from '../subscriptions/index.ts'
import { engineOf, type TenantEngine } from '../tax-engine/index.ts'
import type { TaxIdStanding } from '../tax-ids/index.ts'
import { ratesInForce } from '../tax-rates/index.ts'
import { taxesOfAccounts } from './account-taxes.ts'
import { brandFactsOf, splitsOf } from './brand-facts.ts'
import { childrenOf } from './children.ts'
import { type CommitTerm, listTerms } from './commit-store.ts'
import { inTurn } from './in-turn.ts'
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
  /** The engine of tax outside that the tenant asks; null where it asks none. */
  readonly taxEngine: TenantEngine | null
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
  const known = { rates: await ratesInForce(db), taxEngine: await engineOf(db) }
  return { engine, tenant, reload, ...known, ...(await reload()) }
}

/** An account's facts before it is known whether anything is due. */
export interface LoadedCharges extends AccountCharges {
  readonly account: Account
  readonly children?: readonly LoadedCharges[]
  readonly boughtTerms: readonly CommitTerm[]
  /** Whose documents bill it: the account itself, unless it is looked at for its payer. */
  readonly payer: Account
}

/** An account that is billed up to a day. */
export interface AccountUntil {
  readonly account: Account
  /** Levels that hold on without records are known in periods that begin before this day. */
  readonly until: string
}

/** What the charges of accounts follow from, in their order: as many statements for one as for a hundred. */
export async function loadCharges(
  sources: BillingSources,
  db: Database,
  asked: readonly AccountUntil[],
): Promise<LoadedCharges[]> {
  return (await loadChargesWith(sources, db, asked, [])).map(([charges]) => charges)
}

/** As `loadCharges`; and as they would be with changes of subscriptions that are not recorded. */
export async function loadChargesWith(
  sources: BillingSources,
  db: Database,
  asked: readonly AccountUntil[],
  changes: readonly ChangeRow[],
): Promise<(readonly [recorded: LoadedCharges, changed: LoadedCharges])[]> {
  const own = await chargesOfAll(sources, db, asked, changes)
  const children = await childrenOf(db, asked)
  if (children.length === 0) return own
  const byPayer = Map.groupBy(await chargesOfAll(sources, db, children, changes), ([{ payer }]) => payer.id)
  return own.map(([recorded, changed]) => {
    const theirs = byPayer.get(recorded.account.id) ?? []
    const [first] = theirs
    if (first === undefined) return [recorded, changed]
    // A version that was published meanwhile may be that of a child alone. Versions are never taken away: what has more of them is newer.
    const newer = first[0].plans.size > recorded.plans.size ? first[0] : recorded
    const { plans, compiled } = newer
    return [
      { ...recorded, plans, compiled, children: theirs.map(([one]) => one) },
      { ...changed, plans, compiled, children: theirs.map(([, one]) => one) },
    ]
  })
}

async function chargesOfAll(
  sources: BillingSources,
  db: Database,
  asked: readonly (AccountUntil & { readonly payer?: Account })[],
  changes: readonly ChangeRow[],
): Promise<(readonly [recorded: LoadedCharges, changed: LoadedCharges])[]> {
  const accountIds = asked.map(({ account }) => account.id)
  const zones = new Map(asked.map(({ account }) => [account.id, account.zone]))
  const loaded = await loadTimelines(db, accountIds, { zones, phases: new Map() })
  const rowsOf = Map.groupBy(loaded.subscriptions, ({ accountId }) => accountId)
  const countersUntil = await countersOf(sources, asked, rowsOf)
  const contents = [...[...loaded.changes.values()].flat(), ...changes].map(({ content }) => content)
  const named = [...loaded.subscriptions, ...contents]
  const isKnown = named.every(({ planVersionId: id }) => id === undefined || sources.plans.has(id))
  const { plans, compiled, phases } = isKnown ? sources : await sources.reload()
  const dailyFees = Map.groupBy(await listDays(db, accountIds), ({ accountId }) => accountId)
  const boughtTerms = Map.groupBy(await listTerms(db, accountIds), ({ accountId }) => accountId)
  const sponsored = Map.groupBy(await sponsoredDays(db, accountIds), ({ sponsorId }) => sponsorId)
  const chargesOf = async ({
    account,
    payer,
    until,
  }: (typeof asked)[number]): Promise<readonly [LoadedCharges, LoadedCharges]> => {
    const rows = rowsOf.get(account.id) ?? []
    const known = { ...loaded, phases, subscriptions: rows }
    const livesWith = (more: readonly ChangeRow[]): AccountCharges['timelines'] =>
      rows.map((row) => ({
        subscriptionId: row.id,
        anchor: anchorOf(account, row, parentOf(known, row)),
        intervals: inLocalDays(intervalsOf(known, row, more), account.zone),
      }))
    const timelines = livesWith([])
    const counters = countersUntil.get(startOfDayMs(until, account.zone))
    const own = rows.flatMap(({ id }) => counters?.get(id) ?? [])
    const charges = {
      ...{ account, timelines, counters: own, plans, compiled, payer: payer ?? account },
      ...(payer === undefined ? {} : { payerId: payer.id }),
      subscriptions: new Map(rows.map((row) => [row.id, row])),
      byDay: await usageByDay(sources, cutCounters({ account, timelines, plans, counters: own }), account.zone),
      dailyFees: dailyFees.get(account.id) ?? [],
      boughtTerms: boughtTerms.get(account.id) ?? [],
      sponsored: sponsored.get(account.id) ?? [],
      units: (await sources.engine.balancesOf(sources.tenant.name, account.id, 0))?.balances ?? null,
    }
    return [charges, { ...charges, timelines: changes.length === 0 ? timelines : livesWith(changes) }]
  }
  return inTurn(asked, chargesOf)
}

/**
 * By the time that they are known until, and by subscription. Days begin at another time in each zone; an account that has changed its payer is asked
 * for once for each of them, and has used what it has used.
 */
async function countersOf(
  { engine, tenant }: BillingSources,
  asked: readonly AccountUntil[],
  rowsOf: ReadonlyMap<string, readonly { readonly id: string }[]>,
): Promise<Map<number, Map<string, UsageCounter[]>>> {
  const byTime = Map.groupBy(asked, ({ account, until }) => startOfDayMs(until, account.zone))
  const found = new Map<number, Map<string, UsageCounter[]>>()
  for (const [untilMs, own] of byTime) {
    const ids = new Set(own.flatMap(({ account }) => (rowsOf.get(account.id) ?? []).map(({ id }) => id)))
    const counters = await engine.countersOf(tenant.name, [...ids], untilMs)
    const bySubscription = Map.groupBy(counters, ({ subscriptionId }) => subscriptionId)
    found.set(untilMs, bySubscription)
  }
  return found
}

/** All that documents follow from, and what storing them needs. */
export interface LoadedFacts extends LoadedCharges, AccountFacts {
  readonly account: Account
  readonly children?: readonly LoadedFacts[]
  readonly boughtTerms: readonly CommitTerm[]
  /** Of whoever issues the documents, with its series. */
  readonly issuer: Issuer
  /** What registers said of the tax ids of its customer, and what follows from that. */
  readonly taxIds: TaxIdStanding
  /** Whether the balances of the account are open, and are notified of its documents. */
  readonly isOpened: boolean
  /** Links to pay by that stand on its documents; null where they have none. */
  readonly payLinks: DocumentLinks | null
}

/** The facts beside the charges, in the order of these: what was billed before, discounts, and who is named on documents. */
export async function loadFacts(
  sources: FactSources,
  db: Database,
  all: readonly LoadedCharges[],
): Promise<LoadedFacts[]> {
  const own = await factsOfAll(sources, db, all.map(withSubscriptions))
  const children = all.flatMap((charges) => charges.children ?? [])
  if (children.length === 0) return own
  const names = await accountNames(
    db,
    children.map(({ account }) => account.id),
  )
  const theirs = (await factsOfAll(sources, db, children)).map((facts): LoadedFacts => {
    return { ...facts, holder: names.get(facts.account.id)?.customerName ?? '' }
  })
  const byPayer = Map.groupBy(theirs, ({ payer }) => payer.id)
  return own.map((facts) => ({ ...facts, children: byPayer.get(facts.account.id) ?? [] }))
}

type FactSources = Pick<BillingSources, 'rates' | 'taxEngine' | 'engine' | 'tenant'>

/** Documents name the subscriptions of those that are billed to an account, too. */
function withSubscriptions({ children = [], ...charges }: LoadedCharges): Omit<LoadedCharges, 'children'> {
  const all = [charges, ...children].flatMap(({ subscriptions }) => [...subscriptions])
  return { ...charges, subscriptions: new Map(all) }
}

async function factsOfAll(
  sources: FactSources,
  db: Database,
  all: readonly Omit<LoadedCharges, 'children'>[],
): Promise<LoadedFacts[]> {
  if (all.length === 0) return []
  const accounts = all.map(({ account }) => account)
  const payers = all.map(({ payer }) => payer)
  const ids = accounts.map(({ id }) => id)
  const { customerOf, issuerOf, taxIdsOf, taxOf } = await taxesOfAccounts(db, sources, payers)
  const issuers = new Map(payers.map((payer) => [payer.issuerId, issuerOf(payer)]))
  const billedLines = await listBilledLines(db, ids)
  const lines = Map.groupBy(billedLines, ({ accountId }) => accountId)
  const advances = Map.groupBy(await paidAdvances(db, billedLines), ({ accountId }) => accountId)
  const discounts = await discountsInForce(db, accounts)
  const opened = await openedAmong(db, ids)
  const payLinks = await documentLinksOf(db, sources.tenant)
  const brands = await brandFactsOf(db, all, issuers)
  const splits = await splitsOf(db, all)
  return inTurn(all, async (charges): Promise<LoadedFacts> => {
    const { account, payer } = charges
    const [customer, issuer, taxIds, tax] = [customerOf(payer), issuerOf(payer), taxIdsOf(payer), taxOf(payer)]
    const billed = addBilled(NOTHING_BILLED, lines.get(account.id) ?? [])
    return {
      ...charges,
      tax,
      taxIds,
      taxByDay: await usageByDay(sources, taxCutCounters(charges, billed.billed, tax.changeDays), account.zone),
      billed,
      advances: advances.get(account.id) ?? [],
      discounts: discounts.get(account.id) ?? [],
      customer,
      issuer,
      isOpened: opened.has(account.id),
      payLinks,
      brand: brands.get(account.id) ?? null,
      split: splits.get(account.id) ?? null,
    }
  })
}

/** All facts of one account. */
export async function loadAccount(
  sources: BillingSources,
  db: Database,
  account: Account,
  until: string,
): Promise<LoadedFacts> {
  const [facts] = await loadFacts(sources, db, await loadCharges(sources, db, [{ account, until }]))
  return present(facts, 'the facts of an account')
}

/** Lines of advance invoices that are paid whole. */
async function paidAdvances<L extends BilledLine>(db: Database, lines: readonly L[]): Promise<readonly L[]> {
  const asked = lines.filter(({ kind, amountMinor }) => kind === 'advance' && amountMinor > 0n)
  if (asked.length === 0) return []
  const paid = await linesThatArePaid(
    db,
    asked.map(({ id }) => id),
  )
  return asked.filter(({ id }) => paid.has(id))
}
