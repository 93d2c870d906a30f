import { BalancePoster } from '../../core/charging/deductions.ts'
import { applyChange, planChange, toUnitScale } from '../../core/charging/use.ts'
import { valueAt } from '../../core/mediation/text-column.ts'
import { isRatedUse } from '../../core/rating/record-use.ts'
import { type AccountSession, findAccountSession } from '../charging/account-session.ts'
import { chargeAccount, contextOf, counterOf, payCarried, putPool, toMoney } from '../charging/charge-account.ts'
import type { Decision } from '../charging/charge-usage.ts'
import { prefetch } from '../charging/prefetch.ts'
import { recordCharge, stepAlone } from '../charging/record-charge.ts'
import { tryUses } from '../charging/try-uses.ts'
import { blockOf, eventsOf } from '../charging/watch-thresholds.ts'
import { TOUCHED_AHEAD } from '../columnar/touched.ts'
import type { OnlineAnswer, OnlineRequest } from '../journal/online-request.ts'
import { isFault } from '../rating/fault.ts'
import { type LocatedRecord, locateRecord } from '../rating/locate-record.ts'
import { type LocatedUse, ratedCut } from '../rating/located-use.ts'
import { decideSession } from './charge-session.ts'

/** Decides an online request on what the ones before have left. */
export function decideRequest(decision: Decision, request: OnlineRequest): OnlineAnswer {
  switch (request.op) {
    case 'event':
      if (request.row % TOUCHED_AHEAD === 0) prefetch(decision.state, decision.batch, request.row)
      return decideEvent(decision, request.row)
    case 'refund':
      return decideRefund(decision, request.row, request.refundRow)
    case 'invalid':
      return { result: 'invalid', reason: request.code, detail: request.detail }
    default:
      return decideSession(decision, request)
  }
}

const refused = (reason: string, detail: string): OnlineAnswer => ({ result: 'refused', reason, detail })

function decideEvent(decision: Decision, row: number): OnlineAnswer {
  const { state, batch, facts, acceptance } = decision
  const rejected = batch.rejections.get(row)
  if (rejected !== undefined) return { result: 'invalid', reason: rejected.reason, detail: rejected.detail }
  const status = state.identify(batch, row)
  if (status === 'charged') return repeated(decision, row, 'charged')
  if (status === 'suspended') return refused('in_suspense', 'the record came before and waits in suspense')
  if (status !== 'new') return refused('identity_conflict', 'the same source and id stand for another body')
  const startMs = batch.startMs[row] as number
  const located = locateRecord(decision, row, startMs)
  if (isFault(located)) return refused(...located)
  const { service, subscription, uses } = located
  const { barrings } = state.definitions.parties
  const barred = barrings.has(service) ? barrings.whyNot(service, valueAt(batch.type, row), acceptance.nowMs) : null
  if (barred !== null) return refused('service_blocked', barred)
  const beyond = beyondMaximumCost(uses)
  if (beyond !== null) return refused('maximum_cost_reached', `price ${beyond} grants no more than its maximum cost`)
  const account = state.definitions.parties.services.accountOf(service)
  const work = findAccountSession(state, facts, service, subscription, startMs, acceptance.nowMs)
  let amount = 0n
  if (work === null) {
    facts.addRecord(batch, row, service, subscription)
    for (const use of uses) {
      const step = stepAlone(state, use, uses)
      amount += step.amountAfter - state.counters.amount(use.place)
      for (const later of recordCharge(state, facts, use, step)) amount += later.amount
    }
  } else {
    // A period may have ended since: a threshold that was crossed in it does not block now.
    decision.events.push(...eventsOf(work))
    const block = blockOf(state, work, subscription)
    if (block !== null) return refused('blocked', block)
    const { isCovered, plan } = tryUses(state, work, subscription, uses, startMs)
    if (!isCovered) return refused('insufficient_balance', 'the balances and the credit limit do not cover it')
    facts.addRecord(batch, row, service, subscription)
    amount = chargeAccount(state, facts, work, subscription, uses, startMs, plan)
    decision.events.push(...eventsOf(work))
  }
  state.rememberCharged()
  facts.counts.received++
  facts.counts.charged++
  state.rememberAnswer(amount)
  return { result: 'charged', ...toMoney(state, account, amount) }
}

/** The price that would end an event of this quantity, had it been a session; null where all of it may be used. */
function beyondMaximumCost(uses: readonly LocatedUse[]): string | null {
  let spent = 0n
  for (const use of uses) {
    const most = use.element.sessionRules?.most ?? null
    if (!use.isContinued) spent = most?.fee ?? 0n
    if (most === null) continue
    spent += use.billed * most.unit
    if (most.afterwards === 'disconnect' && spent > most.amount) return use.meter.price.price.code
  }
  return null
}

/** The answer of the first time. Where memory has lost its amount, whoever sends the answer looks it up. */
function repeated(decision: Decision, row: number, result: 'charged' | 'refunded'): OnlineAnswer {
  const { state, batch, facts } = decision
  facts.counts.received++
  facts.counts.duplicates++
  const amount = state.recentAnswer()
  const service = state.definitions.parties.services.find(batch.serviceHash, row * 4, batch.startMs[row] as number)
  if (amount === undefined || service < 0) return { result, duplicate: true }
  const money = toMoney(state, state.definitions.parties.services.accountOf(service), amount)
  return { result, ...money, duplicate: true }
}

/** Gives an event back: the counters fall by what it was, and the account gets the difference of the prices. */
function decideRefund(decision: Decision, row: number, refundRow: number): OnlineAnswer {
  const { state, batch, facts, acceptance } = decision
  const rejected = batch.rejections.get(row) ?? batch.rejections.get(refundRow)
  if (rejected !== undefined) return { result: 'invalid', reason: rejected.reason, detail: rejected.detail }
  const original = state.identify(batch, row)
  if (original === 'new' || original === 'suspended')
    return refused('unknown_event', 'no event with this source and id was charged')
  if (original !== 'charged') return refused('identity_conflict', 'the event that was charged has another body')
  const isCorrected = state.isCorrected()
  const startMs = batch.startMs[row] as number
  const located = locateRecord({ ...decision, isReversed: true }, row, startMs)
  if (isFault(located)) return refused(...located)
  const refund = state.identify(batch, refundRow)
  if (refund === 'charged') return repeated(decision, refundRow, 'refunded')
  if (refund !== 'new') return refused('identity_conflict', 'the id of the refund stands for something else')
  if (isCorrected) return refused('corrected', 'the event was corrected since: retract it instead')
  const { service, subscription, uses } = located
  if (uses.some(({ observed }) => observed !== null))
    return refused('not_divisible', 'the price’s meter does not add up: correct the record instead')
  const account = state.definitions.parties.services.accountOf(service)
  facts.addRecord(batch, refundRow, service, subscription)
  const work = findAccountSession(state, facts, service, subscription, startMs, acceptance.nowMs)
  facts.isOfRecord = true
  const amount = giveBackUses(decision, located, work, startMs)
  facts.isOfRecord = false
  if (work !== null) decision.events.push(...eventsOf(work))
  state.rememberCharged()
  facts.counts.received++
  facts.counts.charged++
  state.rememberAnswer(-amount)
  return { result: 'refunded', ...toMoney(state, account, -amount) }
}

/** @returns the change of the charged amounts: negative, unless a price falls so much as usage grows. */
function giveBackUses(
  { state, facts }: Decision,
  { subscription, uses }: LocatedRecord,
  work: AccountSession | null,
  startMs: number,
): bigint {
  let total = 0n
  for (const use of uses) {
    const { price } = use.meter
    const counter = counterOf(state, work?.entry.balances ?? null, use)
    const { element, aggregate, pool } = counter
    const { billed } = use
    const [counted] = aggregate as readonly [bigint, ...bigint[]]
    const rated = billed < counted ? billed : counted
    const hasFee = element.sessionsAt < 0 || (aggregate[element.sessionsAt] ?? 0n) > 0n
    const opened = hasFee && !use.isContinued && isRatedUse(element, use.quantity, rated) ? 1n : 0n
    const none = { reserved: 0n, reservedSessions: 0n }
    const change = { used: -rated, usedSessions: -opened, ...none, usedCut: ratedCut(use, -rated) }
    const planned = planChange(counter, change)
    total += planned.amount
    if (work === null) {
      for (const later of recordCharge(state, facts, use, planned)) total += later.amount
      continue
    }
    const context = contextOf(state, work, subscription, use, startMs)
    const poster = new BalancePoster(work.sink, context)
    const poolAfter = applyChange(counter, change, planned, work.payers, context, poster)
    if (pool !== undefined) putPool(state, work, use.place, poolAfter)
    total += payCarried(state, work, subscription, recordCharge(state, facts, use, planned), startMs)
    const { unit, scale } = price.meter
    poster.giveBackUnits(work.payers, unit, toUnitScale(billed - rated, scale))
  }
  return total
}
