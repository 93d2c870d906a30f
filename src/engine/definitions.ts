import { createZoneClock, type ZoneClock } from '../core/base/zone-clock.ts'
import type { Meter } from '../core/catalog/plan.ts'
import type { CompiledPrice } from '../core/rating/compiled-price.ts'
import { type BillCycle, PeriodCalendar } from './period-calendar.ts'

/** The rows that charging needs, as the modules that own them hand them over. Times are epoch milliseconds. */
export interface AccountRow extends BillCycle {
  readonly id: string
}
export interface ServiceRow {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly fromMs: number
  readonly untilMs: number
}
export interface SubscriptionRow {
  readonly id: string
  readonly accountId: string
  /** Null covers every service of the account. */
  readonly serviceId: string | null
  readonly planVersionId: string
  readonly fromMs: number
  readonly untilMs: number
}
export interface AccountDefinitions {
  readonly accounts: readonly AccountRow[]
  readonly services: readonly ServiceRow[]
  readonly subscriptions: readonly SubscriptionRow[]
}

/** A published plan version, ready for rating. */
export interface CompiledPlan {
  readonly versionId: string
  readonly prices: readonly CompiledPrice[]
}

/** All published meters and plan versions; swapped in as a whole. */
export interface CompiledCatalog {
  readonly metersByType: ReadonlyMap<string, readonly Meter[]>
  readonly plans: ReadonlyMap<string, CompiledPlan>
}

/** One price that reads records of a type: which quantity column, and the numbers of its cells. */
export interface PricedMeter {
  readonly price: CompiledPrice
  readonly slot: number
  readonly cells: readonly number[]
}

export interface SubscriptionState extends SubscriptionRow {
  /** Names its counters; never reused. */
  readonly index: number
  readonly pricesByType: ReadonlyMap<string, readonly PricedMeter[]>
}
export interface AccountState {
  readonly id: string
  calendar: PeriodCalendar
  clock: ZoneClock
  subscriptions: SubscriptionState[]
  serviceKeys: string[]
}
export interface ServiceState extends ServiceRow {
  readonly account: AccountState
}

/** Names one rate of one price of one plan version. */
export type CellName = readonly [planVersionId: string, priceCode: string, cell: string]

/** Customers, subscriptions and plans as charging sees them, in memory; reloaded account by account. */
export class Definitions {
  catalog: CompiledCatalog = { metersByType: new Map(), plans: new Map() }
  readonly cellNames: CellName[] = []
  readonly subscriptionIds: string[] = []
  private readonly cellNumbers = new Map<string, number>()
  private readonly pricesOfPlan = new Map<string, ReadonlyMap<string, readonly PricedMeter[]>>()
  private readonly accounts = new Map<string, AccountState>()
  private readonly services = new Map<string, ServiceState[]>()
  private readonly subscriptionIndexes = new Map<string, number>()
  private readonly calendars = new Map<string, PeriodCalendar>()
  private readonly clocks = new Map<string, ZoneClock>()

  replaceCatalog(catalog: CompiledCatalog): void {
    this.catalog = catalog
    for (const plan of catalog.plans.values()) {
      if (!this.pricesOfPlan.has(plan.versionId)) this.pricesOfPlan.set(plan.versionId, this.indexPrices(plan))
    }
  }

  /** Replaces what is known of the accounts named; accounts that no longer have rows lose their services. */
  replaceAccounts(accountIds: readonly string[], rows: AccountDefinitions): void {
    for (const id of accountIds) this.forgetAccount(id)
    for (const row of rows.accounts) {
      const calendar = this.calendarOf(row)
      const clock = this.clockOf(row.zone)
      const known = this.accounts.get(row.id)
      if (known === undefined) this.accounts.set(row.id, { id: row.id, calendar, clock, subscriptions: [], serviceKeys: [] })
      else Object.assign(known, { calendar, clock })
    }
    for (const row of rows.subscriptions) {
      const pricesByType = this.pricesOfPlan.get(row.planVersionId) ?? new Map()
      const state = { ...row, index: this.indexOfSubscription(row.id), pricesByType }
      this.accounts.get(row.accountId)?.subscriptions.push(state)
    }
    for (const row of rows.services) {
      const account = this.accounts.get(row.accountId)
      if (account === undefined) continue
      account.serviceKeys.push(row.key)
      const sameKey = this.services.get(row.key)
      if (sameKey === undefined) this.services.set(row.key, [{ ...row, account }])
      else sameKey.push({ ...row, account })
    }
  }

  findService(key: string, atMs: number): ServiceState | undefined {
    const dated = this.services.get(key)
    if (dated === undefined) return undefined
    for (const service of dated) if (atMs >= service.fromMs && atMs < service.untilMs) return service
    return undefined
  }

  findAccount(id: string): AccountState | undefined {
    return this.accounts.get(id)
  }

  indexOfSubscription(id: string): number {
    const known = this.subscriptionIndexes.get(id)
    if (known !== undefined) return known
    const index = this.subscriptionIds.push(id) - 1
    this.subscriptionIndexes.set(id, index)
    return index
  }

  numberOfCell(name: CellName): number {
    const key = name.join('\n')
    const known = this.cellNumbers.get(key)
    if (known !== undefined) return known
    const number = this.cellNames.push(name) - 1
    this.cellNumbers.set(key, number)
    return number
  }

  private indexPrices(plan: CompiledPlan): ReadonlyMap<string, readonly PricedMeter[]> {
    const byType = new Map<string, PricedMeter[]>()
    for (const price of plan.prices) {
      const { eventType, code } = price.meter
      const slot = (this.catalog.metersByType.get(eventType) ?? []).findIndex((meter) => meter.code === code)
      const cells = price.cells.map((cell) => this.numberOfCell([plan.versionId, price.price.code, cell.name ?? '']))
      byType.set(eventType, [...(byType.get(eventType) ?? []), { price, slot, cells }])
    }
    return byType
  }

  private forgetAccount(id: string): void {
    const account = this.accounts.get(id)
    if (account === undefined) return
    for (const key of account.serviceKeys) {
      const others = (this.services.get(key) ?? []).filter((service) => service.account !== account)
      if (others.length === 0) this.services.delete(key)
      else this.services.set(key, others)
    }
    account.serviceKeys = []
    account.subscriptions = []
  }

  private calendarOf(row: BillCycle): PeriodCalendar {
    const key = `${row.zone} ${row.anchor} ${row.cycle.count} ${row.cycle.unit}`
    const known = this.calendars.get(key)
    if (known !== undefined) return known
    const calendar = new PeriodCalendar({ zone: row.zone, anchor: row.anchor, cycle: row.cycle })
    this.calendars.set(key, calendar)
    return calendar
  }

  private clockOf(zone: string): ZoneClock {
    const known = this.clocks.get(zone) ?? createZoneClock(zone)
    this.clocks.set(zone, known)
    return known
  }
}
