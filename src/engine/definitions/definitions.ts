import { assert, present } from '../../core/base/assert.ts'
import { currencyOf as knownCurrency } from '../../core/base/currency.ts'
import type { Hash128 } from '../../core/base/hash.ts'
import { createZoneClock, type ZoneClock } from '../../core/base/zone-clock.ts'
import { type Allowance, isOfPhase, type Meter } from '../../core/catalog/plan.ts'
import { type AttributesByType, attributeKey } from '../../core/mediation/attribute-columns.ts'
import { groupedName } from '../../core/rating/attributes.ts'
import type { CompiledPrice } from '../../core/rating/compiled-price.ts'
import { NumberedValues } from '../columnar/numbered-values.ts'
import { UuidNumbers } from '../columnar/uuid-numbers.ts'
import { AccountTerms, type ChargingTerms } from './account-terms.ts'
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
  /** In order, without overlap. */
  readonly intervals: readonly SubscriptionInterval[]
}
/** A stretch of a subscription's life, half-open. */
interface SubscriptionInterval {
  readonly fromMs: number
  readonly untilMs: number
  readonly planVersionId: string
  readonly phase: string | null
  readonly isPaused: boolean
  /** Usage counts anew from here on, whatever was used before in the period. */
  readonly restarts?: true
  /** Seats; one when absent. */
  readonly quantity?: number
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
  readonly planVersionId: string
  readonly price: CompiledPrice
  /** Its place among the plan's prices for the type. */
  readonly place: number
  readonly slot: number
  /** Keys of the columns of its attributes. */
  readonly attributeKeys: readonly string[]
  readonly cells: readonly number[]
  /** Of a price with groups: the numbers of the cells that were met, by the group's value, for each of `cells`. */
  readonly groups: readonly Map<string, number>[]
  /** How many groups a subscription has in a period, as far as it was counted. */
  readonly groupCounts: Map<string, number>
  /** Codes of the allowances that its plan gives. */
  readonly gives: readonly string[]
}

/** A plan version in one of its phases; null where it has none. Its prices are those of the phase. */
export interface PlanInPhase {
  readonly planVersionId: string
  readonly phase: string | null
}

/** Names one rate of one price of one plan version. */
export type RateElementName = readonly [planVersionId: string, priceCode: string, cell: string]

/** Between a plan version and its phase, in the key of its number. */
const PHASE_SIGN = '\n'

/** Customers, subscriptions and plans as charging sees them, in memory; brought up to date account by account. */
export class Definitions {
  catalog: CompiledCatalog = { metersByType: new Map(), plans: new Map() }
  /** What decoding reads of `data` for the prices of the catalogue. */
  attributesByType: AttributesByType = new Map()
  readonly rateKeys: RateElementName[] = []
  readonly services: ServiceDirectory
  readonly subscriptions = new SubscriptionTable()
  private readonly elementNumbers = new Map<string, number>()
  /** Of a plan version in a phase; the version as a whole has a number, too. */
  private readonly planNumbers = new Map<string, number>()
  private readonly pricesOfPlan: ReadonlyMap<string, readonly PricedMeter[]>[] = []
  private readonly allowancesOfPlan: (readonly Allowance[])[] = []
  private readonly versionOfPlan: string[] = []
  /** Numbers of accounts: their places in all that is kept by account. */
  readonly accounts = new UuidNumbers()
  private readonly currencyOfAccount: string[] = []
  private readonly terms = new AccountTerms()
  private readonly calendarNumbers: number[] = []
  private readonly clockNumbers: number[] = []
  private readonly calendars = new NumberedValues<PeriodCalendar>()
  private readonly clocks = new NumberedValues<ZoneClock>()

  constructor(hash: Hash128) {
    this.services = new ServiceDirectory(hash)
  }

  replaceCatalog(catalog: CompiledCatalog): void {
    const known = this.catalog.plans
    this.catalog = catalog
    const attributes = new Map<string, Set<string>>()
    for (const plan of catalog.plans.values()) {
      for (const price of plan.prices) collectAttributes(price, attributes)
      const before = known.get(plan.versionId)
      if (before === undefined) this.numberOfPlan(plan.versionId, null)
      else if (!hasSameRates(before, plan)) this.indexAgain(plan)
    }
    this.attributesByType = new Map([...attributes].map(([type, names]) => [type, [...names]]))
  }

  /** A plan version as it prices in a phase, as a number; without a phase it has the prices of all of them. */
  numberOfPlan(versionId: string, phase: string | null): number {
    const key = phase === null ? versionId : `${versionId}${PHASE_SIGN}${phase}`
    const known = this.planNumbers.get(key)
    if (known !== undefined) return known
    const number = this.pricesOfPlan.length
    this.planNumbers.set(key, number)
    this.versionOfPlan[number] = versionId
    this.indexPlan(number, present(this.catalog.plans.get(versionId), 'a plan version'), phase)
    return number
  }

  private indexPlan(number: number, plan: CompiledPlan, phase: string | null): void {
    const prices = plan.prices.filter(({ price }) => isOfPhase(price, phase))
    const allowances = plan.allowances.filter((allowance) => isOfPhase(allowance, phase))
    this.pricesOfPlan[number] = this.indexPrices({ ...plan, prices, allowances })
    this.allowancesOfPlan[number] = allowances
  }

  /** The rates of a published plan have changed, in all of its phases. */
  private indexAgain(plan: CompiledPlan): void {
    for (const [key, number] of this.planNumbers) {
      const [versionId, phase = null] = key.split(PHASE_SIGN)
      if (versionId === plan.versionId) this.indexPlan(number, plan, phase)
    }
  }

  /** Adds accounts with their services and subscriptions, or brings them up to date. */
  putAccounts(rows: AccountDefinitions): void {
    for (const row of rows.accounts) {
      const account = this.accounts.add(row.id)
      this.currencyOfAccount[account] = knownCurrency(row.currency).code
      this.terms.put(account, row.terms)
      this.calendarNumbers[account] = this.calendarOf(row)
      this.clockNumbers[account] = this.clockOf(row.zone)
    }
    for (const { id, key, accountId, fromMs, untilMs } of rows.services) {
      const account = known(this.accounts.find(accountId), 'an account')
      const [calendar, clock] = [this.calendarNumbers[account] as number, this.clockNumbers[account] as number]
      this.services.put(id, key, fromMs, untilMs, { account, calendar, clock })
    }
    for (const { id, accountId, serviceId, intervals } of rows.subscriptions) {
      const account = known(this.accounts.find(accountId), 'an account')
      const service = serviceId === null ? NONE : known(this.services.numberOf(serviceId), 'a service')
      const spans = intervals.map(({ planVersionId, phase, quantity: seats = 1, restarts = false, ...span }) => {
        const { fromMs, untilMs, isPaused } = span
        return { fromMs, untilMs, plan: this.numberOfPlan(planVersionId, phase), isPaused, restarts, seats }
      })
      this.subscriptions.put(id, account, service, spans)
    }
    for (const { id, accountId } of rows.services) {
      const first = this.subscriptions.first(known(this.accounts.find(accountId), 'an account'))
      this.services.setFirstSubscription(known(this.services.numberOf(id), 'a service'), first)
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
    const account = this.accounts.find(id)
    return this.currencyOfAccount[account] === undefined ? undefined : account
  }

  currencyOf(account: number): string {
    return this.currencyOfAccount[account] as string
  }

  termsOf(account: number): ChargingTerms | undefined {
    return this.terms.get(account)
  }

  calendarOfAccount(account: number): PeriodCalendar {
    return this.calendars.values[this.calendarNumbers[account] as number] as PeriodCalendar
  }

  clockOfAccount(account: number): ZoneClock {
    return this.clocks.values[this.clockNumbers[account] as number] as ZoneClock
  }

  /** What the plan that is in force at a time gives in every billing period. */
  allowancesAt(service: number, subscription: number, timeMs: number): readonly Allowance[] {
    return this.allowancesOfPlan[this.subscriptions.planAt(subscription, service, timeMs)] ?? []
  }

  /** What a plan in a phase gives in every billing period, by its number. */
  allowancesOf(plan: number): readonly Allowance[] {
    return this.allowancesOfPlan[plan] ?? []
  }

  /**
   * The prices of a plan that read records of a type. Whoever rates a record asks here, with the number of the plan that is in
   * force at its time (`planAt`), or of the one that is to be in its place (`numberOfPlan`).
   */
  pricesFor(plan: number, type: string): readonly PricedMeter[] | undefined {
    return this.pricesOfPlan[plan]?.get(type)
  }

  /** The plan version behind the number of a plan in a phase. */
  versionOf(plan: number): string {
    return present(this.versionOfPlan[plan], 'a plan version')
  }

  /** A price of a plan version, by its code. */
  meterOf(planVersionId: string, priceCode: string): PricedMeter | undefined {
    const prices = this.pricesOfPlan[this.planNumbers.get(planVersionId) ?? -1]?.values() ?? []
    return [...prices].flat().find(({ price }) => price.price.code === priceCode)
  }

  /** The prices of a plan version that are for a meter. */
  pricesOfMeter(planVersionId: string, code: string): PricedMeter[] {
    const prices = this.pricesOfPlan[this.planNumbers.get(planVersionId) ?? NONE]?.values() ?? []
    return [...prices].flat().filter(({ price }) => price.meter.code === code)
  }

  numberOfRateKey(name: RateElementName): number {
    const key = name.join('\n')
    const known = this.elementNumbers.get(key)
    if (known !== undefined) return known
    const number = this.rateKeys.push(name) - 1
    this.elementNumbers.set(key, number)
    return number
  }

  private indexPrices(plan: CompiledPlan): ReadonlyMap<string, readonly PricedMeter[]> {
    const byType = new Map<string, PricedMeter[]>()
    const gives = plan.allowances.map(({ code }) => code)
    for (const price of plan.prices) {
      const { eventType, code } = price.meter
      const slot = (this.catalog.metersByType.get(eventType) ?? []).findIndex((meter) => meter.code === code)
      // Cells of groups get their numbers as values are met.
      const cells =
        price.groupAt < 0
          ? price.elements.map((cell) => this.numberOfRateKey([plan.versionId, price.price.code, cell.name ?? '']))
          : price.elements.map(() => NONE)
      const before = byType.get(eventType) ?? []
      const attributeKeys = price.attributes.map((name) => attributeKey(eventType, name))
      const groups = price.groupAt < 0 ? [] : cells.map(() => new Map<string, number>())
      const { versionId: planVersionId } = plan
      const place = before.length
      const groupCounts = new Map<string, number>()
      const found = { planVersionId, price, place, slot, attributeKeys, cells, groups, groupCounts, gives }
      byType.set(eventType, [...before, found])
    }
    return byType
  }

  /** The number of a rate's cell for one group. */
  numberOfGroup({ planVersionId, price, groups }: PricedMeter, elementAt: number, group: string): number {
    const known = groups[elementAt]?.get(group)
    if (known !== undefined) return known
    const name = groupedName(present(price.elements[elementAt], 'a cell').name, group)
    const number = this.numberOfRateKey([planVersionId, price.price.code, name])
    groups[elementAt]?.set(group, number)
    return number
  }

  private calendarOf({ zone, anchor, cycle }: BillCycle): number {
    const key = `${zone} ${anchor} ${cycle.count} ${cycle.unit}`
    return this.calendars.numberOf(key, () => new PeriodCalendar({ zone, anchor, cycle }))
  }

  private clockOf(zone: string): number {
    return this.clocks.numberOf(zone, () => createZoneClock(zone))
  }
}

function known(number: number, what: string): number {
  assert(number !== NONE, `${what} is known`)
  return number
}

function collectAttributes({ meter, attributes }: CompiledPrice, byType: Map<string, Set<string>>): void {
  if (attributes.length === 0) return
  const known = byType.get(meter.eventType) ?? new Set()
  for (const name of attributes) known.add(name)
  byType.set(meter.eventType, known)
}

/** Plans never change; but a rate deck that has a new version gives the prices of published plans new rates. */
function hasSameRates(before: CompiledPlan, now: CompiledPlan): boolean {
  return now.prices.every(({ deck }, index) => deck === before.prices[index]?.deck)
}
