import { present } from '../../core/base/assert.ts'
import type { Observation, Series, Window } from '../../core/metering/observation.ts'
import type { RateElementName } from '../definitions/names.ts'
import type { PeriodCalendar } from '../definitions/period-calendar.ts'
import { type PlanStretch, planStretches } from '../definitions/plan-stretches.ts'
import type { PricedMeter } from '../definitions/price-catalog.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'

/** A counter of a meter that keeps a series. */
export interface MeterLink {
  readonly place: number
  readonly period: number
  readonly planVersionId: string
  readonly priceCode: string
}

/**
 * The counters of a subscription that observe the same for one price: its own, in one period after the other, and those
 * of other plans that the subscription is or was on: of the price with the same code, or else of the first one with the
 * same meter. Such prices have one rate, so counters of one name are those of one group.
 */
export class MeterChain {
  /** That something was charged in, the earliest first: by period, and by when their plans begin. */
  readonly links: readonly MeterLink[]
  /** The name of its counters' cells: the value of the group, or nothing. */
  readonly group: string
  private readonly counterMemory: CounterMemory
  private readonly calendar: PeriodCalendar
  private readonly stretches: readonly PlanStretch[]
  /** By plan version: the price whose counters belong here. */
  private readonly prices = new Map<string, PricedMeter | null>()

  /** @param name of a counter's cell. */
  constructor(counterMemory: CounterMemory, subscription: number, [planVersionId, priceCode, group]: RateElementName) {
    const { counters, definitions } = counterMemory
    this.counterMemory = counterMemory
    this.group = group
    this.stretches = planStretches(definitions, subscription)
    this.calendar = definitions.parties.calendarOfAccount(
      present(definitions.parties.subscriptions.accountOf(subscription), 'an account'),
    )
    const own = present(definitions.catalog.meterOf(planVersionId, priceCode), 'a price')
    this.prices.set(planVersionId, own)
    const links: MeterLink[] = []
    for (const place of counters.ofSubscription(subscription)) {
      // One that all records were taken out of still has what it began with.
      if (!counters.isUsed(place)) continue
      const { cell, period } = counters.nameOf(place)
      const [version, code, name] = definitions.names.rateElement(cell)
      if (name === group && this.priceIn(version, own)?.price.price.code === code)
        links.push({ place, period, planVersionId: version, priceCode: code })
    }
    this.links = links.sort((a, b) => this.compare(a, b))
  }

  /** The counters that are behind another one, or before it. */
  behind(link: MeterLink): MeterLink[] {
    return this.links.filter((other) => this.compare(other, link) > 0)
  }

  /** The one that has observed last of those before: a plan may have been left and taken up again in one period. */
  lastBefore(link: MeterLink): MeterLink | null {
    const before = this.links.filter((other) => this.compare(other, link) < 0)
    const period = before.at(-1)?.period
    const [last = null] = before
      .filter((other) => other.period === period)
      .toReversed()
      .toSorted((a, b) => this.observedUntil(b) - this.observedUntil(a))
    return last
  }

  /** What counters of other plans have read in the period of a counter, by their last readings. */
  carriedBeside(link: MeterLink): Observation[] {
    return this.links
      .filter(({ period, planVersionId }) => period === link.period && planVersionId !== link.planVersionId)
      .flatMap((other) => this.seriesOf(other)?.carried() ?? [])
  }

  private observedUntil(link: MeterLink): number {
    return (this.seriesOf(link)?.carried() ?? []).reduce((most, { timeMs }) => Math.max(most, timeMs), 0)
  }

  seriesOf(link: MeterLink): Series | null {
    return this.counterMemory.series.find(link.place, this.priceOf(link).price.meter, this.windowOf(link))
  }

  priceOf({ planVersionId }: MeterLink): PricedMeter {
    return present(this.prices.get(planVersionId), 'a price')
  }

  windowOf({ planVersionId, period }: MeterLink): Required<Window> {
    const { fromMs, untilMs } = this.calendar.boundsOf(period)
    const [first] = this.stretchesIn(planVersionId, { fromMs, untilMs })
    return { fromMs, untilMs, sinceMs: first?.fromMs ?? fromMs }
  }

  /** When a plan version is in force in a period, as long as the subscription does not rest. */
  stretchesIn(planVersionId: string, { fromMs, untilMs }: Window): Window[] {
    return this.stretches
      .filter((own) => own.planVersionId === planVersionId && own.fromMs < untilMs && own.untilMs > fromMs)
      .map((own) => ({ fromMs: Math.max(own.fromMs, fromMs), untilMs: Math.min(own.untilMs, untilMs) }))
  }

  private priceIn(planVersionId: string, { price }: PricedMeter): PricedMeter | null {
    const known = this.prices.get(planVersionId)
    if (known !== undefined) return known
    const priced = this.counterMemory.definitions.catalog.pricesOfMeter(planVersionId, price.meter.code)
    const found = priced.find((one) => one.price.price.code === price.price.code) ?? priced[0] ?? null
    this.prices.set(planVersionId, found)
    return found
  }

  private compare(a: MeterLink, b: MeterLink): number {
    return a.period - b.period || this.orderOf(a.planVersionId) - this.orderOf(b.planVersionId)
  }

  private orderOf(planVersionId: string): number {
    return this.stretches.findIndex((stretch) => stretch.planVersionId === planVersionId)
  }
}
