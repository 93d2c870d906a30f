import { present } from '../../core/base/assert.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { NewEvent } from '../../platform/events/event-type.ts'
import { type AccountSession, findAccountSession, openAccountSession } from '../charging/account-session.ts'
import { type Change, changeText } from '../journal/change.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import { REFUND } from '../journal/online-request.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { assertSame, type CommitHook, type Write } from '../partition/commands.ts'
import { isFault } from '../rating/fault.ts'
import type { Acceptance } from '../rating/locate-record.ts'
import type { LocatedUse } from '../rating/located-use.ts'
import { bookRow } from './book-changes.ts'
import type { PlannedRow } from './counter-change.ts'
import { effectiveUses } from './effective-uses.ts'
import { LiveBooks, type Payment, settle } from './live-books.ts'
import {
  type CorrectionItem,
  hasSeries,
  locateReplacement,
  type Place,
  type Refused,
  tryReplacement,
} from './locate-replacement.ts'
import { rebook } from './rebook.ts'
import { Reversals } from './reverse.ts'
import type { SeriesInputs } from './series-inputs.ts'

export interface Correction {
  readonly batch: UsageBatch
  readonly items: readonly CorrectionItem[]
  readonly change: Omit<Change, 'part'>
  readonly acceptance: Acceptance
  readonly commitHook?: CommitHook<CorrectionOutcome>
  readonly isHookNeeded?: (outcome: CorrectionOutcome) => boolean
}

/** What became of a record: why it stays as it was, or what it is charged now and how much more that is. */
type CorrectedItem =
  | { readonly fault: readonly [reason: string, detail: string] }
  | { readonly fault: null; readonly amount: bigint; readonly difference: bigint }

export interface CorrectionOutcome {
  readonly items: readonly CorrectedItem[]
  readonly events: readonly NewEvent[]
}

/**
 * Takes back what records were charged and charges them anew, in two rows of the journal side by side. A record that
 * cannot be rebooked stays as it was.
 * @param memory that was current when the records were read: after a restart of the partition they are read again.
 */
export function correctionWrite(
  correction: Correction,
  memory: PartitionState,
  seriesInputs: SeriesInputs,
): Write<CorrectionOutcome> {
  const { items, commitHook, isHookNeeded } = correction
  return {
    weight: items.length * 2,
    commitHook,
    isHookNeeded,
    decide(state, facts) {
      assertSame(state, memory)
      const corrector = new Corrector(state, facts, correction, seriesInputs)
      return { items: items.map((item) => corrector.correct(item)), events: corrector.events }
    },
  }
}

/** A row of the batch as a row of the journal. */
interface RecordRow {
  readonly row: number
  readonly service: number
  readonly subscription: number
  readonly startMs: number
  readonly endMs: number
}

class Corrector {
  readonly events: NewEvent[] = []
  private readonly state: PartitionState
  private readonly facts: FactsBuilder
  private readonly correction: Correction
  private readonly seriesInputs: SeriesInputs
  private readonly reversals: Reversals

  constructor(state: PartitionState, facts: FactsBuilder, correction: Correction, seriesInputs: SeriesInputs) {
    this.state = state
    this.facts = facts
    this.correction = correction
    this.seriesInputs = seriesInputs
    this.reversals = new Reversals(state, seriesInputs)
  }

  correct(item: CorrectionItem): CorrectedItem {
    const { state, facts, seriesInputs } = this
    const { batch, acceptance } = this.correction
    const { effective, replacement, row } = item
    const { source, id, subscriptionId, startMs, endMs } = effective
    if (item.refundSeq !== undefined && state.segmentOf(source, `${id}${REFUND}`) !== item.refundSeq)
      return { fault: ['refunded', `record ${id} was given back`] }
    const old = effectiveUses(state, batch, row, effective)
    const found =
      replacement === null ? null : tryReplacement(state, { batch, acceptance, seriesInputs }, item, replacement, old)
    if (isRefused(found)) return { fault: found }
    const { subscriptions, services } = state.definitions.parties
    const subscription = subscriptions.numberOf(subscriptionId)
    const account = present(subscriptions.accountOf(subscription), 'an account')
    const work = state.book.has(account) ? openAccountSession(state, facts, account, acceptance.nowMs) : null
    const service = services.find(batch.serviceHash, row * 4, startMs)
    const isRepriced = replacement !== null && replacement.plan !== null
    const payment = work === null ? null : { work, subscription, startMs }
    const place = { row, service, subscription, startMs, endMs }
    const back = this.book(this.reversals.reverse(subscriptionId, old, isRepriced), place, payment)
    const use = old[0]?.use
    if (replacement === null || found === null) {
      this.settle(payment, use, back)
      return { fault: null, amount: 0n, difference: back }
    }
    const isSame = found.account === account
    if (!isSame) this.settle(payment, use, back)
    // What a series makes of the replacement is known when the record is out of it.
    const anew = hasSeries(old, found.uses) ? locateReplacement(state, { batch, acceptance }, item, replacement) : found
    if (isFault(anew)) throw new Error(`record ${id} was tried and cannot be charged: ${anew[1]}`)
    const payer = isRepriced ? (isSame ? work : null) : this.accountOf(anew)
    const newPayment = payer === null ? null : { work: payer, subscription: anew.subscription, startMs: anew.startMs }
    const newPlace = { ...anew, row: replacement.row, endMs: batch.endMs[replacement.row] as number }
    const amount = this.book([rebook(isRepriced ? old : null, anew.uses)], newPlace, newPayment)
    this.settle(newPayment, anew.uses[0], amount + (isSame && work !== null ? back : 0n))
    return { fault: null, amount, difference: back + amount }
  }

  private accountOf({ service, subscription, startMs }: Place): AccountSession | null {
    const { nowMs } = this.correction.acceptance
    return findAccountSession(this.state, this.facts, service, subscription, startMs, nowMs)
  }

  /** Books planned rows of a record. @returns the change of the charged amounts. */
  private book(rows: readonly PlannedRow[], place: RecordRow, payment: Payment | null): bigint {
    const { state, facts, correction } = this
    const { batch, change } = correction
    const { row, service, subscription, startMs, endMs } = place
    let amount = 0n
    for (const planned of rows) {
      facts.addRecord(batch, row, service, subscription, startMs, endMs)
      facts.markChange(changeText({ ...change, part: planned.part }))
      amount += bookRow(state, planned, new LiveBooks(state, facts, payment))
    }
    state.rememberCorrected(batch, row)
    return amount
  }

  private settle(payment: Payment | null, use: LocatedUse | undefined, difference: bigint): void {
    if (payment !== null && use !== undefined) this.events.push(...settle(this.state, payment, use, difference))
  }
}

function isRefused(found: Place | Refused | null): found is Refused {
  return Array.isArray(found)
}
