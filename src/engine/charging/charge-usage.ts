import type { SuspenseReason } from '../../core/mediation/suspense-reason.ts'
import { textAt, valueAt } from '../../core/mediation/text-column.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { NewEvent } from '../../platform/events/event-type.ts'
import { TOUCHED_AHEAD } from '../columnar/touched.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { type Fault, isFault } from '../rating/fault.ts'
import { type Acceptance, locateRecord } from '../rating/locate-record.ts'
import { findAccountSession } from './account-session.ts'
import { chargeAccount } from './charge-account.ts'
import { prefetch } from './prefetch.ts'
import { recordCharge, stepAlone } from './record-charge.ts'
import { eventsOf } from './watch-thresholds.ts'

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
  readonly events: NewEvent[]
  /** Rows of records that came again while they wait in suspense: the first of them. */
  readonly waiting: number[]
}

/** Of rows that came again while they wait in suspense, the first 100 are named; all of them are counted. */
const MAX_WAITING = 100

/**
 * Decides rows of a batch of usage, record by record, in order: each is charged, put in suspense or recognised as a
 * repetition. Facts go to `facts`, memory is changed at once; the caller commits before it answers.
 */
export function chargeUsage(decision: Decision, from: number, until: number): void {
  const { state, batch, facts } = decision
  for (let row = from; row < until; row++) {
    if (row % TOUCHED_AHEAD === 0) prefetch(state, batch, row)
    facts.counts.received++
    const status = state.identify(batch, row)
    let fault: Fault | null = null
    if (status === 'new') fault = decideRecord(decision, row)
    else if (status !== 'charged' && status !== 'suspended' && state.identifyConflict() === 'new') fault = CONFLICT
    else {
      facts.counts.duplicates++
      if (status === 'suspended' && decision.waiting.length < MAX_WAITING) decision.waiting.push(row)
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
 * Decides rows of records that come out of suspense: their identities are known and their arrival was counted. Those that
 * still cannot be charged are named again, with the reason of today.
 */
export function rechargeSuspended(decision: Decision, from: number, until: number): void {
  const { state, batch, facts } = decision
  for (let row = from; row < until; row++) {
    const status = state.identify(batch, row)
    const isCharged = status === 'charged' || status === 'charged_other_body'
    const fault = isCharged ? CONFLICT : decideRecord(decision, row)
    if (fault === null) {
      state.rememberCharged()
      facts.counts.recycled++
    } else decision.suspended.push(suspend(decision, row, fault))
  }
}

export const CONFLICT: Fault = ['identity_conflict', 'the same source and id stand for another body']

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
  const startMs = batch.startMs[row] as number
  const located = locateRecord(decision, row, startMs)
  if (isFault(located)) return located
  const { service, subscription, uses } = located
  const work = findAccountSession(state, facts, service, subscription, startMs, acceptance.nowMs)
  facts.addRecord(batch, row, service, subscription)
  if (work === null) {
    for (const use of uses) recordCharge(state, facts, use, stepAlone(state, use, uses))
    return null
  }
  chargeAccount(state, facts, work, subscription, uses, startMs)
  decision.events.push(...eventsOf(work))
  return null
}
