import { emptyAggregate } from '../../core/rating/accumulate.ts'
import { visitOf, withoutVisit } from '../../core/rating/attributes.ts'
import { beginningWith, carriedInto, carriedPart } from '../../core/rating/carried-usage.ts'
import type { Aggregate } from '../../core/rating/models/price-model.ts'

import type { Slot } from '../definitions/subscription-table.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { type CountedRate, rateOf } from './find-rate.ts'
import type { SeriesEffect } from './located-use.ts'
import { firstSlot, isOtherPlan, mayFollow, slotAt, slotsOf } from './plan-slots.ts'

/** A plan's part among those that count the same in one billing period. */
interface SequenceLink {
  /** When its plan was in force first, and whether it is the plan that was in force: a re-rating may have put another one. */
  readonly sinceMs: number
  readonly isInForce: boolean
  readonly version: string
}

interface CounterLink extends SequenceLink {
  readonly place: number
}

/** Where a cell of a plan version stands among those that follow each other in a period. */
export function sequenceLink(slots: readonly Slot[], version: string, rateKey: string): SequenceLink {
  const visit = visitOf(rateKey)
  const slot = visit === null ? firstSlot(slots, version) : slotAt(slots, Date.parse(visit))
  return { sinceMs: slot?.fromMs ?? 0, isInForce: slot?.planVersionId === version, version }
}

/** Since when usage counts, at a time of a period: the last change of plan until then that counts it anew. */
export function countedSince(slots: readonly Slot[], atMs: number): number {
  return slots.findLast(({ fromMs, restarts }) => restarts && fromMs <= atMs)?.fromMs ?? Number.NEGATIVE_INFINITY
}

/** The counters that count the same for one price in one period, under one plan after the other. */
class CounterSequence {
  /** In order. The counter itself is among them. */
  readonly links: readonly CounterLink[]
  /** A plan before has the price, whether it was used or not. */
  readonly isPreceded: boolean
  private readonly at: number

  constructor({ counters, definitions }: CounterMemory, { meter, place, rateKeyNumber, period }: CountedRate) {
    const { subscription } = counters.nameOf(place)
    const [ownVersion, code, ownName] = definitions.names.rateElement(rateKeyNumber)
    const name = withoutVisit(ownName)
    const slots = slotsOf(definitions, subscription, period)
    const hasPrice = (version: string): boolean =>
      version === ownVersion || definitions.catalog.meterOf(version, code)?.price.meter.code === meter.price.meter.code
    const links: CounterLink[] = []
    for (const other of counters.ofSubscription(subscription)) {
      if (other !== place && !counters.isUsed(other)) continue
      const { cell: otherElement, period: otherPeriod } = counters.nameOf(other)
      if (otherPeriod !== period) continue
      const [version, otherCode, otherName] = definitions.names.rateElement(otherElement)
      if (otherCode !== code || withoutVisit(otherName) !== name || !hasPrice(version)) continue
      links.push({ place: other, ...sequenceLink(slots, version, otherName) })
    }
    links.sort((a, b) => compareLinks(a, b) || a.place - b.place)
    const own = links.findIndex((link) => link.place === place)
    const ownSlot = links[own] as CounterLink
    const since = countedSince(slots, ownSlot.sinceMs)
    this.links = links.filter(({ sinceMs }) => countedSince(slots, sinceMs) === since)
    this.at = this.links.indexOf(ownSlot)
    const before = slots.filter(({ fromMs }) => fromMs >= since && fromMs < ownSlot.sinceMs)
    this.isPreceded = before.some(({ planVersionId }) => hasPrice(planVersionId))
  }

  get before(): CounterLink | undefined {
    return this.links[this.at - 1]
  }

  get after(): readonly CounterLink[] {
    return this.links.slice(this.at + 1)
  }
}

/** The order in which plans follow each other; a plan that a re-rating put in the place of one stands behind it. */
export function compareLinks(a: SequenceLink, b: SequenceLink): number {
  if (a.sinceMs !== b.sinceMs) return a.sinceMs - b.sinceMs
  if (a.isInForce !== b.isInForce) return a.isInForce ? -1 : 1
  return a.version < b.version ? -1 : a.version > b.version ? 1 : 0
}

/** Whether nothing can stand before a new counter. */
function isFirst({ definitions, counters }: CounterMemory, { meter, place, period }: CountedRate): boolean {
  const { subscription } = counters.nameOf(place)
  return !mayFollow(definitions, subscription, period) && !isOtherPlan(definitions, subscription, meter.planVersionId)
}

/**
 * The aggregate that a counter is charged from. One that nothing was counted in yet begins where the counter of the plan
 * before stands.
 */
export function effectiveAggregate(counterMemory: CounterMemory, rate: CountedRate): Aggregate {
  const { counters } = counterMemory
  const { place, element } = rate
  if (counters.isUsed(place) || isFirst(counterMemory, rate)) return counters.aggregate(place)
  const sequence = new CounterSequence(counterMemory, rate)
  const { before } = sequence
  if (before === undefined) {
    const nothing = emptyAggregate(element)
    return sequence.isPreceded ? [...nothing, ...nothing] : counters.aggregate(place)
  }
  const carried = carriedInto(element, rateOf(counterMemory, before.place).element, counters.aggregate(before.place))
  return [...carried, ...carried]
}

/** The counter that one begins with, or will; null where it begins with nothing. */
export function counterBefore(counterMemory: CounterMemory, rate: CountedRate): number | null {
  const { counters } = counterMemory
  const isBegun = counters.isUsed(rate.place)
  if (isBegun && carriedPart(rate.element.measures, counters.aggregate(rate.place)) === null) return null
  if (!isBegun && isFirst(counterMemory, rate)) return null
  return new CounterSequence(counterMemory, rate).before?.place ?? null
}

/** A later counter, and where it stands when one before it has changed. */
export interface CarriedOn extends CountedRate {
  readonly after: Aggregate
  readonly effect: SeriesEffect | null
}

const NONE_CARRIED: readonly CarriedOn[] = []

/**
 * The counters behind one that changes, which begin elsewhere then. Those that began before usage carried over, or with a
 * change of plan that counts it anew, stay as they are.
 * @param total where the counter will stand.
 * @param onLater where the meter keeps a series: what the change does to those of the later counters.
 */
export function carriedOn(
  counterMemory: CounterMemory,
  changing: CountedRate,
  total: Aggregate,
  onLater?: (place: number) => SeriesEffect,
): readonly CarriedOn[] {
  const { counters } = counterMemory
  const { subscription } = counters.nameOf(changing.place)
  // A counter that a record opens late, or a re-rating, may stand before others that have begun with nothing.
  const isNew = !counters.isUsed(changing.place) && !isFirst(counterMemory, changing)
  if (!isNew && !counters.carriesIn(subscription, changing.period)) return NONE_CARRIED
  const changed: CarriedOn[] = []
  let last: { readonly rate: CountedRate; readonly total: Aggregate } = { rate: changing, total }
  for (const [at, { place }] of new CounterSequence(counterMemory, changing).after.entries()) {
    const next = rateOf(counterMemory, place)
    const { element } = next
    const before = counters.aggregate(place)
    if (carriedPart(element.measures, before) === null && !(isNew && at === 0)) break
    const carried = carriedInto(element, last.rate.element, last.total)
    const effect = onLater?.(place) ?? null
    const after =
      effect === null
        ? beginningWith(element.measures, before, carried)
        : [(before[0] as bigint) + effect.change, ...before.slice(1, element.measures), ...carried]
    changed.push({ ...next, after, effect })
    last = { rate: next, total: after }
  }
  return changed
}
