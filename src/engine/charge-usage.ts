import { MAX_INT64 } from '../core/base/quantity.ts'
import type { SuspenseReason } from '../core/mediation/suspense-reason.ts'
import { ABSENT, type UsageBatch } from '../core/mediation/usage-batch.ts'
import { accumulate, chargedAmount } from '../core/rating/compiled-price.ts'
import { NO_CELL } from '../core/rating/cell-selector.ts'
import type { Aggregate } from '../core/rating/price-model.ts'
import type { AccountState, SubscriptionState } from './definitions.ts'
import type { FactsBuilder } from './facts-builder.ts'
import type { IdentifiedRecord, PartitionState } from './partition-state.ts'

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
  readonly identity: IdentifiedRecord
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

function identityOf(batch: UsageBatch, row: number): IdentifiedRecord {
  const rejected = batch.rejections.get(row)
  const id = batch.id[row] as string
  const source = batch.source[row] as string
  const startMs = batch.startMs[row] as number
  const endMs = batch.endMs[row] as number
  if (rejected !== undefined) {
    // A record that could not be read fully is known by its text, and by nothing else where it has no id.
    const name = id === '' || source === '' ? { id: rejected.record, source: '' } : { id, source }
    return { ...name, service: '', type: '', data: rejected.record, startMs: 0, endMs: Number.NaN }
  }
  const service = batch.service[row] as string
  return { id, source, service, type: batch.type[row] as string, data: batch.data[row] as string, startMs, endMs }
}

/**
 * Decides a batch of usage against a partition's memory, record by record, in order: each is charged, put in suspense
 * or recognised as a repetition. Facts go to `facts`, memory is changed at once; the caller commits before it answers.
 */
export function chargeUsage(
  state: PartitionState,
  batch: UsageBatch,
  acceptance: Acceptance,
  facts: FactsBuilder,
): SuspendedRecord[] {
  const suspended: SuspendedRecord[] = []
  for (let row = 0; row < batch.count; row++) {
    facts.counts.received++
    const identity = identityOf(batch, row)
    const status = state.identify(identity)
    if (status === 'charged' || status === 'suspended') {
      facts.counts.duplicates++
      continue
    }
    let fault: Fault | null
    if (status === 'new') fault = decideRecord(state, batch, row, identity, acceptance, facts)
    else if (state.identifyConflict(identity) === 'new') fault = CONFLICT
    else {
      facts.counts.duplicates++
      continue
    }
    state.remember(fault !== null)
    if (fault === null) facts.counts.charged++
    else {
      facts.counts.suspended++
      suspended.push(suspend(state, batch, row, identity, fault))
    }
  }
  return suspended
}

/**
 * Decides records that come out of suspense: their identities are known and their arrival was counted. Those that
 * still cannot be charged are returned, with the reason of today.
 */
export function rechargeSuspended(
  state: PartitionState,
  batch: UsageBatch,
  acceptance: Acceptance,
  facts: FactsBuilder,
): SuspendedRecord[] {
  const suspended: SuspendedRecord[] = []
  for (let row = 0; row < batch.count; row++) {
    const identity = identityOf(batch, row)
    const status = state.identify(identity)
    const isCharged = status === 'charged' || status === 'charged_other_body'
    const fault = isCharged ? CONFLICT : decideRecord(state, batch, row, identity, acceptance, facts)
    if (fault === null) {
      state.remember(false)
      facts.counts.recycled++
    } else suspended.push(suspend(state, batch, row, identity, fault))
  }
  return suspended
}

const CONFLICT: Fault = ['identity_conflict', 'the same source and id stand for another body']

function suspend(
  state: PartitionState,
  batch: UsageBatch,
  row: number,
  identity: IdentifiedRecord,
  [reason, detail]: Fault,
): SuspendedRecord {
  const record = batch.rejections.get(row)?.record ?? toJson(identity)
  return { row, reason, detail, record, identity, fingerprint: state.fingerprint() }
}

function toJson({ id, source, service, type, startMs, endMs, data }: IdentifiedRecord): string {
  const time = new Date(startMs).toISOString()
  const end = Number.isNaN(endMs) ? undefined : new Date(endMs).toISOString()
  return `${JSON.stringify({ id, source, service, type, time, end }).slice(0, -1)},"data":${data}}`
}

/** Charges one record, or says why not; nothing is changed unless all of its charges can be made. */
function decideRecord(
  state: PartitionState,
  batch: UsageBatch,
  row: number,
  identity: IdentifiedRecord,
  acceptance: Acceptance,
  facts: FactsBuilder,
): Fault | null {
  const rejected = batch.rejections.get(row)
  if (rejected !== undefined) return [rejected.reason, rejected.detail]
  const { startMs } = identity
  if (startMs > acceptance.nowMs + CLOCK_TOLERANCE_MS) return ['future', `time: ${new Date(startMs).toISOString()}`]
  if (startMs < acceptance.nowMs - acceptance.windowMs) return ['too_old', `time: ${new Date(startMs).toISOString()}`]
  const service = state.definitions.findService(identity.service, startMs)
  if (service === undefined) return ['unknown_service', `service: ${identity.service}`]
  const subscription = subscriptionFor(service.account, service.id, identity)
  if (subscription === undefined) return ['no_subscription', `service: ${identity.service}`]
  const planned = planCharges(state, batch, row, service.account, subscription, identity)
  if (isFault(planned)) return planned
  facts.addRecord(identity, subscription.id)
  for (const charge of planned) applyCharge(state, charge, facts)
  return null
}

function isFault(result: readonly PlannedCharge[] | Fault): result is Fault {
  return typeof result[0] === 'string'
}

/** A subscription to the service itself goes before one that covers all services of the account. */
function subscriptionFor(account: AccountState, serviceId: string, { startMs, type }: IdentifiedRecord): SubscriptionState | undefined {
  let found: SubscriptionState | undefined
  for (const candidate of account.subscriptions) {
    if (startMs < candidate.fromMs || startMs >= candidate.untilMs) continue
    if (candidate.serviceId !== null && candidate.serviceId !== serviceId) continue
    if (found === undefined || rank(candidate, type) > rank(found, type)) found = candidate
  }
  return found
}

function rank(subscription: SubscriptionState, type: string): number {
  return (subscription.pricesByType.has(type) ? 2 : 0) + (subscription.serviceId === null ? 0 : 1)
}

function planCharges(
  state: PartitionState,
  batch: UsageBatch,
  row: number,
  account: AccountState,
  subscription: SubscriptionState,
  identity: IdentifiedRecord,
): PlannedCharge[] | Fault {
  const prices = subscription.pricesByType.get(identity.type)
  if (prices === undefined) return ['no_price', `the plan has no price for ${identity.type}`]
  const period = account.calendar.periodOf(identity.startMs)
  const charges: PlannedCharge[] = []
  for (const meter of prices) {
    const quantity = batch.quantities[row * batch.width + meter.slot] as bigint
    if (quantity === ABSENT) return ['missing_field', `data.${meter.price.meter.property}`]
    const cellAt = meter.price.selector.cellAt(identity.startMs, account.clock)
    if (cellAt === NO_CELL) return ['no_price', `price ${meter.price.price.code} has no rate for this time`]
    const cell = meter.price.cells[cellAt] as (typeof meter.price.cells)[number]
    const place = state.counters.place(subscription.index, meter.cells[cellAt] as number, period)
    const before = state.counters.aggregate(place)
    const after = accumulate(cell, before, { quantity })
    const amountAfter = chargedAmount(meter.price, cell, after)
    const fits = (after[0] as bigint) <= MAX_INT64 && amountAfter <= MAX_INT64 && amountAfter >= -MAX_INT64
    if (!fits) return ['out_of_range', `price ${meter.price.price.code}: the period's total passes 64 bits`]
    charges.push({ cell: meter.cells[cellAt] as number, place, period, before, after, amountAfter })
  }
  return charges
}

function applyCharge(state: PartitionState, charge: PlannedCharge, facts: FactsBuilder): void {
  const { counters, definitions } = state
  const amount = charge.amountAfter - (counters.columns.amount[charge.place] as bigint)
  const increases = charge.after.map((measure, index) => measure - (charge.before[index] as bigint))
  const name = definitions.cellNames[charge.cell] as (typeof definitions.cellNames)[number]
  facts.addCharge(charge.cell, name, charge.period, increases, amount)
  counters.update(charge.place, charge.after, amount + (counters.columns.amount[charge.place] as bigint))
}
