import { present } from '../../core/base/assert.ts'
import { toDayNumber } from '../../core/base/period.ts'
import { Mover } from '../../core/charging/takes.ts'
import { planUnits, settleDifference, toUnitScale } from '../../core/charging/use.ts'
import { valueAt } from '../../core/mediation/text-column.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { NewEvent } from '../../platform/events/event-type.ts'
import { type AccountAtWork, accountAtWork, findAccountAtWork } from '../charging/account-at-work.ts'
import { contextOf, holdAgain } from '../charging/charge-account.ts'
import { type CarriedUse, recordCharge } from '../charging/record-charge.ts'
import { eventsOf } from '../charging/watch-thresholds.ts'
import type { PlanInPhase } from '../definitions/definitions.ts'
import { type Change, changeText } from '../journal/change.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import { REFUND } from '../journal/online-request.ts'
import { copyGround } from '../memory/copy-ground.ts'
import type { Ground } from '../memory/ground.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { assertSame, type Rider, type Write } from '../partition/commands.ts'
import { type Fault, isFault } from '../rating/fault.ts'
import { findService, noPriceFor } from '../rating/find-service.ts'
import { type Acceptance, locateRecord, locateUses } from '../rating/locate-record.ts'
import { type LocatedUse, ratedCut, SessionCount } from '../rating/located-use.ts'
import { carryOver, type RatedUse, type StandingUse, standingUses, stepOn } from './rate-again.ts'
import type { Folds } from './read-folds.ts'
import { applyWithdrawn, carryFault, Withdrawal, type Withdrawn } from './refold.ts'
import type { StandingRecord } from './standing-records.ts'

/** A record to be corrected, and the rows of the batch that have it as it stands and as it shall be. */
interface CorrectionItem {
  readonly standing: StandingRecord
  readonly row: number
  /** Null retracts. A plan prices anew what was rated; without one the record is charged as if it came today. */
  readonly replacement: { readonly row: number; readonly plan: PlanInPhase | null } | null
  /** The segment in which memory has its refund, as it was looked at before; absent where refunds are corrected, too. */
  readonly refundSeq?: number | null
}

export interface Correction {
  readonly batch: UsageBatch
  readonly items: readonly CorrectionItem[]
  readonly change: Omit<Change, 'part'>
  readonly acceptance: Acceptance
  readonly rider?: Rider<CorrectionOutcome>
  readonly isRiderNeeded?: (outcome: CorrectionOutcome) => boolean
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
 * cannot be charged anew stays as it was.
 * @param memory the one that the records were read beside: what happened under another one is not known here.
 */
export function correctionWrite(
  correction: Correction,
  memory: PartitionState,
  folds: Folds,
): Write<CorrectionOutcome> {
  const { items, rider, isRiderNeeded } = correction
  return {
    weight: items.length * 2,
    rider,
    isRiderNeeded,
    decide(state, facts) {
      assertSame(state, memory)
      const corrector = new Corrector(state, facts, correction, folds)
      return { items: items.map((item) => corrector.correct(item)), events: corrector.events }
    },
  }
}

/** Whose balances a part of a correction is about, and as whose use. */
interface Payment {
  readonly work: AccountAtWork
  readonly subscription: number
  readonly use: LocatedUse
  readonly startMs: number
}

class Corrector {
  readonly events: NewEvent[] = []
  private readonly state: PartitionState
  private readonly facts: FactsBuilder
  private readonly correction: Correction
  private readonly folds: Folds
  private readonly withdrawal: Withdrawal

  constructor(state: PartitionState, facts: FactsBuilder, correction: Correction, folds: Folds) {
    this.state = state
    this.facts = facts
    this.correction = correction
    this.folds = folds
    this.withdrawal = new Withdrawal(state, folds)
  }

  correct(item: CorrectionItem): CorrectedItem {
    const { state } = this
    const { standing, replacement } = item
    const { definitions } = state
    const { source, id } = standing
    if (item.refundSeq !== undefined && state.segmentOf(source, `${id}${REFUND}`) !== item.refundSeq)
      return { fault: ['refunded', `record ${id} was given back`] }
    const old = standingUses(state, this.correction.batch, item.row, standing)
    const found = replacement === null ? null : this.tryReplacement(item, old)
    if (isRefused(found)) return { fault: found }
    const subscription = definitions.subscriptions.numberOf(standing.subscriptionId)
    const account = present(definitions.subscriptions.accountOf(subscription), 'an account')
    const hasBalances = state.book.has(account)
    const work = hasBalances ? accountAtWork(state, this.facts, account, this.correction.acceptance.nowMs) : null
    const back = this.takeBack(item, old, work, subscription)
    const payment = this.paymentOf(work, subscription, old[0]?.use, standing.startMs)
    if (found === null) {
      this.settle(payment, back)
      return { fault: null, amount: 0n, difference: back }
    }
    const isSame = found.account === account
    if (!isSame) this.settle(payment, back)
    // What a series makes of the replacement is known when the record is out of it.
    const place = hasSeries(old, found.uses) ? this.locate(item, state) : found
    if (isFault(place)) throw new Error(`record ${standing.id} was tried and cannot be charged: ${place[1]}`)
    const amount = this.chargeAnew(item, old, place, isSame && work !== null ? { work, back } : null)
    return { fault: null, amount, difference: back + amount }
  }

  /** Where the replacement would be charged; tried without the record, where it is part of a series. */
  private tryReplacement(item: CorrectionItem, old: readonly StandingUse[]): Place | Refused {
    const found = this.locate(item, this.state)
    const uses = isFault(found) ? [] : found.uses
    if (!hasSeries(old, uses)) return found
    if ((item.replacement?.plan ?? null) !== null) return carryFault([...old.map(({ use }) => use), ...uses]) ?? found
    const target = this.subscriptionOf(item)
    // Where the record goes to another subscription, taking it out of this one mends nothing.
    if (target !== item.standing.subscriptionId && isFault(found)) return found
    const ground = copyGround(this.state, new Set([item.standing.subscriptionId, target]))
    const standing = standingUses(ground, this.correction.batch, item.row, item.standing)
    applyWithdrawn(ground, new Withdrawal(ground, this.folds).of(item.standing.subscriptionId, standing))
    return this.locate(item, ground)
  }

  /** The subscription that the replacement goes to; its own where there is none. */
  private subscriptionOf({ standing, replacement }: CorrectionItem): string {
    const { batch } = this.correction
    const { row } = present(replacement, 'a replacement')
    const type = valueAt(batch.type, row)
    const startMs = batch.startMs[row] as number
    const { definitions } = this.state
    const found = findService(definitions, batch.serviceHash, row * 4, type, startMs)
    return isFault(found) ? standing.subscriptionId : definitions.subscriptions.idOf(found.subscription)
  }

  /** Where the replacement will be charged. */
  private locate({ row, standing, replacement }: CorrectionItem, ground: Ground): Place | Fault {
    const { batch, acceptance } = this.correction
    const { row: newRow, plan } = present(replacement, 'a replacement')
    const { definitions } = ground
    const startMs = batch.startMs[newRow] as number
    if (plan === null) {
      const found = locateRecord({ state: ground, batch, acceptance }, newRow, startMs)
      return isFault(found) ? found : { ...found, account: definitions.services.accountOf(found.service), startMs }
    }
    const service = definitions.services.find(batch.serviceHash, row * 4, startMs)
    if (service < 0) return ['unknown_service', `service: ${standing.service}`]
    const subscription = definitions.subscriptions.numberOf(standing.subscriptionId)
    const uses = usesUnder(ground, batch, newRow, { standing, service, subscription, plan })
    const account = present(definitions.subscriptions.accountOf(subscription), 'an account')
    return isFault(uses) ? uses : { service, subscription, uses, account, startMs }
  }

  /** @returns the change of the charged amounts. */
  private takeBack(
    { standing, row, replacement }: CorrectionItem,
    old: readonly StandingUse[],
    work: AccountAtWork | null,
    subscription: number,
  ): bigint {
    const { state, facts, correction } = this
    const service = state.definitions.services.find(correction.batch.serviceHash, row * 4, standing.startMs)
    const isRepriced = replacement !== null && replacement.plan !== null
    const { own, behind } = this.withdrawal.of(standing.subscriptionId, old)
    let sum = 0n
    const record = (part: Change['part'], changes: readonly Withdrawn[], records: -1 | 0): void => {
      facts.addRecord(correction.batch, row, service, subscription, standing.startMs, standing.endMs)
      facts.markChange(changeText({ ...correction.change, part }))
      for (const change of changes) {
        const step = change.step()
        const carried = recordCharge(state, facts, change.use, step, records)
        const payment = this.paymentOf(work, subscription, change.use, standing.startMs)
        sum += step.amount + this.afterCharge(payment, carried)
        if (payment === null) continue
        if (!isRepriced || !change.use.meter.price.isAdditive) this.giveUnitsBack(payment, change)
      }
    }
    if (behind.length > 0) record('carried_on', behind, 0)
    record('taken_back', own, -1)
    state.rememberCorrected(correction.batch, row)
    return sum
  }

  /** @returns what the replacement is charged. */
  private chargeAnew(
    item: CorrectionItem,
    old: readonly StandingUse[],
    { service, subscription, uses, startMs }: Place,
    before: { work: AccountAtWork; back: bigint } | null,
  ): bigint {
    const { state, facts, correction } = this
    const { batch, acceptance } = correction
    const { row, plan } = present(item.replacement, 'a replacement')
    const isRepriced = plan !== null
    const work = isRepriced
      ? (before?.work ?? null)
      : findAccountAtWork(state, facts, service, subscription, startMs, acceptance.nowMs)
    facts.addRecord(batch, row, service, subscription, startMs, batch.endMs[row])
    facts.markChange(changeText({ ...correction.change, part: 'charged_anew' }))
    let sum = 0n
    const sessions = new SessionCount()
    const carried = isRepriced ? carryOver(old, uses) : []
    for (const [index, use] of uses.entries()) {
      const payment = this.paymentOf(work, subscription, use, startMs)
      const isCarried = isRepriced && use.meter.price.isAdditive
      const rated = isCarried ? (carried[index] as RatedUse) : this.takeUnits(payment, use, sessions)
      const step = stepOn(state, use, rated)
      sum += step.amount + this.afterCharge(payment, recordCharge(state, facts, use, step))
    }
    state.rememberCorrected(batch, row)
    this.settle(this.paymentOf(work, subscription, uses[0], startMs), sum + (before?.back ?? 0n))
    return sum
  }

  private paymentOf(
    work: AccountAtWork | null,
    subscription: number,
    use: LocatedUse | undefined,
    startMs: number,
  ): Payment | null {
    return work === null || use === undefined ? null : { work, subscription, use, startMs }
  }

  private moverOf({ work, subscription, use, startMs }: Payment): {
    context: ReturnType<typeof contextOf>
    mover: Mover
  } {
    const context = contextOf(this.state, work, subscription, use, startMs)
    return { context, mover: new Mover(work.sink, context) }
  }

  /** Money of a correction moves once, as much as the charges differ: what was paid is not paid anew by other lots. */
  private settle(payment: Payment | null, difference: bigint): void {
    if (payment === null) return
    const { context, mover } = this.moverOf(payment)
    settleDifference(difference, payment.work.payers, context, mover)
    this.events.push(...eventsOf(payment.work))
  }

  /** What sessions have set aside on counters that have moved. @returns what those of later plans cost more. */
  private afterCharge(payment: Payment | null, carried: readonly CarriedUse[]): bigint {
    let amount = 0n
    for (const use of carried) amount += use.amount
    if (payment === null) return amount
    const { work, subscription, startMs } = payment
    for (const use of [payment.use, ...carried]) holdAgain(this.state, work, subscription, use, startMs)
    return amount
  }

  /** Units that covered the record go back to the lots that have room for them. */
  private giveUnitsBack(payment: Payment, { use, unitsBack }: Withdrawn): void {
    if (unitsBack <= 0n) return
    const { unit, scale } = use.meter.price.meter
    this.moverOf(payment).mover.giveBackUnits(payment.work.payers, unit, toUnitScale(unitsBack, scale))
  }

  /** What balances of units do not cover of a use. */
  private takeUnits(payment: Payment | null, use: LocatedUse, sessions: SessionCount): RatedUse {
    const { billed } = use
    if (payment === null) return { quantity: billed, sessions: sessions.opened(use, billed), cut: use.cut }
    const { context, mover } = this.moverOf(payment)
    const { takes, rated } = planUnits(payment.work.payers, use.meter.price.meter, billed, context)
    mover.pay(takes)
    return { quantity: rated, sessions: sessions.opened(use, rated), cut: ratedCut(use, rated) }
  }
}

type Refused = readonly [reason: string, detail: string]

function isRefused(found: Place | Refused | null): found is Refused {
  return Array.isArray(found)
}

function hasSeries(old: readonly StandingUse[], anew: readonly LocatedUse[]): boolean {
  return [...old.map(({ use }) => use), ...anew].some(({ meter }) => !meter.price.isAdditive)
}

interface Place {
  readonly service: number
  readonly subscription: number
  readonly account: number
  readonly uses: readonly LocatedUse[]
  readonly startMs: number
}

/** The prices of another plan for a record, in the subscription and the period that it is charged to. */
export function usesUnder(
  state: Ground,
  batch: UsageBatch,
  row: number,
  to: { standing: StandingRecord; service: number; subscription: number; plan: PlanInPhase },
): readonly LocatedUse[] | Fault {
  const { standing, service, subscription, plan } = to
  const { definitions } = state
  const prices = definitions.pricesFor(definitions.numberOfPlan(plan.planVersionId, plan.phase), standing.type)
  if (prices === undefined) return noPriceFor(standing.type)
  const period = toDayNumber(present(standing.charges[0], 'a charge').periodStart)
  const { startMs, endMs } = standing
  return locateUses(state, batch, row, { service, subscription, prices, period, startMs, endMs, before: [] })
}
