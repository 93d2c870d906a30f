import { isInt64 } from '../core/base/quantity.ts'
import type { SuspenseReason } from '../core/mediation/suspense-reason.ts'
import { textAt, valueAt } from '../core/mediation/text-column.ts'
import { ABSENT, type UsageBatch } from '../core/mediation/usage-batch.ts'
import { toObservation } from '../core/metering/observe.ts'
import { isRead } from '../core/rating/attributes.ts'
import { accumulate, billedQuantity, type Cell, chargedAmount, isRatedUse } from '../core/rating/compiled-price.ts'
import { findAccountAtWork } from './account-at-work.ts'
import { chargeAccount, type LocatedUse, recordCharge } from './charge-account.ts'
import type { PricedMeter } from './definitions.ts'
import type { FactsBuilder } from './facts-builder.ts'
import { type Fault, isFault } from './fault.ts'
import { attributesAt, type LocatedCell, locateCell, UNREAD } from './locate-cell.ts'
import { locateSeries, type SeriesChange } from './locate-series.ts'
import type { PartitionState } from './partition-state.ts'
import type { Ground } from './rate-again.ts'
import { NONE } from './service-directory.ts'
import { PAUSED } from './subscription-table.ts'
import { type ThresholdEvent, watchThresholds } from './watch-thresholds.ts'

/** Records may be dated this far ahead of the clock before they count as from the future. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

/** When usage is accepted. */
export interface Acceptance {
  readonly nowMs: number
  readonly windowMs: number
}

/** A record that went to suspense, by its row in the batch. */
export interface SuspendedRecord {
  readonly row: number
  readonly reason: SuspenseReason
  readonly detail: string
  /** JSON text. */
  readonly record: string
  readonly id: string
  readonly source: string
  readonly service: string
  readonly type: string
  /** What recovery needs to recognise the record again. */
  readonly fingerprint: Buffer
}

/** A batch being decided against a partition's memory. */
export interface Decision {
  readonly state: PartitionState
  readonly batch: UsageBatch
  readonly acceptance: Acceptance
  readonly facts: FactsBuilder
  /** Records that cannot be charged are added here, and thresholds that were crossed. */
  readonly suspended: SuspendedRecord[]
  readonly events: ThresholdEvent[]
}

/**
 * Decides a batch of usage, record by record, in order: each is charged, put in suspense or recognised as a
 * repetition. Facts go to `facts`, memory is changed at once; the caller commits before it answers.
 */
export function chargeUsage(decision: Decision): void {
  const { state, batch, facts } = decision
  for (let row = 0; row < batch.count; row++) {
    facts.counts.received++
    const status = state.identify(batch, row)
    let fault: Fault | null = null
    if (status === 'new') fault = decideRecord(decision, row)
    else if (status !== 'charged' && status !== 'suspended' && state.identifyConflict() === 'new') fault = CONFLICT
    else {
      facts.counts.duplicates++
      continue
    }
    if (fault === null) {
      state.rememberCharged()
      facts.counts.charged++
    } else suspendNew(decision, row, fault)
  }
}

/** Puts a record into suspense that has just arrived. */
export function suspendNew(decision: Decision, row: number, fault: Fault): void {
  const record = suspend(decision, row, fault)
  decision.facts.counts.suspended++
  decision.state.rememberSuspended(record.fingerprint)
  decision.suspended.push(record)
}

/**
 * Decides records that come out of suspense: their identities are known and their arrival was counted. Those that
 * still cannot be charged are named again, with the reason of today.
 */
export function rechargeSuspended(decision: Decision): void {
  const { state, batch, facts } = decision
  for (let row = 0; row < batch.count; row++) {
    const status = state.identify(batch, row)
    const isCharged = status === 'charged' || status === 'charged_other_body'
    const fault = isCharged ? CONFLICT : decideRecord(decision, row)
    if (fault === null) {
      state.rememberCharged()
      facts.counts.recycled++
    } else decision.suspended.push(suspend(decision, row, fault))
  }
}

const CONFLICT: Fault = ['identity_conflict', 'the same source and id stand for another body']

function suspend({ state, batch }: Decision, row: number, [reason, detail]: Fault): SuspendedRecord {
  const named = {
    id: textAt(batch.id, row),
    source: valueAt(batch.source, row),
    service: textAt(batch.service, row),
    type: valueAt(batch.type, row),
  }
  const record = batch.rejections.get(row)?.record ?? toJson(batch, row, named)
  return { row, reason, detail, record, ...named, fingerprint: state.fingerprint() }
}

function toJson(batch: UsageBatch, row: number, named: object): string {
  const endMs = batch.endMs[row] as number
  const end = Number.isNaN(endMs) ? undefined : new Date(endMs).toISOString()
  const head = JSON.stringify({ ...named, time: new Date(batch.startMs[row] as number).toISOString(), end })
  return `${head.slice(0, -1)},"data":${textAt(batch.data, row)}}`
}

/** A record with everything that charging it needs. */
export interface LocatedRecord {
  readonly service: number
  readonly subscription: number
  readonly uses: readonly LocatedUse[]
}

/** Charges one record, or says why not; nothing is changed unless all of its charges can be made. */
function decideRecord(decision: Decision, row: number): Fault | null {
  const { state, batch, acceptance, facts } = decision
  const startMs = batch.startMs[row] as number
  const located = locateRecord(decision, row, startMs)
  if (isFault(located)) return located
  const { service, subscription, uses } = located
  const work = findAccountAtWork(state, facts, service, subscription, startMs, acceptance.nowMs)
  facts.addRecord(batch, row, service, subscription)
  if (work === null) {
    for (const use of uses) recordCharge(state, facts, use, use)
    return null
  }
  chargeAccount(state, facts, work, subscription, uses, startMs)
  decision.events.push(...watchThresholds(work))
  return null
}

/** Finds what a record is charged to, and checks that it can be. @param startMs when it is rated. */
export function locateRecord(decision: Decision, row: number, startMs: number): LocatedRecord | Fault {
  const { state, batch, acceptance } = decision
  if (batch.rejections.size > 0) {
    const rejected = batch.rejections.get(row)
    if (rejected !== undefined) return [rejected.reason, rejected.detail]
  }
  if (startMs > acceptance.nowMs + CLOCK_TOLERANCE_MS) return ['future', `time: ${new Date(startMs).toISOString()}`]
  if (startMs < acceptance.nowMs - acceptance.windowMs) return ['too_old', `time: ${new Date(startMs).toISOString()}`]
  const type = valueAt(batch.type, row)
  const found = locateService(state, batch.serviceHash, row * 4, textAt(batch.service, row), type, startMs)
  if (isFault(found)) return found
  const { service, subscription, prices } = found
  const period = state.definitions.calendar(service).periodOf(startMs)
  const uses = locateUses(state, batch, row, { service, subscription, prices, period, startMs })
  return isFault(uses) ? uses : { service, subscription, uses }
}

/** The rates and the counters of a record under some prices, or why there is none. */
export function locateUses(
  state: Ground,
  batch: UsageBatch,
  row: number,
  under: {
    readonly service: number
    readonly subscription: number
    readonly prices: readonly PricedMeter[]
    readonly period: number
    readonly startMs: number
  },
): readonly LocatedUse[] | Fault {
  const { service, subscription, prices, period, startMs } = under
  const uses: LocatedUse[] = []
  for (const meter of prices) {
    const values = attributesAt(batch, row, meter)
    if (!isRead(meter.price, values)) continue
    // A batch that was decoded before the meter existed has no column for it.
    const quantity = meter.slot < batch.width ? (batch.quantities[row * batch.width + meter.slot] as bigint) : ABSENT
    if (quantity === ABSENT) {
      if (meter.price.meter.optional === true) continue
      return ['missing_field', `data.${meter.price.meter.property}`]
    }
    const located = meter.price.isAdditive
      ? locateUse(state, service, subscription, meter, period, startMs, quantity, values)
      : locateObserved(state, service, subscription, meter, period, startMs, quantity, values, textAt(batch.data, row))
    if (isFault(located)) return located
    if (Array.isArray(located)) uses.push(...(located as LocatedUse[]))
    else uses.push(located as LocatedUse)
  }
  return uses.length === 0 ? UNREAD : uses
}

/** The service of a key at a time, and the subscription that prices a type of usage for it. */
export function locateService(
  state: PartitionState,
  hash: Uint32Array,
  at: number,
  key: string,
  type: string,
  startMs: number,
): { service: number; subscription: number; prices: readonly PricedMeter[] } | Fault {
  const service = state.definitions.services.find(hash, at, startMs)
  if (service === NONE) return ['unknown_service', `service: ${key}`]
  const subscription = findSubscription(state, service, startMs, type)
  if (subscription === NONE) return ['no_subscription', `service: ${key}`]
  const plan = state.definitions.subscriptions.planAt(subscription, service, startMs)
  if (plan === PAUSED) return ['paused', `service: ${key}`]
  const prices = state.definitions.pricesFor(plan, type)
  if (prices === undefined) return ['no_price', `the plan has no price for ${type}`]
  return { service, subscription, prices }
}

/**
 * One whose plan prices this type goes first; then one to the service itself; then the oldest. One that rests is found
 * where there is no other.
 */
function findSubscription({ definitions }: PartitionState, service: number, startMs: number, type: string): number {
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
  service: number,
  subscription: number,
  meter: PricedMeter,
  period: number,
  startMs: number,
  quantity: bigint,
  values: readonly string[],
): LocatedUse | Fault {
  const { counters, definitions } = state
  const located = locateCell(state, service, subscription, meter, period, startMs, values)
  if (isFault(located)) return located
  const { cell } = located
  const place = counters.place(subscription, cell, period, definitions.subscriptions.recentCounter(subscription))
  definitions.subscriptions.setRecentCounter(subscription, place)
  return useAt(state, located, place, period, quantity, null)
}

/** What an observation does under one price: to its counter, and to later ones that begin with it. */
function locateObserved(
  state: Ground,
  service: number,
  subscription: number,
  meter: PricedMeter,
  period: number,
  startMs: number,
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
  const chain = { subscription, cell, meter: price.meter, calendar: definitions.calendar(service) }
  const changes = locateSeries(state, chain, place, period, toObservation(price.meter, value, startMs, data))
  if (isFault(changes)) return changes
  const uses: LocatedUse[] = []
  for (const change of changes as SeriesChange[]) {
    const use = useAt(state, located, change.place, change.period, change.change, change)
    if (isFault(use)) return use
    uses.push(use)
  }
  return uses
}

function useAt(
  { counters }: Ground,
  { meter, cellAt, cell }: LocatedCell,
  place: number,
  period: number,
  quantity: bigint,
  observed: LocatedUse['observed'],
): LocatedUse | Fault {
  const { price } = meter
  const rate = price.cells[cellAt] as Cell
  const before = counters.aggregate(place)
  const billed = billedQuantity(rate, quantity)
  const sessions = isRatedUse(rate, quantity, billed) ? 1n : 0n
  const after = accumulate(rate, before, { quantity: billed, sessions })
  const amountAfter = chargedAmount(price, rate, after)
  const fits = isInt64(amountAfter) && (after.length === 1 ? isInt64(after[0] as bigint) : after.every(isInt64))
  if (!fits) return ['out_of_range', `price ${price.price.code}: the period's total passes 64 bits`]
  return { meter, cellAt, cell, place, period, quantity, observed, after, amountAfter }
}
