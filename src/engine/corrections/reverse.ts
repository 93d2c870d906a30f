import { present } from '../../core/base/assert.ts'
import { fromDayNumber, toDayNumber } from '../../core/base/period.ts'
import { isObserved, type Observation, type Series } from '../../core/metering/observation.ts'
import { newSeries, runsOn } from '../../core/metering/series.ts'
import type { RateElementName } from '../definitions/names.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { FORGET } from '../memory/series-table.ts'
import { counterBefore } from '../rating/carry-usage.ts'
import { type CounterLink, CounterSequence } from '../rating/counter-sequence.ts'
import { rateOf } from '../rating/find-rate.ts'
import { type LocatedUse, ratedOf, type SeriesEffect } from '../rating/located-use.ts'
import type { CounterChange, PlannedRow } from './counter-change.ts'
import type { EffectiveUse } from './effective-uses.ts'
import { counterKey, type SeriesInput, type SeriesInputs, StaleSeriesInput } from './series-inputs.ts'

/** Plans how records are taken out of counters: out of sums by what they added, out of series by what is still observed. */
export class Reversals {
  private readonly counterMemory: CounterMemory
  private readonly seriesInputs: SeriesInputs
  /** Counters of series that have been observed anew. */
  private readonly done = new Set<number>()

  /** @throws StaleSeriesInput when a counter has other records than it was read with. */
  constructor(counterMemory: CounterMemory, seriesInputs: SeriesInputs) {
    this.counterMemory = counterMemory
    this.seriesInputs = seriesInputs
    for (const seriesInput of seriesInputs.values()) if (!this.isFresh(seriesInput)) throw new StaleSeriesInput()
  }

  /**
   * What taking a record out changes: first what follows in later periods, where the meter runs on into them; then its own
   * charges, in their order.
   * @param keepsUnits what balances of units had covered of a sum stays so: the record is rebooked under another plan.
   */
  reverse(subscriptionId: string, effective: readonly EffectiveUse[], keepsUnits: boolean): PlannedRow[] {
    const changed = new Map<number, CounterChange>()
    for (const { use, charge } of effective) {
      const seriesInput = this.seriesInputs.get(counterKey(subscriptionId, charge))
      if (seriesInput === undefined || this.done.has(use.place)) continue
      for (const one of this.observeAnew(seriesInput, use)) changed.set(one.use.place, one)
    }
    const own = effective.map(({ use, charge, billed }): CounterChange => {
      const found = changed.get(use.place)
      changed.delete(use.place)
      if (found !== undefined) return found
      if (use.meter.price.isAdditive) {
        const rated = charge.measures[0] as bigint
        const unitsBack = keepsUnits || rated < 0n ? 0n : billed - rated
        return { use, effect: { kind: 'less', measures: charge.measures }, unitsBack }
      }
      return { use: { ...use, observed: null }, effect: { kind: 'none' }, unitsBack: 0n }
    })
    const behind = [...changed.values()]
    const taken: PlannedRow = { part: 'taken_back', records: -1, changes: own }
    return behind.length === 0 ? [taken] : [{ part: 'carried_on', records: 0, changes: behind }, taken]
  }

  private isFresh({ subscriptionId, charge, records, taken, kept }: SeriesInput): boolean {
    const { counters, definitions } = this.counterMemory
    const { planVersionId, priceCode, cell, periodStart } = charge
    const name: RateElementName = [planVersionId, priceCode, cell]
    const subscription = definitions.parties.subscriptions.numberOf(subscriptionId)
    const place = counters.place(subscription, definitions.names.numberOfRateElement(name), toDayNumber(periodStart))
    const sequence = CounterSequence.acrossPeriods(this.counterMemory, subscription, name)
    const link = sequence.links.find((one) => one.place === place)
    if (link === undefined) return false
    if (!runsOn(sequence.priceOf(link).price.meter)) return counters.records(place) === records
    const now = sequence.seriesOf(link)
    if (now === null) return false
    const last = sequence.lastObservedBefore(link)
    const before = last === null ? null : sequence.seriesOf(last)
    const read = seriesAfter(sequence, link, before, now, [...taken, ...kept, ...endsOf(now)])
    return isSame(now, read)
  }

  /** Every counter is observed anew once, without all the records that are taken out of it. */
  private observeAnew(seriesInput: SeriesInput, use: LocatedUse): CounterChange[] {
    const { counters, definitions } = this.counterMemory
    if (!runsOn(use.meter.price.meter)) return [this.observeBeside(seriesInput, use)]
    const { subscription } = counters.nameOf(use.place)
    const name = definitions.names.rateElement(use.rateKeyNumber)
    const sequence = CounterSequence.acrossPeriods(this.counterMemory, subscription, name)
    const first = sequence.links.findIndex(({ place }) => place === use.place)
    const found: CounterChange[] = []
    const observed = new Map<number, Series>()
    for (const link of sequence.links.slice(first)) {
      const now = present(sequence.seriesOf(link), 'a series')
      const last = sequence.lastObservedBefore(link)
      const lastNow = last === null ? null : sequence.seriesOf(last)
      const before = last === null ? null : (observed.get(last.place) ?? lastNow)
      const read = this.seriesInputs.get(keyOf(seriesInput.subscriptionId, sequence, link))?.kept
      const own = read === undefined ? ownOf(sequence, link, now) : [...read, ...endsOf(now)]
      const gone = without(lastNow?.carried() ?? [], before?.carried() ?? [])
      const anew = seriesAfter(sequence, link, before, now, without(own, gone))
      if (link.place !== use.place && isSame(now, anew)) continue
      observed.set(link.place, anew)
      this.done.add(link.place)
      found.push(this.changeOf(link.place, now, anew))
    }
    return found
  }

  /**
   * A counter whose meter does not run on: it is observed anew in its own period alone. Counters of later plans of the period,
   * which have observed all of it, too, follow in their order.
   */
  private observeBeside(seriesInput: SeriesInput, use: LocatedUse): CounterChange {
    const { counterMemory, seriesInputs } = this
    const { meter } = use.meter.price
    const { fromMs, untilMs } = windowOf(counterMemory, use.place)
    const seriesAt = (place: number): Series =>
      present(counterMemory.series.find(place, meter, { fromMs, untilMs }), 'a series')
    const observe = (...lists: Iterable<Observation>[]): Series => {
      const series = newSeries(meter, { fromMs, untilMs })
      for (const list of lists) for (const observation of list) series.add(observation)
      return series
    }
    const before = counterBefore(counterMemory, use)
    const now = seriesAt(use.place)
    let last = observe(before === null ? [] : seriesAt(before).kept(), seriesInput.kept)
    const anew = last
    const later = new Map<number, Series>()
    const onLater = (place: number): SeriesEffect => {
      const known = later.get(place)
      const own = known === undefined ? (seriesInputs.get(keyOfPlace(counterMemory, place))?.kept ?? []) : []
      const next = known ?? observe(last.kept(), own)
      later.set(place, next)
      this.done.add(place)
      last = next
      return { change: next.quantity - seriesAt(place).quantity, observations: [FORGET, ...next.kept()] }
    }
    this.done.add(use.place)
    return this.changeOf(use.place, now, anew, onLater)
  }

  private changeOf(place: number, now: Series, anew: Series, onLater?: (place: number) => SeriesEffect): CounterChange {
    const { counters } = this.counterMemory
    const rate = rateOf(this.counterMemory, place)
    const change = anew.quantity - now.quantity
    // What was rated falls first; the rest had been covered by balances of units.
    const rated = ratedOf(rate, counters.aggregate(place))
    const [covered, beyond] = [now.quantity - rated, -change - rated]
    const unitsBack = covered <= 0n || beyond <= 0n ? 0n : beyond < covered ? beyond : covered
    const isEmpty = [...anew.kept()].length === 0
    const observations = [FORGET, ...anew.kept()]
    const observed = { before: now.quantity, observations, ...(onLater === undefined ? {} : { onLater }) }
    const part = { quantity: change, billed: change, cut: 0n, isContinued: false, observed }
    const effective = { after: counters.aggregate(place), amountAfter: counters.amount(place) }
    return {
      use: { ...rate, ...part, ...effective },
      effect: { kind: 'observed', quantity: change, isEmpty },
      unitsBack,
    }
  }
}

function windowOf({ counters, definitions }: CounterMemory, place: number): { fromMs: number; untilMs: number } {
  const { subscription, period } = counters.nameOf(place)
  const account = present(definitions.parties.subscriptions.accountOf(subscription), 'an account')
  return definitions.parties.calendarOfAccount(account).boundsOf(period)
}

function keyOfPlace({ counters, definitions }: CounterMemory, place: number): string {
  const { subscription, cell, period } = counters.nameOf(place)
  const [planVersionId, priceCode, name] = definitions.names.rateElement(cell)
  const periodStart = fromDayNumber(period)
  return counterKey(definitions.parties.subscriptions.idOf(subscription), {
    planVersionId,
    priceCode,
    cell: name,
    periodStart,
  })
}

/** A plan version takes records over one by one: where a meter runs on from one to the next, they would be charged twice. */
export function carryFault(uses: readonly LocatedUse[]): readonly [reason: string, detail: string] | null {
  const found = uses.find(({ meter }) => runsOn(meter.price.meter))
  if (found === undefined) return null
  const { code, aggregator } = found.meter.price.meter
  return [
    'not_correctable',
    `meter ${code} runs on from record to record (${aggregator}): no other plan can charge one of them`,
  ]
}

function keyOf(
  subscriptionId: string,
  sequence: CounterSequence,
  { planVersionId, priceCode, period }: CounterLink,
): string {
  return counterKey(subscriptionId, {
    planVersionId,
    priceCode,
    cell: sequence.group,
    periodStart: fromDayNumber(period),
  })
}

/** What a counter has observed itself. */
function ownOf(sequence: CounterSequence, link: CounterLink, now: Series): Observation[] {
  const { sinceMs } = sequence.windowOf(link)
  return [...now.kept()].filter(({ timeMs }) => timeMs >= sinceMs)
}

/** Where levels end in a counter though nothing was recorded. */
function endsOf(now: Series): Observation[] {
  return [...now.kept()].filter((observation) => !isObserved(observation))
}

/**
 * A counter that begins with what the one before has observed last until then. What that one has observed since is not
 * its own, unless it has it now: a plan that is left and taken up again continues to observe after the other.
 */
function seriesAfter(
  sequence: CounterSequence,
  link: CounterLink,
  before: Series | null,
  now: Series,
  observations: readonly Observation[],
): Series {
  const { meter } = sequence.priceOf(link).price
  const window = sequence.windowOf(link)
  const known = [...now.kept()]
  // Where records say how a level changes, what is carried over is all that was before.
  const all = before === null ? [] : meter.changes === true ? before.carried() : [...before.kept(), ...before.carried()]
  const told = runsOn(meter) ? all.filter(isObserved) : []
  const carried = told.filter(
    (observation) => observation.timeMs < window.sinceMs || known.some((other) => isEqual(observation, other)),
  )
  const series = newSeries(meter, window)
  for (const observation of [...carried, ...observations]) series.add(observation)
  return series
}

function without(all: readonly Observation[], some: readonly Observation[]): Observation[] {
  return all.filter((observation) => !some.some((other) => isEqual(observation, other)))
}

function isSame(one: Series, other: Series): boolean {
  const [kept, others] = [[...one.kept()], [...other.kept()]]
  return kept.length === others.length && kept.every((observation, at) => isEqual(observation, others[at]))
}

function isEqual(one: Observation, other: Observation | undefined): boolean {
  return one.value === other?.value && one.timeMs === other.timeMs && one.mark === other.mark
}
