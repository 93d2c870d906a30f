import { MAX_INT64 } from '../core/base/quantity.ts'
import type { SuspenseReason } from '../core/mediation/suspense-reason.ts'
import { textAt, valueAt } from '../core/mediation/text-column.ts'
import { ABSENT, type UsageBatch } from '../core/mediation/usage-batch.ts'
import { NO_CELL } from '../core/rating/cell-selector.ts'
import { accumulate, chargedAmount } from '../core/rating/compiled-price.ts'
import type { Aggregate } from '../core/rating/price-model.ts'
import type { CellName, PricedMeter } from './definitions.ts'
import type { FactsBuilder } from './facts-builder.ts'
import type { PartitionState } from './partition-state.ts'
import { NONE } from './service-directory.ts'

/** Records may be dated this far ahead of the clock before they count as from the future. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

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

interface PlannedCharge {
  readonly cell: number
  readonly place: number
  readonly period: number
  readonly before: Aggregate
  readonly after: Aggregate
  readonly amountAfter: bigint
}

type Fault = readonly [SuspenseReason, string]

/** A batch being decided against a partition's memory. */
interface Decision {
  readonly state: PartitionState
  readonly batch: UsageBatch
  readonly acceptance: Acceptance
  readonly facts: FactsBuilder
}

/**
 * Decides a batch of usage, record by record, in order: each is charged, put in suspense or recognised as a
 * repetition. Facts go to `facts`, memory is changed at once; the caller commits before it answers.
 */
export function chargeUsage(decision: Decision): SuspendedRecord[] {
  const { state, batch, facts } = decision
  const suspended: SuspendedRecord[] = []
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
      state.remember(false)
      facts.counts.charged++
    } else {
      facts.counts.suspended++
      const record = suspend(decision, row, fault)
      state.rememberSuspended(record.fingerprint)
      suspended.push(record)
    }
  }
  return suspended
}

/**
 * Decides records that come out of suspense: their identities are known and their arrival was counted. Those that
 * still cannot be charged are returned, with the reason of today.
 */
export function rechargeSuspended(decision: Decision): SuspendedRecord[] {
  const { state, batch, facts } = decision
  const suspended: SuspendedRecord[] = []
  for (let row = 0; row < batch.count; row++) {
    const status = state.identify(batch, row)
    const isCharged = status === 'charged' || status === 'charged_other_body'
    const fault = isCharged ? CONFLICT : decideRecord(decision, row)
    if (fault === null) {
      state.remember(false)
      facts.counts.recycled++
    } else suspended.push(suspend(decision, row, fault))
  }
  return suspended
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

/** Charges one record, or says why not; nothing is changed unless all of its charges can be made. */
function decideRecord(decision: Decision, row: number): Fault | null {
  const { state, batch, acceptance, facts } = decision
  if (batch.rejections.size > 0) {
    const rejected = batch.rejections.get(row)
    if (rejected !== undefined) return [rejected.reason, rejected.detail]
  }
  const startMs = batch.startMs[row] as number
  if (startMs > acceptance.nowMs + CLOCK_TOLERANCE_MS) return ['future', `time: ${new Date(startMs).toISOString()}`]
  if (startMs < acceptance.nowMs - acceptance.windowMs) return ['too_old', `time: ${new Date(startMs).toISOString()}`]
  const { services } = state.definitions
  const service = services.find(batch.serviceHash, row * 4, startMs)
  if (service === NONE) return ['unknown_service', `service: ${textAt(batch.service, row)}`]
  const type = valueAt(batch.type, row)
  const subscription = findSubscription(state, service, startMs, type)
  if (subscription === NONE) return ['no_subscription', `service: ${textAt(batch.service, row)}`]
  const prices = state.definitions.pricesFor(subscription, type)
  if (prices === undefined) return ['no_price', `the plan has no price for ${type}`]
  const period = state.definitions.calendar(service).periodOf(startMs)
  if (prices.length === 1) {
    const planned = planCharge(decision, row, service, subscription, prices[0] as PricedMeter, period)
    if (isFault(planned)) return planned
    facts.addRecord(batch, row, service, subscription)
    applyCharge(state, planned, facts)
    return null
  }
  const planned: PlannedCharge[] = []
  for (const meter of prices) {
    const charge = planCharge(decision, row, service, subscription, meter, period)
    if (isFault(charge)) return charge
    planned.push(charge)
  }
  facts.addRecord(batch, row, service, subscription)
  for (const charge of planned) applyCharge(state, charge, facts)
  return null
}

function isFault(result: PlannedCharge | Fault): result is Fault {
  return Array.isArray(result)
}

/** One whose plan prices this type goes first; then one to the service itself; then the oldest. */
function findSubscription({ definitions }: PartitionState, service: number, startMs: number, type: string): number {
  const { services, subscriptions } = definitions
  let [found, foundRank] = [NONE, NONE]
  for (
    let candidate = services.firstSubscription(service);
    candidate !== NONE;
    candidate = subscriptions.next(candidate)
  ) {
    if (!subscriptions.covers(candidate, service, startMs)) continue
    const rank =
      (definitions.pricesFor(candidate, type) === undefined ? 0 : 2) + (subscriptions.isOfOneService(candidate) ? 1 : 0)
    if (rank >= foundRank) [found, foundRank] = [candidate, rank]
  }
  return found
}

function planCharge(
  decision: Decision,
  row: number,
  service: number,
  subscription: number,
  meter: PricedMeter,
  period: number,
): PlannedCharge | Fault {
  const { state, batch } = decision
  const { counters, definitions } = state
  const { price } = meter
  // A batch that was decoded before the meter existed has no column for it.
  const isRead = meter.slot < batch.width
  const quantity = isRead ? (batch.quantities[row * batch.width + meter.slot] as bigint) : ABSENT
  if (quantity === ABSENT) return ['missing_field', `data.${price.meter.property}`]
  const cellAt = price.selector.cellAt(batch.startMs[row] as number, definitions.clock(service))
  if (cellAt === NO_CELL) return ['no_price', `price ${price.price.code} has no rate for this time`]
  const cell = price.cells[cellAt] as (typeof price.cells)[number]
  const cellNumber = meter.cells[cellAt] as number
  const place = counters.place(subscription, cellNumber, period, definitions.subscriptions.recentCounter(subscription))
  definitions.subscriptions.setRecentCounter(subscription, place)
  const before = counters.aggregate(place)
  const after = accumulate(cell, before, { quantity })
  const amountAfter = chargedAmount(price, cell, after)
  const fits = (after[0] as bigint) <= MAX_INT64 && amountAfter <= MAX_INT64 && amountAfter >= -MAX_INT64
  if (!fits) return ['out_of_range', `price ${price.price.code}: the period's total passes 64 bits`]
  return { cell: cellNumber, place, period, before, after, amountAfter }
}

function applyCharge(state: PartitionState, charge: PlannedCharge, facts: FactsBuilder): void {
  const { counters, definitions } = state
  const { place, before, after, amountAfter } = charge
  const increases = after.map((measure, index) => measure - (before[index] as bigint))
  const name = definitions.cellNames[charge.cell] as CellName
  facts.addCharge(charge.cell, name, charge.period, increases, amountAfter - counters.amount(place))
  counters.update(place, after, amountAfter)
}
