import { present } from '../../core/base/assert.ts'
import type { Observation, Series, Window } from '../../core/metering/observation.ts'
import { visitOf, withoutVisit } from '../../core/rating/attributes.ts'
import type { RateElementName } from '../definitions/names.ts'
import { type PlanStretch, planStretches } from '../definitions/plan-stretches.ts'
import type { PricedMeter } from '../definitions/price-catalog.ts'
import type { Slot } from '../definitions/subscription-table.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import type { CountedRate } from './find-rate.ts'
import { firstSlot, slotAt, slotsOf } from './plan-slots.ts'

/** Since when a plan version counts, among the plans of a subscription. */
export interface PlanPosition {
  readonly sinceMs: number
  /** It was in force then: a re-rating may have put another one in its place. */
  readonly isInForce: boolean
  readonly planVersionId: string
}

/** A counter in a sequence. */
export interface CounterLink extends PlanPosition {
  /** Of the counter, in the table of all. */
  readonly place: number
  readonly period: number
  readonly priceCode: string
}

/** Where a rate element of a plan version has its position among the plans of one period. */
export function positionInPeriod(slots: readonly Slot[], planVersionId: string, rateKey: string): PlanPosition {
  const visit = visitOf(rateKey)
  const slot = visit === null ? firstSlot(slots, planVersionId) : slotAt(slots, Date.parse(visit))
  return { sinceMs: slot?.fromMs ?? 0, isInForce: slot?.planVersionId === planVersionId, planVersionId }
}

/** The order in which plans follow each other; a plan that a re-rating put in the place of one comes after it. */
export function comparePositions(a: PlanPosition, b: PlanPosition): number {
  if (a.sinceMs !== b.sinceMs) return a.sinceMs - b.sinceMs
  if (a.isInForce !== b.isInForce) return a.isInForce ? -1 : 1
  return a.planVersionId < b.planVersionId ? -1 : a.planVersionId > b.planVersionId ? 1 : 0
}

/** Since when usage counts, at a time of a period: the last change of plan until then that counts it anew. */
export function countedSince(slots: readonly Slot[], atMs: number): number {
  return slots.findLast(({ fromMs, restarts }) => restarts && fromMs <= atMs)?.fromMs ?? Number.NEGATIVE_INFINITY
}

/** Which counters belong to a sequence, and in which order. */
interface SequenceRule {
  /** Null takes those of all periods. */
  readonly period: number | null
  /** Where a plan has no price of the same code, the first one with the same meter takes its place. */
  readonly takesOtherCodes: boolean
  /** Slots of the period; none where the sequence crosses periods. */
  readonly slots: readonly Slot[]
  position(planVersionId: string, rateKey: string): PlanPosition
}

/**
 * The counters of a subscription that count the same thing for one price and one group, in the order in which they follow each
 * other: by period, then by when their plans began. What one of them begins with is what the one before it has. Charging,
 * corrections and bills all find the neighbours of a counter here.
 *
 * `inPeriod` is how sums carry over from plan to plan: 80 minutes under plan A, then plan B in the same month, give [A, B].
 * `acrossPeriods` is how levels and registers go through time: January and February of plan A, then March of plan B, give
 * [A in January, A in February, B in March].
 */
export class CounterSequence {
  /** In order: counters that something was charged in, and the one that the sequence was made for, if it has a place. */
  readonly links: readonly CounterLink[]
  /** The name of the counters' rate elements, without the time of a plan that was taken up again. */
  readonly group: string
  private readonly counterMemory: CounterMemory
  private readonly subscription: number
  private readonly own: PricedMeter
  private readonly rule: SequenceRule
  private knownStretches: readonly PlanStretch[] | null = null
  /** By plan version: the price whose counters belong here. */
  private readonly prices = new Map<string, PricedMeter | null>()

  private constructor(
    counterMemory: CounterMemory,
    subscription: number,
    [own, rateKey]: readonly [PricedMeter, string],
    rule: SequenceRule,
    ownPlace: number | null,
  ) {
    this.counterMemory = counterMemory
    this.subscription = subscription
    this.own = own
    this.group = withoutVisit(rateKey)
    this.rule = rule
    this.prices.set(own.planVersionId, own)
    const { counters, definitions } = counterMemory
    const links: CounterLink[] = []
    for (const place of counters.ofSubscription(subscription)) {
      // One that all records were taken out of still has what it began with.
      if (place !== ownPlace && !counters.isUsed(place)) continue
      const { cell, period } = counters.nameOf(place)
      if (rule.period !== null && period !== rule.period) continue
      const [version, code, name] = definitions.names.rateElement(cell)
      if (withoutVisit(name) !== this.group || this.priceIn(version)?.price.price.code !== code) continue
      links.push(this.linkAt(place))
    }
    this.links = links.sort(compareLinks)
  }

  /** The counters that usage carries over between in one period: those of one price, under one plan after the other. */
  static inPeriod(counterMemory: CounterMemory, rate: CountedRate): CounterSequence {
    const { counters, definitions } = counterMemory
    const { meter, place, rateKeyNumber, period } = rate
    const { subscription } = counters.nameOf(place)
    const slots = slotsOf(definitions, subscription, period)
    const position = (version: string, rateKey: string): PlanPosition => positionInPeriod(slots, version, rateKey)
    const rule = { period, takesOtherCodes: false, slots, position }
    const [, , rateKey] = definitions.names.rateElement(rateKeyNumber)
    return new CounterSequence(counterMemory, subscription, [meter, rateKey], rule, place)
  }

  /**
   * The counters that a series goes through, in one period after the other: those of the price, and of other plans that the
   * subscription is or was on. Such prices have one rate, so counters of one name are those of one group.
   */
  static acrossPeriods(counterMemory: CounterMemory, subscription: number, name: RateElementName): CounterSequence {
    const { definitions } = counterMemory
    const [planVersionId, priceCode, rateKey] = name
    const stretches = planStretches(definitions, subscription)
    const position = (version: string): PlanPosition => positionInLife(stretches, version)
    const rule = { period: null, takesOtherCodes: true, slots: [], position }
    const own = present(definitions.catalog.meterOf(planVersionId, priceCode), 'a price')
    return new CounterSequence(counterMemory, subscription, [own, rateKey], rule, null)
  }

  /** A counter of the subscription as a link, whether something was charged in it or not. */
  linkAt(place: number): CounterLink {
    const { counters, definitions } = this.counterMemory
    const { cell, period } = counters.nameOf(place)
    const [planVersionId, priceCode, rateKey] = definitions.names.rateElement(cell)
    return { place, period, priceCode, ...this.rule.position(planVersionId, rateKey) }
  }

  /** The counter directly before one; none after a change of plan that counts usage anew. */
  before(link: CounterLink): CounterLink | undefined {
    return this.links.findLast((other) => compareLinks(other, link) < 0 && this.isCountedWith(other, link))
  }

  /** The counters after one, in order, until usage counts anew. */
  after(link: CounterLink): CounterLink[] {
    return this.links.filter((other) => compareLinks(other, link) > 0 && this.isCountedWith(other, link))
  }

  /** Whether a plan before, since usage counts, has the price, be it used or not. */
  isPreceded({ sinceMs }: CounterLink): boolean {
    const { slots } = this.rule
    const since = countedSince(slots, sinceMs)
    const before = slots.filter(({ fromMs }) => fromMs >= since && fromMs < sinceMs)
    return before.some(({ planVersionId }) => this.priceIn(planVersionId) !== null)
  }

  /** The one that has observed last of those before: a plan may have been left and taken up again in one period. */
  lastObservedBefore(link: CounterLink): CounterLink | null {
    const before = this.links.filter((other) => compareLinks(other, link) < 0)
    const period = before.at(-1)?.period
    const [last = null] = before
      .filter((other) => other.period === period)
      .toReversed()
      .toSorted((a, b) => this.observedUntil(b) - this.observedUntil(a))
    return last
  }

  /** What counters of other plans have read in the period of a counter, by their last readings. */
  carriedBeside(link: CounterLink): Observation[] {
    return this.links
      .filter(({ period, planVersionId }) => period === link.period && planVersionId !== link.planVersionId)
      .flatMap((other) => this.seriesOf(other)?.carried() ?? [])
  }

  /** What the counter has observed; null before anything was. */
  seriesOf(link: CounterLink): Series | null {
    return this.counterMemory.series.find(link.place, this.priceOf(link).price.meter, this.windowOf(link))
  }

  /** The price that a counter is of. */
  priceOf({ planVersionId }: CounterLink): PricedMeter {
    return present(this.priceIn(planVersionId), 'a price')
  }

  /** The period of a counter in epoch milliseconds, and since when its plan is in force there. */
  windowOf({ planVersionId, period }: CounterLink): Required<Window> {
    const { parties } = this.counterMemory.definitions
    const account = present(parties.subscriptions.accountOf(this.subscription), 'an account')
    const { fromMs, untilMs } = parties.calendarOfAccount(account).boundsOf(period)
    const [first] = this.stretchesIn(planVersionId, { fromMs, untilMs })
    return { fromMs, untilMs, sinceMs: first?.fromMs ?? fromMs }
  }

  /** When a plan version is in force in a period, as long as the subscription is not suspended. */
  stretchesIn(planVersionId: string, { fromMs, untilMs }: Window): Window[] {
    this.knownStretches ??= planStretches(this.counterMemory.definitions, this.subscription)
    return this.knownStretches
      .filter((own) => own.planVersionId === planVersionId && own.fromMs < untilMs && own.untilMs > fromMs)
      .map((own) => ({ fromMs: Math.max(own.fromMs, fromMs), untilMs: Math.min(own.untilMs, untilMs) }))
  }

  private observedUntil(link: CounterLink): number {
    return (this.seriesOf(link)?.carried() ?? []).reduce((most, { timeMs }) => Math.max(most, timeMs), 0)
  }

  private isCountedWith(one: CounterLink, other: CounterLink): boolean {
    const { slots } = this.rule
    return countedSince(slots, one.sinceMs) === countedSince(slots, other.sinceMs)
  }

  private priceIn(planVersionId: string): PricedMeter | null {
    const known = this.prices.get(planVersionId)
    if (known !== undefined) return known
    const { meter, price } = this.own.price
    const priced = this.counterMemory.definitions.catalog.pricesOfMeter(planVersionId, meter.code)
    const same = priced.find((one) => one.price.price.code === price.code)
    const found = same ?? (this.rule.takesOtherCodes ? (priced[0] ?? null) : null)
    this.prices.set(planVersionId, found)
    return found
  }
}

/** A plan that was withdrawn for the past is in force at no time, and comes first. */
function positionInLife(stretches: readonly PlanStretch[], planVersionId: string): PlanPosition {
  const first = stretches.find((stretch) => stretch.planVersionId === planVersionId)
  return { sinceMs: first?.fromMs ?? Number.NEGATIVE_INFINITY, isInForce: first !== undefined, planVersionId }
}

function compareLinks(a: CounterLink, b: CounterLink): number {
  return a.period - b.period || comparePositions(a, b) || a.place - b.place
}
