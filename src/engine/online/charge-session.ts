import { present } from '../../core/base/assert.ts'
import { BalancePoster } from '../../core/charging/deductions.ts'
import { reportUse } from '../../core/charging/reservation.ts'
import type { NewEvent } from '../../platform/events/event-type.ts'
import { type AccountSession, openAccountSession, openPlanAllowances } from '../charging/account-session.ts'
import { contextOf, counterOf, payCarried, poolName, toMoney } from '../charging/charge-account.ts'
import { CONFLICT, type Decision, suspendNew } from '../charging/charge-usage.ts'
import { sessionExpiredEvent } from '../charging/engine-events.ts'
import { recordCharge } from '../charging/record-charge.ts'
import { eventsOf, throttleOf } from '../charging/watch-thresholds.ts'
import { NONE } from '../definitions/service-directory.ts'
import type { GrantedUnits, OnlineAnswer, SessionRequest } from '../journal/online-request.ts'
import type { Session } from '../journal/session.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { type Fault, isFault } from '../rating/fault.ts'
import { CLOCK_TOLERANCE_MS, type LocatedRecord, locateRecord } from '../rating/locate-record.ts'
import { grantUnits } from './session-grants.ts'
import { keepPool, partsOf, releaseParts, unitsOf } from './session-holds.ts'

/** A gateway that is late by less than this finds its holds still there. */
const GRACE_MS = 30_000
/** How long a session that ended or expired is remembered at most, so that late and repeated requests find it. */
const REMEMBERED_MS = 600_000
/** Sessions of an account that may run at once, and those of them that one request ends because their time is over. */
const MAX_SESSIONS_OF_ACCOUNT = 100_000
const MAX_EXPIRED_AT_ONCE = 200
const refused = (reason: string, detail: string): OnlineAnswer => ({ result: 'refused', reason, detail })

/** Decides one step of a reservation: what was used is charged, then what is requested is granted as far as it can be. */
export function decideSession(decision: Decision, request: SessionRequest): OnlineAnswer {
  const { state, facts, acceptance } = decision
  const known = state.sessions.find(request.key, acceptance.nowMs)
  const repeated = known === undefined ? null : answerKnown(known.session, request)
  if (repeated !== null) return repeated
  if (request.timeMs > acceptance.nowMs + CLOCK_TOLERANCE_MS)
    return refused('future', 'the time lies ahead of the clock')
  if (request.timeMs < acceptance.nowMs - acceptance.windowMs) return refused('too_old', 'the time lies too far back')
  const account = known?.account ?? accountOf(state, request)
  if (account === null) return refused('unknown_service', `service: ${request.service}`)
  if (known === undefined && state.sessions.countRunning(account) >= MAX_SESSIONS_OF_ACCOUNT && request.op === 'start')
    return refused('too_many_sessions', `an account has at most ${MAX_SESSIONS_OF_ACCOUNT} sessions at once`)
  const work = openAccountSession(state, facts, account, acceptance.nowMs)
  expireSessions(state, work, MAX_EXPIRED_AT_ONCE, decision.events)
  decision.events.push(...eventsOf(work))
  const session = known?.session ?? newSession(request)
  const total = { amount: 0n, repeated: 0, suspended: [] as NonNullable<OnlineAnswer['suspended']>[number][] }
  for (const used of request.used) {
    const outcome = chargeReport(decision, work, session, request, used)
    if (typeof outcome === 'bigint') total.amount += outcome
    else if (outcome === null) total.repeated++
    else total.suspended.push({ type: used.type, ...outcome })
  }
  // What was reported before is of a session that memory has lost: the journal has the amount.
  if (known === undefined && total.repeated > 0 && total.repeated === request.used.length)
    return { ...toAnswer(request, session, [], []), duplicate: true }
  if (request.used.length > 0) session.reportedMs = request.timeMs
  // What the report crosses holds for what is granted with it: a throttle is part of the answer, a block grants nothing more.
  if (request.used.length > 0) decision.events.push(...eventsOf(work))
  const asked = new Set(request.requested.map(({ type }) => type))
  for (const [type, parts] of session.groups)
    if (request.op === 'end' || asked.has(type)) releaseParts(state, work, parts)
  const isRunning = session.state === 'running' && request.op !== 'end'
  const groups = isRunning ? request.requested.map((units) => grantUnits(state, work, session, request, units)) : []
  const answer = {
    ...toAnswer(request, session, groups, total.suspended),
    ...(groups.length > 0 ? {} : throttleOf(work)),
    ...(request.used.length === 0 || total.repeated > 0 ? {} : toMoney(state, account, total.amount)),
    ...(total.repeated > 0 ? { duplicate: true as const } : {}),
  }
  const isNothing = request.op === 'start' && answer.result === 'refused' && request.used.length === 0
  if (!isNothing) keepSession(state, work, session, request, groups, answer)
  decision.events.push(...eventsOf(work))
  return answer
}

function answerKnown(session: Session, request: SessionRequest): OnlineAnswer | null {
  if (request.service !== session.service)
    return refused('other_service', `the session is of service ${session.service}`)
  if (request.sequence === session.sequence) return { ...(JSON.parse(session.answer) as OnlineAnswer), duplicate: true }
  if (request.sequence < session.sequence)
    return refused('sequence_passed', `the session stands at request ${session.sequence}`)
  return request.op === 'start' ? refused('session_exists', 'the session was started already') : null
}

export function accountOf({ definitions }: PartitionState, request: SessionRequest): number | null {
  const service = definitions.parties.services.find(request.serviceHash, 0, request.timeMs)
  return service === NONE ? null : definitions.parties.services.accountOf(service)
}

/** A session that nobody knows (any more) has no holds: what it reports is charged like any usage. */
function newSession({ op, key, service, timeMs }: SessionRequest): Session {
  const state = op === 'start' ? 'running' : 'expired'
  return {
    key,
    service,
    startedMs: timeMs,
    reportedMs: timeMs,
    expiresMs: 0,
    state,
    sequence: -1,
    answer: '{"result":"granted"}',
    groups: new Map(),
  }
}

function toAnswer(
  { op, session: id, sequence }: SessionRequest,
  session: Session,
  groups: readonly GrantedUnits[],
  suspended: NonNullable<OnlineAnswer['suspended']>,
): OnlineAnswer {
  const named = {
    session: id,
    sequence,
    ...(groups.length === 0 ? {} : { groups }),
    ...(suspended.length === 0 ? {} : { suspended }),
  }
  if (op === 'end') return { result: 'ended', ...named }
  if (session.state !== 'running') return { result: 'refused', reason: 'session_expired', ...named }
  const isRefused = groups.length > 0 && groups.every(({ result }) => result === 'refused')
  const reason = groups[0]?.reason
  return isRefused
    ? { result: 'refused', ...(reason === undefined ? {} : { reason }), ...named }
    : { result: 'granted', ...named }
}

function keepSession(
  state: PartitionState,
  work: AccountSession,
  session: Session,
  { op, sequence, validityMs }: SessionRequest,
  groups: readonly GrantedUnits[],
  answer: OnlineAnswer,
): void {
  session.sequence = sequence
  session.answer = JSON.stringify(answer)
  if (op === 'end') session.state = 'ended'
  const longest = Math.max(validityMs, ...groups.map(({ validitySeconds }) => validitySeconds * 1000))
  const holdsMs = session.state === 'running' ? longest + GRACE_MS : REMEMBERED_MS
  session.expiresMs = work.nowMs + holdsMs
  state.putSession(work.account, session)
}

/** A service that has gone to another account in the course of a session is not charged to the first one. */
const MOVED: Fault = ['unknown_service', 'the service belongs to another account now']

/** What a meter that keeps a series has observed cannot be a part of something. */
const OBSERVED: Fault = ['no_price', 'the price’s meter does not add up: send its records as events']

function asParts(found: LocatedRecord | Fault): LocatedRecord | Fault {
  if (isFault(found)) return found
  return found.uses.some(({ observed }) => observed !== null) ? OBSERVED : found
}

function isOf({ definitions }: PartitionState, work: AccountSession, service: number): boolean {
  return definitions.parties.services.accountOf(service) === work.account
}

/** Charges what a session reports of one type. @returns the money, why it is in suspense, or null when it is known. */
function chargeReport(
  decision: Decision,
  work: AccountSession,
  session: Session,
  request: SessionRequest,
  { type, row }: { type: string; row: number },
): bigint | { reason: string; detail: string } | null {
  const { state, batch, facts } = decision
  facts.counts.received++
  if (state.identify(batch, row) !== 'new') {
    // The archive has a report under the time of the one before it, so that its body there is always another one.
    if (state.hasOtherBody() && state.identifyConflict() === 'new') {
      suspendNew(decision, row, CONFLICT)
      return { reason: CONFLICT[0], detail: CONFLICT[1] }
    }
    facts.counts.duplicates++
    return null
  }
  const untilMs = Math.max(request.timeMs, session.reportedMs)
  const found = locateRecord(decision, row, session.reportedMs, untilMs, session.groups.get(type))
  const located = isFault(found) || isOf(state, work, found.service) ? asParts(found) : MOVED
  if (isFault(located)) {
    suspendNew(decision, row, located)
    return { reason: located[0], detail: located[1] }
  }
  state.rememberCharged()
  facts.counts.charged++
  const { service, subscription, uses } = located
  const parts = partsOf(session, type, uses)
  openPlanAllowances(state, work, service, subscription, session.reportedMs, unitsOf(work, parts))
  facts.addRecord(batch, row, service, subscription, session.reportedMs, untilMs)
  facts.isOfRecord = true
  let amount = 0n
  uses.forEach((use, index) => {
    const part = present(parts[index], 'a part')
    const pool = poolName(state, use.place)
    if (part.pool !== pool) releaseParts(state, work, [part])
    part.pool = pool
    const context = contextOf(state, work, subscription, use, session.reportedMs)
    const poster = new BalancePoster(work.sink, context)
    const counter = counterOf(state, work.entry.balances, use)
    const effect = reportUse(part, counter, work.payers, context, poster, use.quantity, use.billed)
    const carried = recordCharge(state, facts, use, effect.planned)
    keepPool(state, work, use.place, counter.pool, effect)
    amount += effect.planned.amount + payCarried(state, work, subscription, carried, session.reportedMs)
  })
  facts.isOfRecord = false
  return amount
}

/** Releases the holds of up to `limit` sessions of an account whose time is over, with an event of each. @returns how many there were. */
export function expireSessions(state: PartitionState, work: AccountSession, limit: number, events: NewEvent[]): number {
  const { account, nowMs } = work
  if (nowMs < state.sessions.dueMsOf(account)) return 0
  const due = state.sessions.takeDue(account, nowMs, limit)
  for (const session of due) {
    for (const parts of session.groups.values()) releaseParts(state, work, parts)
    session.state = 'expired'
    session.expiresMs = nowMs + REMEMBERED_MS
    state.putSession(account, session)
    events.push(sessionExpiredEvent(work.entry.balances.account, session))
  }
  return due.length
}
