import { isCountable } from '../../core/base/quantity.ts'
import { textAt } from '../../core/mediation/text-column.ts'
import { ABSENT, type UsageBatch } from '../../core/mediation/usage-batch.ts'
import { toObservation } from '../../core/metering/observe.ts'
import { isRead } from '../../core/rating/attributes.ts'
import {
  accumulate,
  billedCut,
  billedQuantity,
  type Cell,
  chargedAmount,
  hasPrice,
  isRatedUse,
} from '../../core/rating/compiled-price.ts'
import type { SessionSoFar } from '../../core/rating/session-rules.ts'
import { splitUse } from '../../core/rating/split-use.ts'
import type { CellName, Definitions, PricedMeter } from '../definitions/definitions.ts'
import { NONE } from '../definitions/service-directory.ts'
import { PAUSED } from '../definitions/subscription-table.ts'
import type { Ground } from '../memory/ground.ts'
import { standingAggregate } from './counter-sequence.ts'
import { type Fault, isFault } from './fault.ts'
import { attributesAt, beyondTiers, type LocatedCell, locateCell, locateRate, rateOf, UNREAD } from './locate-cell.ts'
import { locateSeries, type SeriesChange } from './locate-series.ts'
import { cellOf, type LocatedUse } from './located-use.ts'

/** Whose usage is rated, and when it was. */
export interface UseSite {
  readonly service: number
  readonly subscription: number
  readonly period: number
  readonly startMs: number
  /** NaN where it is not known. */
  readonly endMs: number
  /** What the session has used before under each price, by its place. */
  readonly before: readonly SessionSoFar[]
  /** The record was charged, and is looked up to be given back. */
  readonly isTakenBack?: boolean
}

/** The rates and the counters of a record under some prices, or why there is none. */
export function locateUses(
  state: Ground,
  batch: UsageBatch,
  row: number,
  site: UseSite & { readonly prices: readonly PricedMeter[] },
): readonly LocatedUse[] | Fault {
  const uses: LocatedUse[] = []
  for (const meter of site.prices) {
    const values = attributesAt(batch, row, meter)
    if (!isRead(meter.price, values)) continue
    // A batch that was decoded before the meter existed has no column for it.
    const quantity = meter.slot < batch.width ? (batch.quantities[row * batch.width + meter.slot] as bigint) : ABSENT
    if (quantity === ABSENT) {
      if (meter.price.meter.optional === true) continue
      return ['missing_field', `data.${meter.price.meter.property}`]
    }
    const located = meter.price.isAdditive
      ? (locateParts(state, site, meter, quantity, values) ?? locateUse(state, site, meter, quantity, values))
      : locateObserved(state, site, meter, quantity, values, textAt(batch.data, row))
    if (isFault(located)) return located
    if (!Array.isArray(located)) uses.push(located as LocatedUse)
    // Two prices of one meter may go on from the same counter of another plan, which changes once.
    else for (const use of located as LocatedUse[]) if (!uses.some(({ place }) => place === use.place)) uses.push(use)
  }
  const closed = site.isTakenBack === true ? undefined : uses.find((use) => !hasPrice(cellOf(use), use.after))
  if (closed !== undefined) return beyondTiers(closed)
  return uses.length === 0 ? UNREAD : uses
}

/**
 * The service of a key at a time, and the subscription that prices a type of usage for it. A fault of the service itself has
 * no detail: whoever asked knows its key.
 */
export function locateService(
  { definitions }: Pick<Ground, 'definitions'>,
  hash: Uint32Array,
  at: number,
  type: string,
  startMs: number,
): { service: number; subscription: number; prices: readonly PricedMeter[] } | Fault {
  const service = definitions.services.find(hash, at, startMs)
  if (service === NONE) return ['unknown_service', '']
  const subscription = findSubscription(definitions, service, startMs, type)
  if (subscription === NONE) return ['no_subscription', '']
  const plan = definitions.subscriptions.planAt(subscription, service, startMs)
  if (plan === PAUSED) return ['paused', '']
  const prices = definitions.pricesFor(plan, type)
  if (prices === undefined) return ['no_price', `the plan has no price for ${type}`]
  return { service, subscription, prices }
}

/**
 * One whose plan prices this type goes first; then one to the service itself; then the oldest. One that rests is found
 * where there is no other.
 */
function findSubscription(definitions: Definitions, service: number, startMs: number, type: string): number {
  const { services, subscriptions } = definitions
  let [found, foundRank] = [NONE, NONE]
  for (
    let candidate = services.firstSubscription(service);
    candidate !== NONE;
    candidate = subscriptions.next(candidate)
  ) {
    const plan = subscriptions.planAt(candidate, service, startMs)
    if (plan === NONE) continue
    const rank =
      (plan === PAUSED ? 0 : definitions.pricesFor(plan, type) === undefined ? 1 : 3) +
      (subscriptions.isOfOneService(candidate) ? 1 : 0)
    if (rank >= foundRank) [found, foundRank] = [candidate, rank]
  }
  return found
}

/** The rate and the counter of a quantity under one price. */
export function locateUse(
  state: Ground,
  site: UseSite,
  meter: PricedMeter,
  quantity: bigint,
  values: readonly string[],
): LocatedUse | Fault {
  const { counters, definitions } = state
  const { service, subscription, period, startMs } = site
  const used = site.before[meter.place]?.used
  const located = locateCell(state, service, subscription, meter, period, startMs, values, used)
  if (isFault(located)) return located
  const { cell, cellAt } = located
  const place = counters.place(subscription, cell, period, definitions.subscriptions.recentCounter(subscription))
  definitions.subscriptions.setRecentCounter(subscription, place)
  const rate = meter.price.cells[cellAt] as Cell
  const before = site.before[meter.place]
  const billed = billedQuantity(rate, quantity, before)
  const cut = billedCut(rate, billed, before)
  return useAt(state, located, place, period, { quantity, billed, cut, isContinued: false, observed: null })
}

/** The parts of a record that is charged at several rates, one after another; null where it has one. */
export function locateParts(
  state: Ground,
  site: UseSite,
  meter: PricedMeter,
  quantity: bigint,
  values: readonly string[],
): LocatedUse[] | Fault | null {
  if (!meter.price.isSplit) return null
  const { service, subscription, period, startMs, endMs, before } = site
  const clock = state.definitions.clock(service)
  const parts = splitUse(meter.price, { startMs, endMs, quantity }, clock, values, before[meter.place])
  if (parts === null) return null
  const uses: LocatedUse[] = []
  for (const { cellAt, ...part } of parts) {
    const located = locateRate(state, subscription, meter, cellAt, period, startMs, values)
    if (isFault(located)) return located
    const place = state.counters.place(subscription, located.cell, period)
    const use = useAt(state, located, place, period, { ...part, isContinued: uses.length > 0, observed: null })
    if (isFault(use)) return use
    uses.push(use)
  }
  return uses
}

/** What an observation does under one price: to its counter, and to later ones that begin with it. */
function locateObserved(
  state: Ground,
  { service, subscription, period, startMs }: UseSite,
  meter: PricedMeter,
  value: bigint,
  values: readonly string[],
  data: string,
): LocatedUse[] | Fault {
  const { definitions } = state
  const { price } = meter
  const located = locateCell(state, service, subscription, meter, period, startMs, values)
  if (isFault(located)) return located
  const { cell } = located
  const place = state.counters.place(subscription, cell, period)
  const observation = toObservation(price.meter, value, startMs, data)
  const name = definitions.cellNames[cell] as CellName
  const changes = locateSeries(state, subscription, name, place, period, observation)
  if (isFault(changes)) return changes
  const uses: LocatedUse[] = []
  for (const change of changes as SeriesChange[]) {
    const quantity = change.change
    const use = useAt(state, rateOf(state, change.place), change.place, change.period, {
      quantity,
      billed: quantity,
      cut: 0n,
      isContinued: false,
      observed: change,
    })
    if (isFault(use)) return use
    uses.push(use)
  }
  return uses
}

function useAt(
  state: Ground,
  located: LocatedCell,
  place: number,
  period: number,
  part: Pick<LocatedUse, 'quantity' | 'billed' | 'cut' | 'isContinued' | 'observed'>,
): LocatedUse | Fault {
  const { meter, cellAt, cell } = located
  const { price } = meter
  const rate = price.cells[cellAt] as Cell
  const before = standingAggregate(state, place, located)
  const { quantity, billed, cut, isContinued, observed } = part
  const sessions = !isContinued && isRatedUse(rate, quantity, billed) ? 1n : 0n
  const after = accumulate(rate, before, { quantity: billed, sessions, cut })
  const amountAfter = chargedAmount(price, rate, after)
  const fits =
    isCountable(amountAfter) && (after.length === 1 ? isCountable(after[0] as bigint) : after.every(isCountable))
  if (!fits) return ['out_of_range', `price ${price.price.code}: the period's total passes 30 digits`]
  return { meter, cellAt, cell, place, period, quantity, billed, cut, isContinued, observed, after, amountAfter }
}
