import type { MovementKind } from '../../core/charging/movements.ts'
import { NONE } from '../definitions/service-directory.ts'
import type { AccountSink } from './account-sink.ts'
import type { PartitionState } from './partition-state.ts'

/**
 * Documents and payments of accounts, as the engine needs them when balances open. Implemented by receivables. An account
 * may have been charged, billed and paid for years before it gets balances; from then on what it owes is one number.
 */
export interface AccountBooks {
  /**
   * Of accounts that were never charged: those without documents and payments need nothing but a note that their balances
   * are notified of them from now on, which is made here. @returns the others.
   */
  begin(accountIds: readonly string[]): Promise<readonly string[]>
  /** Opens the balances of an account with what was charged, billed and paid before; nothing where they are open. */
  open(accountId: string): Promise<void>
}

/** What the books of an account had when its balances opened. At the rating scale. */
export interface BooksBefore {
  /** Charges that documents have billed. */
  readonly billedCharges: bigint
  /** Totals of documents: credit notes are below zero. */
  readonly documents: bigint
  readonly payments: bigint
}

const OF_CREDIT = { lot: 0, unit: null, source: null, held: 0n }

function posterOf(sink: AccountSink, account: string, period: number): (kind: MovementKind, owed: bigint) => void {
  return (kind, owed) => {
    if (owed !== 0n) sink.move({ account, member: account, period, ...OF_CREDIT, kind, remaining: -owed })
  }
}

/**
 * The one place where balances open: an account that was charged without balances so far owes all that its counters say,
 * of whatever period. What its books say of that is taken up by `takeUpBooks`, which comes first wherever somebody can
 * wait for it.
 */
export function openCharged(state: PartitionState, sink: AccountSink, number: number, nowMs: number): void {
  const { definitions } = state
  const account = definitions.names.accounts.idOf(number)
  const period = definitions.parties.calendarOfAccount(number).periodOf(nowMs)
  const { before, spent } = chargedOf(state, number, period)
  const move = posterOf(sink, account, period)
  move('opening', before)
  move('opening_spent', spent)
  sink.put({ fact: 'opened', account, atMs: nowMs })
}

/** What the counters of an account were charged: in the period, and before or after it. */
function chargedOf(
  { counters, definitions }: PartitionState,
  number: number,
  period: number,
): { before: bigint; spent: bigint } {
  const { subscriptions } = definitions.parties
  let [before, spent] = [0n, 0n]
  for (let at = subscriptions.first(number); at !== NONE; at = subscriptions.next(at))
    for (const place of counters.ofSubscription(at)) {
      if (counters.nameOf(place).period === period) spent += counters.amount(place)
      else before += counters.amount(place)
    }
  return { before, spent }
}

/** All that an account was ever charged for usage, at the rating scale. */
export function chargesOf(state: PartitionState, accountId: string): bigint {
  const number = state.definitions.parties.numberOfAccount(accountId)
  if (number === undefined) return 0n
  const { before, spent } = chargedOf(state, number, Number.NaN)
  return before + spent
}

/** Whether an account was ever charged: then there is something to take up. */
export function isCharged({ counters, definitions }: PartitionState, number: number): boolean {
  const { subscriptions } = definitions.parties
  for (let at = subscriptions.first(number); at !== NONE; at = subscriptions.next(at))
    for (const place of counters.ofSubscription(at)) if (counters.amount(place) !== 0n) return true
  return false
}

/**
 * Takes up what the books had when balances opened. Example: charged 100, billed by an interim invoice of 100.00, which
 * was paid: 100 − 100 + 100.00 − 100.00, so nothing is owed.
 */
export function takeUpBooks(sink: AccountSink, account: string, period: number, before: BooksBefore): void {
  const move = posterOf(sink, account, period)
  move('opening', -before.billedCharges)
  move('document_overrun', before.documents)
  move('payment', -before.payments)
}
