import { present } from '../core/base/assert.ts'
import type { Hash128 } from '../core/base/hash.ts'
import { createZoneClock, type ZoneClock } from '../core/base/zone-clock.ts'
import type { Allowance, Meter } from '../core/catalog/plan.ts'
import type { AllowancePeriod } from '../core/charging/allowances.ts'
import type { Threshold } from '../core/charging/thresholds.ts'
import type { CompiledPrice } from '../core/rating/compiled-price.ts'
import { type BillCycle, PeriodCalendar } from './period-calendar.ts'
import { NONE, ServiceDirectory } from './service-directory.ts'
import { SubscriptionTable } from './subscription-table.ts'

/** The rows that charging needs, as the modules that own them hand them over. Times are epoch milliseconds. */
interface AccountRow extends BillCycle {
  readonly id: string
  readonly currency: string
  /** Null where nothing limits or watches what the account uses, as it is with most that pay by invoice. */
  readonly terms: ChargingTerms | null
}

/** How an account may use credit and the balances of others. */
export interface ChargingTerms {
  /** At the rating scale; null lets it owe whatever it uses. */
  readonly creditLimit: bigint | null
  /** The account whose shared balances and credit go first, with what may be used of each unit in a period. */
  readonly sponsor: { readonly accountId: string; readonly caps: ReadonlyMap<string, bigint> } | null
  readonly thresholds: readonly Threshold[]
}
interface ServiceRow {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly fromMs: number
  readonly untilMs: number
}
interface SubscriptionRow {
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
  readonly allowances: readonly Allowance[]
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

/** Names one rate of one price of one plan version. */
export type CellName = readonly [planVersionId: string, priceCode: string, cell: string]

/** Customers, subscriptions and plans as charging sees them, in memory; brought up to date account by account. */
export class Definitions {
  catalog: CompiledCatalog = { metersByType: new Map(), plans: new Map() }
  readonly cellNames: CellName[] = []
  readonly services: ServiceDirectory
  readonly subscriptions = new SubscriptionTable()
  private readonly cellNumbers = new Map<string, number>()
  private readonly planNumbers = new Map<string, number>()
  private readonly pricesOfPlan: ReadonlyMap<string, readonly PricedMeter[]>[] = []
  private readonly allowancesOfPlan: (readonly Allowance[])[] = []
  readonly accountIds: string[] = []
  private readonly accountNumbers = new Map<string, number>()
  private readonly currencyOfAccount: string[] = []
  private readonly termsOfAccount = new Map<number, ChargingTerms>()
  private readonly calendarNumbers: number[] = []
  private readonly clockOfAccount: number[] = []
  private readonly calendars = new NumberedValues<PeriodCalendar>()
  private readonly clocks = new NumberedValues<ZoneClock>()

  constructor(hash: Hash128) {
    this.services = new ServiceDirectory(hash)
  }

  replaceCatalog(catalog: CompiledCatalog): void {
    this.catalog = catalog
    for (const plan of catalog.plans.values()) {
      if (this.planNumbers.has(plan.versionId)) continue
      this.planNumbers.set(plan.versionId, this.pricesOfPlan.push(this.indexPrices(plan)) - 1)
      this.allowancesOfPlan.push(plan.allowances)
    }
  }

  /** Adds accounts with their services and subscriptions, or brings them up to date. */
  putAccounts(rows: AccountDefinitions): void {
    for (const row of rows.accounts) {
      const account = this.accountNumbers.get(row.id) ?? this.accountIds.push(row.id) - 1
      this.accountNumbers.set(row.id, account)
      this.currencyOfAccount[account] = row.currency
      if (row.terms === null) this.termsOfAccount.delete(account)
      else this.termsOfAccount.set(account, row.terms)
      this.calendarNumbers[account] = this.calendarOf(row)
      this.clockOfAccount[account] = this.clockOf(row.zone)
    }
    for (const { id, key, accountId, fromMs, untilMs } of rows.services) {
      const account = present(this.accountNumbers.get(accountId), 'an account')
      const [calendar, clock] = [this.calendarNumbers[account] as number, this.clockOfAccount[account] as number]
      this.services.put(id, key, fromMs, untilMs, { account, calendar, clock })
    }
    for (const { id, accountId, serviceId, planVersionId, fromMs, untilMs } of rows.subscriptions) {
      const account = present(this.accountNumbers.get(accountId), 'an account')
      const service = serviceId === null ? NONE : present(this.services.numberOf(serviceId), 'a service')
      const plan = present(this.planNumbers.get(planVersionId), 'a plan version')
      this.subscriptions.put(id, account, service, plan, fromMs, untilMs)
    }
    for (const { id, accountId } of rows.services) {
      const first = this.subscriptions.first(present(this.accountNumbers.get(accountId), 'an account'))
      this.services.setFirstSubscription(present(this.services.numberOf(id), 'a service'), first)
    }
  }

  /** The billing periods of a service's account. */
  calendar(service: number): PeriodCalendar {
    return this.calendars.values[this.services.calendarOf(service)] as PeriodCalendar
  }

  /** Local time of a service's account. */
  clock(service: number): ZoneClock {
    return this.clocks.values[this.services.clockOf(service)] as ZoneClock
  }

  numberOfAccount(id: string): number | undefined {
    return this.accountNumbers.get(id)
  }

  currencyOf(account: number): string {
    return this.currencyOfAccount[account] as string
  }

  termsOf(account: number): ChargingTerms | undefined {
    return this.termsOfAccount.get(account)
  }

  /** Accounts whose use is limited or watched. */
  get accountsWithTerms(): IterableIterator<number> {
    return this.termsOfAccount.keys()
  }

  calendarOfAccount(account: number): PeriodCalendar {
    return this.calendars.values[this.calendarNumbers[account] as number] as PeriodCalendar
  }

  /** What a subscription's plan gives in every billing period. */
  allowancesOf(subscription: number): readonly Allowance[] {
    return this.allowancesOfPlan[this.subscriptions.planOf(subscription)] ?? []
  }

  /** The billing period of a time, as allowances of a subscription see it. */
  allowancePeriod(service: number, subscription: number, timeMs: number): AllowancePeriod {
    const bounds = this.calendar(service).boundsAt(timeMs)
    const wasActive = this.subscriptions.covers(subscription, service, bounds.fromMs - 1)
    return { ...bounds, previousFromMs: wasActive ? bounds.previousFromMs : null }
  }

  /** The prices of a subscription's plan that read records of a type. */
  pricesFor(subscription: number, type: string): readonly PricedMeter[] | undefined {
    return this.pricesOfPlan[this.subscriptions.planOf(subscription)]?.get(type)
  }

  /** The prices of a plan version that read records of a type. */
  pricesOf(planVersionId: string, type: string): readonly PricedMeter[] | undefined {
    return this.pricesOfPlan[this.planNumbers.get(planVersionId) ?? NONE]?.get(type)
  }

  /** A price of a plan version, by its code. */
  meterOf(planVersionId: string, priceCode: string): PricedMeter | undefined {
    const prices = this.pricesOfPlan[this.planNumbers.get(planVersionId) ?? -1]?.values() ?? []
    return [...prices].flat().find(({ price }) => price.price.code === priceCode)
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

  private calendarOf({ zone, anchor, cycle }: BillCycle): number {
    const key = `${zone} ${anchor} ${cycle.count} ${cycle.unit}`
    return this.calendars.numberOf(key, () => new PeriodCalendar({ zone, anchor, cycle }))
  }

  private clockOf(zone: string): number {
    return this.clocks.numberOf(zone, () => createZoneClock(zone))
  }
}

/** Values that many share, each made once for its key. */
class NumberedValues<T> {
  readonly values: T[] = []
  private readonly numbers = new Map<string, number>()

  numberOf(key: string, make: () => T): number {
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    const number = this.values.push(make()) - 1
    this.numbers.set(key, number)
    return number
  }
}
