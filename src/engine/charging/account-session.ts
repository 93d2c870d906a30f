import { present } from '../../core/base/assert.ts'
import { openAllowances, type SetAside } from '../../core/charging/allowances.ts'
import type { Balances } from '../../core/charging/balances.ts'
import type { Payer } from '../../core/charging/deductions.ts'
import type { OperationContext } from '../../core/charging/operations.ts'
import type { Threshold } from '../../core/charging/thresholds.ts'
import { allowancePeriod } from '../definitions/allowance-period.ts'
import { payersOf } from '../definitions/payers.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import { AccountSink } from '../memory/account-sink.ts'
import type { BookEntry } from '../memory/balance-book.ts'
import { openCharged } from '../memory/open-balances.ts'
import type { PartitionState } from '../memory/partition-state.ts'

/** What thresholds of an account look at. */
export interface WatchedAccount {
  readonly balances: Balances
  readonly payers: readonly Payer[]
  readonly period: number
  readonly thresholds: readonly Threshold[]
}

/** An account with balances, at work: who pays, and where effects go. */
export interface AccountSession {
  readonly entry: BookEntry
  readonly account: number
  readonly currency: string
  readonly payers: readonly Payer[]
  readonly nowMs: number
  /** The billing period now, by the number of its first day. */
  readonly period: number
  readonly sink: AccountSink
  readonly thresholds: readonly Threshold[]
  /** Its sponsor, where there is one that is watched. */
  readonly sponsor: WatchedAccount | null
}

/** Opens the books of an account for a decision. */
export function openAccountSession(
  state: PartitionState,
  facts: FactsBuilder,
  account: number,
  nowMs: number,
): AccountSession {
  const { book, definitions } = state
  const entry = book.findOrOpen(account)
  const period = definitions.parties.calendarOfAccount(account).periodOf(nowMs)
  const sink = new AccountSink(book, facts)
  const payers = payersOf(definitions, account, (number) => {
    const { balances } = book.findOrOpen(number)
    if (balances.openedMs === null) openCharged(state, sink, number, nowMs)
    return balances
  })
  const thresholds = definitions.parties.termsOf(account)?.thresholds ?? []
  const currency = definitions.parties.currencyOf(account)
  const sponsor = watchedSponsor(state, payers, nowMs)
  return { entry, account, currency, payers, nowMs, period, sink, thresholds, sponsor }
}

function watchedSponsor(
  { definitions }: PartitionState,
  payers: readonly Payer[],
  nowMs: number,
): WatchedAccount | null {
  const [payer, own] = payers
  if (payer === undefined || own === undefined) return null
  const { balances } = payer
  const number = present(definitions.parties.numberOfAccount(balances.account), 'the sponsor')
  const thresholds = definitions.parties.termsOf(number)?.thresholds ?? []
  if (thresholds.length === 0 && balances.crossed.length === 0) return null
  const period = definitions.parties.calendarOfAccount(number).periodOf(nowMs)
  return { balances, payers: [{ ...payer, caps: null }], period, thresholds }
}

export function operationContext(work: AccountSession): OperationContext {
  const { entry, payers, nowMs, period, sink } = work
  return { balances: entry.balances, creditLimit: present(payers.at(-1), 'a payer').creditLimit, nowMs, period, sink }
}

/** The account of a record, where it has balances or its plan gives some; null where it simply pays by invoice. */
export function findAccountSession(
  state: PartitionState,
  facts: FactsBuilder,
  service: number,
  subscription: number,
  startMs: number,
  nowMs: number,
): AccountSession | null {
  const { book, definitions } = state
  const account = definitions.parties.services.accountOf(service)
  const isGiven = definitions.allowancesAt(service, subscription, startMs).length > 0
  if (!book.has(account) && !isGiven) return null
  const work = openAccountSession(state, facts, account, nowMs)
  openPlanAllowances(state, work, service, subscription, startMs)
  return work
}

/** Opens what the plan of a subscription gives in the period of a use. */
export function openPlanAllowances(
  state: PartitionState,
  work: AccountSession,
  service: number,
  subscription: number,
  timeMs: number,
  setAside: SetAside | null = null,
): void {
  const { definitions } = state
  const allowances = definitions.allowancesAt(service, subscription, timeMs)
  if (allowances.length === 0) return
  const bounds = allowancePeriod(definitions, service, subscription, timeMs)
  openAllowances(
    operationContext(work),
    definitions.parties.subscriptions.idOf(subscription),
    allowances,
    bounds,
    setAside,
  )
}
