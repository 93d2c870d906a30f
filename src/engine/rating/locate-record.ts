import { formatQuantity, isCountable } from '../../core/base/quantity.ts'
import { attributeInData } from '../../core/mediation/attribute-columns.ts'
import { textAt, valueAt } from '../../core/mediation/text-column.ts'
import { ABSENT, type UsageBatch } from '../../core/mediation/usage-batch.ts'
import { toObservation } from '../../core/metering/observe.ts'
import { accumulate } from '../../core/rating/accumulate.ts'
import { isRead } from '../../core/rating/attributes.ts'
import { chargedAmount, hasPrice } from '../../core/rating/charged-amount.ts'
import type { SessionSoFar } from '../../core/rating/modifiers/session-rules.ts'
import { isRatedUse } from '../../core/rating/record-use.ts'
import { partsOf, rateAt, type UsedPart } from '../../core/rating/split-use.ts'
import type { PricedMeter } from '../definitions/price-catalog.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { effectiveAggregate } from './carry-usage.ts'
import { type Fault, isFault } from './fault.ts'
import { type CountedRate, findRate, rateOf } from './find-rate.ts'
import { findService } from './find-service.ts'
import type { LocatedUse } from './located-use.ts'
import { observe } from './observe-series.ts'

/** Records may be dated this far ahead of the clock before they count as from the future. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

/** When usage is accepted. */
export interface Acceptance {
  readonly nowMs: number
  readonly windowMs: number
}

/** A record with everything that charging it needs. */
export interface LocatedRecord {
  readonly service: number
  readonly subscription: number
  readonly uses: readonly LocatedUse[]
}

/**
 * Finds what a record is charged to, and checks that it can be: its service; then for each price of its plan the rate, what the
 * meter observes, and the price of it.
 * @param startMs when it is rated: from then until `endMs`, where that is known.
 * @param before what its session has used until now, by the place of the price; none where it is a record of its own.
 */
export function locateRecord(
  { state: counterMemory, batch, acceptance, isReversed = false }: Arrived,
  row: number,
  startMs: number,
  endMs = batch.endMs[row] as number,
  before: readonly SessionSoFar[] = [],
): LocatedRecord | Fault {
  if (batch.rejections.size > 0) {
    const rejected = batch.rejections.get(row)
    if (rejected !== undefined) return [rejected.reason, rejected.detail]
  }
  if (startMs > acceptance.nowMs + CLOCK_TOLERANCE_MS) return ['future', `time: ${new Date(startMs).toISOString()}`]
  if (startMs < acceptance.nowMs - acceptance.windowMs) return ['too_old', `time: ${new Date(startMs).toISOString()}`]
  const { definitions } = counterMemory
  const found = findService(definitions, batch.serviceHash, row * 4, valueAt(batch.type, row), startMs)
  if (isFault(found)) return [found[0], found[1] || `service: ${textAt(batch.service, row)}`]
  const { service, subscription, prices } = found
  const period = definitions.parties.calendarOfService(service).periodOf(startMs)
  const site = { service, subscription, prices, period, startMs, endMs, before, isReversed }
  const uses = locateUses(counterMemory, batch, row, site)
  return isFault(uses) ? uses : { service, subscription, uses }
}

interface Arrived {
  readonly state: CounterMemory
  readonly batch: UsageBatch
  readonly acceptance: Acceptance
  /** The record was charged, and is looked up to be given back. */
  readonly isReversed?: boolean
}

/** Whose usage is rated, and when it was. */
interface UseSite {
  readonly service: number
  readonly subscription: number
  readonly period: number
  readonly startMs: number
  /** NaN where it is not known. */
  readonly endMs: number
  /** What the session has used before under each price, by its place. */
  readonly before: readonly SessionSoFar[]
  readonly isReversed?: boolean
}

/** The record is one of those that the filters of all meters of its plan leave out. */
export const UNREAD: Fault = ['no_price', 'no meter of the plan reads a record with these attributes']

/** The uses of a record under some prices, or why it cannot be charged. */
export function locateUses(
  counterMemory: CounterMemory,
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
    const fault = meter.price.isAdditive
      ? addParts(counterMemory, site, meter, values, partsAt(counterMemory, site, meter, quantity, values), uses)
      : addObserved(counterMemory, site, meter, values, quantity, textAt(batch.data, row), uses)
    if (fault !== null) return fault
  }
  const closed = site.isReversed === true ? undefined : uses.find((use) => !hasPrice(use.element, use.after))
  if (closed !== undefined) return beyondTiers(closed)
  return uses.length === 0 ? UNREAD : uses
}

/** The price has no tier for so much in a period. */
export function beyondTiers({ meter, element }: CountedRate): Fault {
  const { price, scales } = meter.price
  const { lastPriced, name } = element
  const most = formatQuantity(lastPriced ?? 0n, scales.quantityScale)
  return ['no_price', `price ${price.code}${name === null ? '' : `, ${name},`} has no price beyond ${most} in a period`]
}

const NO_VALUES: readonly string[] = []

/** What a record has of the attributes of a price. */
export function attributesAt(batch: UsageBatch, row: number, { attributeKeys, price }: PricedMeter): readonly string[] {
  if (attributeKeys.length === 0) return NO_VALUES
  return attributeKeys.map((key, at) => {
    const column = batch.attributes.get(key)
    // A batch that was decoded before the price existed has no column for it.
    return column === undefined
      ? attributeInData(textAt(batch.data, row), price.attributes[at] as string)
      : textAt(column, row)
  })
}

/** The rates at which a quantity is charged, and how much of it at each. */
function partsAt(
  { definitions }: CounterMemory,
  { service, startMs, endMs, before }: UseSite,
  { price, place }: PricedMeter,
  quantity: bigint,
  values: readonly string[],
): readonly UsedPart[] {
  return partsOf(
    price,
    { startMs, endMs, quantity },
    definitions.parties.clockOfService(service),
    values,
    before[place],
  )
}

/**
 * Adds the uses of parts of a record, each at its rate, in the order in which they are charged.
 * @returns why one of them cannot be charged, or null.
 */
export function addParts(
  counterMemory: CounterMemory,
  site: Omit<UseSite, 'service' | 'endMs' | 'before'>,
  meter: PricedMeter,
  values: readonly string[],
  parts: readonly UsedPart[],
  uses: LocatedUse[],
): Fault | null {
  let isContinued = false
  for (const part of parts) {
    const rate = findRate(counterMemory, site, meter, part.elementAt, values)
    if (isFault(rate)) return rate
    const use = priceUse(counterMemory, rate, part, isContinued, null)
    if (isFault(use)) return use
    uses.push(use)
    isContinued = true
  }
  return null
}

/** Adds what an observation does under one price: to its counter, and to later ones that begin with it. */
function addObserved(
  counterMemory: CounterMemory,
  site: UseSite,
  meter: PricedMeter,
  values: readonly string[],
  value: bigint,
  data: string,
  uses: LocatedUse[],
): Fault | null {
  const { definitions } = counterMemory
  const elementAt = rateAt(meter.price, site.startMs, definitions.parties.clockOfService(site.service), values)
  const rate = findRate(counterMemory, site, meter, elementAt, values)
  if (isFault(rate)) return rate
  const changes = observe(
    counterMemory,
    site.subscription,
    rate,
    toObservation(meter.price.meter, value, site.startMs, data),
  )
  if (isFault(changes)) return changes
  for (const observed of changes) {
    // Two prices of one meter may begin with the same counter of another plan, which changes once.
    if (uses.some(({ place }) => place === observed.place)) continue
    const { change } = observed
    const part = { quantity: change, billed: change, cut: 0n }
    const use = priceUse(counterMemory, rateOf(counterMemory, observed.place), part, false, observed)
    if (isFault(use)) return use
    uses.push(use)
  }
  return null
}

/** What a use makes of its counter, and what that costs. */
function priceUse(
  counterMemory: CounterMemory,
  rate: CountedRate,
  { quantity, billed, cut }: Omit<UsedPart, 'elementAt'>,
  isContinued: boolean,
  observed: LocatedUse['observed'],
): LocatedUse | Fault {
  const { meter, element, rateKeyNumber, place, period } = rate
  const { price } = meter
  const before = effectiveAggregate(counterMemory, rate)
  const sessions = !isContinued && isRatedUse(element, quantity, billed) ? 1n : 0n
  const after = accumulate(element, before, { quantity: billed, sessions, cut })
  const amountAfter = chargedAmount(price, element, after)
  const fits =
    isCountable(amountAfter) && (after.length === 1 ? isCountable(after[0] as bigint) : after.every(isCountable))
  if (!fits) return ['out_of_range', `price ${price.price.code}: the period's total passes 30 digits`]
  return {
    meter,
    element,
    rateKeyNumber,
    place,
    period,
    quantity,
    billed,
    cut,
    isContinued,
    observed,
    after,
    amountAfter,
  }
}
