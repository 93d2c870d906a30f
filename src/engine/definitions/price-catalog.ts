import { present } from '../../core/base/assert.ts'
import { type Allowance, isOfPhase, type Meter } from '../../core/catalog/plan.ts'
import { type AttributesByType, attributeKey } from '../../core/mediation/attribute-columns.ts'
import { groupedName } from '../../core/rating/attributes.ts'
import type { CompiledPrice } from '../../core/rating/compiled-price.ts'
import type { Names } from './names.ts'
import { NONE } from './service-directory.ts'

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

/** What is sold: published plans in their phases, with the prices and allowances of each, by the number of the plan. */
export class PriceCatalog {
  /** As it was published. */
  compiled: CompiledCatalog = { metersByType: new Map(), plans: new Map() }
  /** What decoding reads of `data` for the prices of the catalogue. */
  attributesByType: AttributesByType = new Map()
  private readonly names: Names
  private readonly pricesOfPlan: ReadonlyMap<string, readonly PricedMeter[]>[] = []
  private readonly allowancesOfPlan: (readonly Allowance[])[] = []

  constructor(names: Names) {
    this.names = names
  }

  /** Puts another published catalogue in place of the one before. Plans keep their numbers, and prices those of their cells. */
  replace(catalog: CompiledCatalog): void {
    const known = this.compiled.plans
    this.compiled = catalog
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
    const known = this.names.findPlan(versionId, phase)
    if (known !== NONE) return known
    const plan = present(this.compiled.plans.get(versionId), 'a plan version')
    const number = this.names.addPlan(versionId, phase)
    this.indexPlan(number, plan)
    return number
  }

  /**
   * The prices of a plan that read records of a type. Whoever rates a record asks here, with the number of the plan that is in
   * force at its time (`planAt`), or of the one that is to be in its place (`numberOfPlan`).
   */
  pricesFor(plan: number, type: string): readonly PricedMeter[] | undefined {
    return this.pricesOfPlan[plan]?.get(type)
  }

  /** What a plan in a phase gives in every billing period, by its number; nothing for NONE and PAUSED. */
  allowancesOf(plan: number): readonly Allowance[] {
    return this.allowancesOfPlan[plan] ?? []
  }

  /** A price of a plan version, by its code. */
  meterOf(planVersionId: string, priceCode: string): PricedMeter | undefined {
    return this.pricesOfVersion(planVersionId).find(({ price }) => price.price.code === priceCode)
  }

  /** The prices of a plan version that are for a meter. */
  pricesOfMeter(planVersionId: string, code: string): PricedMeter[] {
    return this.pricesOfVersion(planVersionId).filter(({ price }) => price.meter.code === code)
  }

  /** The number of a rate's cell for one group. */
  numberOfGroup({ planVersionId, price, groups }: PricedMeter, elementAt: number, group: string): number {
    const known = groups[elementAt]?.get(group)
    if (known !== undefined) return known
    const name = groupedName(present(price.elements[elementAt], 'a cell').name, group)
    const number = this.names.numberOfRateElement([planVersionId, price.price.code, name])
    groups[elementAt]?.set(group, number)
    return number
  }

  private pricesOfVersion(planVersionId: string): PricedMeter[] {
    const byType = this.pricesOfPlan[this.names.findPlan(planVersionId, null)]?.values() ?? []
    return [...byType].flat()
  }

  private indexPlan(number: number, plan: CompiledPlan): void {
    const { phase } = this.names.plan(number)
    const prices = plan.prices.filter(({ price }) => isOfPhase(price, phase))
    const allowances = plan.allowances.filter((allowance) => isOfPhase(allowance, phase))
    this.pricesOfPlan[number] = this.indexPrices({ ...plan, prices, allowances })
    this.allowancesOfPlan[number] = allowances
  }

  /** The rates of a published plan have changed, in all of its phases. */
  private indexAgain(plan: CompiledPlan): void {
    for (const number of this.names.plansOfVersion(plan.versionId)) this.indexPlan(number, plan)
  }

  private indexPrices(plan: CompiledPlan): ReadonlyMap<string, readonly PricedMeter[]> {
    const byType = new Map<string, PricedMeter[]>()
    const gives = plan.allowances.map(({ code }) => code)
    for (const price of plan.prices) {
      const { eventType, code } = price.meter
      const slot = (this.compiled.metersByType.get(eventType) ?? []).findIndex((meter) => meter.code === code)
      // Cells of groups get their numbers as values are met.
      const cells =
        price.groupAt < 0
          ? price.elements.map(({ name }) =>
              this.names.numberOfRateElement([plan.versionId, price.price.code, name ?? '']),
            )
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
