import { present } from '../../core/base/assert.ts'
import { currencyOf } from '../../core/base/currency.ts'
import { powerOfTen } from '../../core/base/rounding.ts'
import type { Balances } from '../../core/charging/balances.ts'
import { type Expired, expireLots, expiryMsOf, type OperationContext } from '../../core/charging/operations.ts'
import type { NewEvent } from '../../platform/events/event-type.ts'
import { Refusal } from '../../platform/problems.ts'
import { type AccountSession, openAccountSession, operationContext } from '../charging/account-session.ts'
import { lotExpiredEvent, promiseEndedEvent } from '../charging/engine-events.ts'
import { eventsOf } from '../charging/watch-thresholds.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import { type BooksBefore, takeUpBooks } from '../memory/open-balances.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { expireSessions } from '../online/charge-session.ts'
import { assertSame, type CommitHook, type RowsOf, type Write } from './commands.ts'

/** Something done to the balances of accounts. It refuses, if at all, before it changes anything. */
export interface AccountsWork<T> {
  readonly accountIds: readonly string[]
  readonly nowMs: number
  /** What `memoryOf` said before rows were read that the work hangs on: under another one, others may have changed them. */
  readonly memory?: object
  readonly decide: (contexts: readonly OperationContext[]) => T
  readonly commitHook?: CommitHook<AccountsOutcome<T>>
  /** Whether the commit hook has something to do; it always has when absent. */
  readonly isHookNeeded?: (outcome: AccountsOutcome<T>) => boolean
  readonly rows?: RowsOf<AccountsOutcome<T>>
}

export interface AccountsOutcome<T> {
  readonly result: T
  readonly events: readonly NewEvent[]
}

function workOn(state: PartitionState, facts: FactsBuilder, accountId: string, nowMs: number): AccountSession {
  const account = state.definitions.parties.numberOfAccount(accountId)
  if (account === undefined) throw new Refusal('not_found', `no account ${accountId}`)
  return openAccountSession(state, facts, account, nowMs)
}

export function accountsWrite<T>({
  accountIds,
  nowMs,
  memory,
  decide,
  commitHook,
  isHookNeeded,
  rows,
}: AccountsWork<T>): Write<AccountsOutcome<T>> {
  return {
    weight: 1,
    commitHook,
    isHookNeeded,
    rows,
    decide(state, facts) {
      if (memory !== undefined) assertSame(state, memory)
      const works = accountIds.map((id) => workOn(state, facts, id, nowMs))
      const promises = works.map(({ entry }) => entry.balances.promise)
      const crossed = works.map(({ entry }) => entry.balances.crossed)
      const result = decide(works.map(operationContext))
      const events: NewEvent[] = []
      for (const [index, work] of works.entries()) {
        events.push(...keepPromise(work, promises[index] ?? null))
        keepCrossed(work, crossed[index] ?? [])
      }
      return { result, events: [...events, ...works.flatMap(eventsOf)] }
    },
  }
}

/** Balances of an account that open with what its books had before. */
export interface OpeningWork {
  readonly accountId: string
  readonly nowMs: number
  readonly before: BooksBefore
  readonly commitHook: CommitHook<{ readonly events: readonly NewEvent[] }>
}

export function openingWrite({
  accountId,
  nowMs,
  before,
  commitHook,
}: OpeningWork): Write<{ readonly events: readonly NewEvent[] }> {
  return {
    weight: 1,
    commitHook,
    decide(state, facts) {
      // Whoever opens balances locks the account's row; where its connection breaks, another one may do the same.
      if (state.opened.has(present(state.definitions.parties.numberOfAccount(accountId), 'an account')))
        throw new Refusal('engine_unavailable', 'the balances were opened meanwhile; send the same request again')
      const work = workOn(state, facts, accountId, nowMs)
      takeUpBooks(work.sink, accountId, work.period, before)
      state.opened.add(work.account)
      return { events: eventsOf(work) }
    },
  }
}

/** An emergency credit is one fact: its new state is written as a whole, with an event when its money is used up. */
function keepPromise({ entry, sink, currency }: AccountSession, before: Balances['promise']): NewEvent[] {
  const { account, promise } = entry.balances
  if (promise === before) return []
  sink.put({ fact: 'promise', account, promise })
  const isEnded = before !== null && before.lot > 0 && (promise === null || promise.lot === 0)
  return isEnded ? [promiseEndedEvent(account, promise?.fee ?? 0n, currency)] : []
}

/** So are the thresholds that are crossed; an unpaid fee is one of them. */
function keepCrossed({ entry, sink }: AccountSession, before: readonly string[]): void {
  const { account, crossed } = entry.balances
  if (crossed !== before) sink.put({ fact: 'crossed', account, codes: crossed })
}

/** What ended: lots, with their accounts and currencies. */
export interface ExpiryOutcome {
  readonly accounts: number
  readonly expired: readonly (Expired & { readonly account: string; readonly currency: string })[]
  readonly events: readonly NewEvent[]
}

/** Accounts, and sessions of them, that one commit looks after; the others follow. */
const MAX_ACCOUNTS = 2_000
const MAX_SESSIONS = 500

/** Ends holds, lots and promises whose time is over. */
export function expiryWrite(nowMs: number, commitHook: CommitHook<ExpiryOutcome>): Write<ExpiryOutcome> {
  return {
    weight: 1,
    commitHook,
    decide(state, facts) {
      const { book, definitions } = state
      const accounts = book.due.takeUntil(nowMs, MAX_ACCOUNTS)
      const expired: ExpiryOutcome['expired'][number][] = []
      const events: NewEvent[] = []
      let sessionsLeft = MAX_SESSIONS
      for (const account of accounts) {
        const work = workOn(state, facts, account, nowMs)
        const { balances } = work.entry
        const currency = definitions.parties.currencyOf(work.account)
        sessionsLeft -= expireSessions(state, work, sessionsLeft, events)
        const { ratingScale, minorDigits } = currencyOf(currency)
        const { promise } = balances
        const ended = expireLots(operationContext(work), powerOfTen(ratingScale - minorDigits))
        events.push(...keepPromise(work, promise))
        expired.push(...ended.map((one) => ({ ...one, account, currency })))
        for (const { lot, amount } of ended) events.push(lotExpiredEvent(account, lot, amount, currency))
        events.push(...eventsOf(work))
        for (const dueMs of dueTimesOf(balances, nowMs)) book.due.add(dueMs, account)
        state.bookNextDue(work.account)
      }
      return { accounts: accounts.length, expired, events }
    },
  }
}

/** When something of an account will be due next. What is held past its time is looked at again in a minute. */
function dueTimesOf({ lots, promise }: Balances, nowMs: number): number[] {
  const open = lots.filter(({ remaining, untilMs }) => remaining > 0n && untilMs !== null)
  return [
    ...open.map((lot) => Math.max(expiryMsOf(lot) ?? 0, nowMs + 60_000)),
    ...(promise === null || promise.lot === 0 ? [] : [Math.max(promise.dueMs, nowMs + 1)]),
  ]
}
