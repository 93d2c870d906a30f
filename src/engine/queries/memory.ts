import { fromDayNumber } from '../../core/base/period.ts'
import { toExactJson } from '../columnar/exact-json.ts'
import type { Head } from '../journal/journal-store.ts'
import type { CounterRow } from '../journal/stored-rows.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { snapshotCounters } from '../partition/counter-snapshot.ts'
import { type AccountStanding, type BalanceReport, reportBalances, reportStanding } from './balance-report.ts'

/** Counters that one question is answered with, and accounts: a few milliseconds of the thread that charges. */
const COUNTERS = 500
const ACCOUNTS = 50
const SESSIONS = 100
/** Places of sessions that are looked at: most may be empty. */
const SESSION_ROWS = 10_000
/** Characters of balances that one question is answered with, about. */
const BALANCES_TEXT = 256 * 1024

/** A piece of what is in memory after a segment; `next` is where the following piece begins, null at the end. */
export interface Piece<T> {
  readonly seq: number
  readonly items: readonly T[]
  readonly next: number | null
}

/** A counter's name, and all that it is priced by. */
export type LiveCounter = readonly [name: string, text: string]
/** An account, and its balances as exact JSON. */
export type LiveBalances = readonly [account: string, text: string]
/** The key of a session that runs, and all that is known of it. */
export type LiveSession = readonly [key: string, text: string]

/**
 * What the memory of a partition alone knows, for those who read a journal on another thread. Everything is answered a
 * small piece at a time, so that charging continues in between.
 */
export interface Memory {
  head(tenant: string): Promise<Head>
  /** The segment that has the latest of a record; null where memory does not know it. */
  segmentOf(tenant: string, source: string, id: string): Promise<number | null>
  balancesOf(tenant: string, accountId: string, nowMs: number): Promise<BalanceReport | null>
  /** Counters of subscriptions, and levels that hold on in periods without records which begin before a time. */
  countersOf(tenant: string, subscriptionIds: readonly string[], untilMs: number): Promise<CounterRow[]>
  /** Balances of some accounts and all that they were ever charged, as of one moment. */
  standingOf(tenant: string, accountIds: readonly string[], nowMs: number): Promise<AccountStanding[]>
  reportsFrom(tenant: string, from: number, nowMs: number): Promise<Piece<BalanceReport>>
  countersFrom(tenant: string, from: number): Promise<Piece<LiveCounter>>
  balancesFrom(tenant: string, from: number): Promise<Piece<LiveBalances>>
  sessionsFrom(tenant: string, from: number): Promise<Piece<LiveSession>>
}

/** Reads memory in order with what is decided. */
type Read = <T>(tenant: string, read: (state: PartitionState, seq: number) => T) => Promise<T>

export function memoryOf(read: Read, head: Memory['head']): Memory {
  return {
    head,
    segmentOf: async (tenant, source, id) => read(tenant, (state) => state.segmentOf(source, id)),
    balancesOf: async (tenant, accountId, nowMs) => read(tenant, (state) => reportBalances(state, accountId, nowMs)),
    countersOf: async (tenant, ids, untilMs) =>
      read(tenant, (state, seq) => ids.flatMap((id) => snapshotCounters(state, id, seq, untilMs))),
    standingOf: async (tenant, accountIds, nowMs) => read(tenant, (state) => reportStanding(state, accountIds, nowMs)),
    reportsFrom: async (tenant, from, nowMs) =>
      read(tenant, (state, seq) =>
        accountsFrom(state, seq, from, (account) => {
          const report = reportBalances(state, account, nowMs)
          return report === null ? null : [report, 0]
        }),
      ),
    countersFrom: async (tenant, from) => read(tenant, (state, seq) => countersFrom(state, seq, from)),
    balancesFrom: async (tenant, from) =>
      read(tenant, (state, seq) =>
        accountsFrom(state, seq, from, (account) => {
          const balances = state.book.get(account)
          if (balances === undefined) return null
          const text = toExactJson(balances)
          return [[account, text] as const, text.length]
        }),
      ),
    sessionsFrom: async (tenant, from) => read(tenant, (state, seq) => sessionsFrom(state, seq, from)),
  }
}

/** Counters never change their places, and new ones are added at the end. */
function countersFrom(state: PartitionState, seq: number, from: number): Piece<LiveCounter> {
  const { counters } = state
  const items: LiveCounter[] = []
  const until = Math.min(counters.size, from + COUNTERS)
  for (let place = from; place < until; place++)
    if (counters.isUsed(place)) items.push([nameOfCounter(state, place), textOfCounter(state, place)])
  return { seq, items, next: until < counters.size ? until : null }
}

/** A session stays in its place as long as it runs. */
function sessionsFrom(state: PartitionState, seq: number, from: number): Piece<LiveSession> {
  const { sessions } = state
  const items: LiveSession[] = []
  const until = Math.min(sessions.rows, from + SESSION_ROWS)
  let row = from
  for (; row < until && items.length < SESSIONS; row++) {
    const running = state.runningSession(row)
    if (running !== null) items.push(running)
  }
  return { seq, items, next: row < sessions.rows ? row : null }
}

/** Accounts have numbers that never change. @param item the value of one account, with its size in characters; null leaves it out */
function accountsFrom<T>(
  { definitions }: PartitionState,
  seq: number,
  from: number,
  item: (account: string) => readonly [T, number] | null,
): Piece<T> {
  const { accounts } = definitions.names
  const items: T[] = []
  let [number, characters] = [from, 0]
  const until = Math.min(accounts.size, from + 10 * ACCOUNTS)
  for (; number < until && items.length < ACCOUNTS && characters < BALANCES_TEXT; number++) {
    const found = item(accounts.idOf(number))
    if (found === null) continue
    items.push(found[0])
    characters += found[1]
  }
  return { seq, items, next: number < accounts.size ? number : null }
}

/** Subscription, plan version, price, cell and period, as one text. */
export function nameOfCounter({ counters, definitions }: PartitionState, place: number): string {
  const { subscription, cell, period } = counters.nameOf(place)
  const id = definitions.parties.subscriptions.idOf(subscription)
  return [id, ...definitions.names.rateElement(cell), fromDayNumber(period)].join(' ')
}

/** All that a counter is priced by; measures that were never added to may be absent. */
export function textOfCounter({ counters }: PartitionState, place: number): string {
  return `${counters.records(place)} ${counters.amount(place)} ${measuresText(counters.aggregate(place))}`
}

export function measuresText(measures: readonly bigint[]): string {
  return measures.join(' ').replace(/( 0)+$/, '')
}

/** All pieces, one after another. */
export async function* piecesOf<T>(ask: (from: number) => Promise<Piece<T>>): AsyncGenerator<Piece<T>> {
  for (let from: number | null = 0; from !== null; ) {
    const piece: Piece<T> = await ask(from)
    yield piece
    from = piece.next
  }
}
