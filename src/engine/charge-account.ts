import { present } from '../core/base/assert.ts'
import { currencyOf } from '../core/base/currency.ts'
import { formatScaled } from '../core/base/decimal.ts'
import { openAllowances } from '../core/charging/allowances.ts'
import type { Balances } from '../core/charging/balances.ts'
import { applyMovement, applyToMember, type Movement } from '../core/charging/movements.ts'
import type { Desk } from '../core/charging/operations.ts'
import { availableTo, Mover, type Payer, type UseContext } from '../core/charging/takes.ts'
import type { Threshold } from '../core/charging/thresholds.ts'
import { applyChange, type CounterChange, type PricedCounter, planChange, planUnits } from '../core/charging/use.ts'
import { billedQuantity } from '../core/rating/compiled-price.ts'
import type { Aggregate } from '../core/rating/price-model.ts'
import { AccountSink } from './account-sink.ts'
import type { BookEntry } from './balance-book.ts'
import type { CellName, PricedMeter } from './definitions.ts'
import type { FactsBuilder } from './facts-builder.ts'
import type { PartitionState } from './partition-state.ts'
import { NONE } from './service-directory.ts'

/** One price of a record: the rate that applies, and the counter. */
export interface LocatedUse {
  readonly meter: PricedMeter
  /** Place among the price's cells, and the cell's number. */
  readonly cellAt: number
  readonly cell: number
  readonly place: number
  readonly period: number
  /** At the meter's scale, as it was used. */
  readonly quantity: bigint
  /** The counter afterwards, where no balance of units covers any of it. */
  readonly after: Aggregate
  readonly amountAfter: bigint
}

/** An account with balances, at work: who pays, and where effects go. */
export interface AccountAtWork {
  readonly entry: BookEntry
  readonly account: number
  readonly payers: readonly Payer[]
  readonly nowMs: number
  /** The billing period now, by the number of its first day. */
  readonly period: number
  readonly sink: AccountSink
  readonly thresholds: readonly Threshold[]
}

/** Opens the books of an account for a decision. */
export function accountAtWork(
  state: PartitionState,
  facts: FactsBuilder,
  account: number,
  nowMs: number,
): AccountAtWork {
  const { book, definitions } = state
  const terms = definitions.termsOf(account)
  const entry = book.find(account) ?? book.open(present(definitions.accountIds[account], 'an account'), account)
  const own: Payer = { balances: entry.balances, creditLimit: terms?.creditLimit ?? null, caps: null }
  const sponsor = terms?.sponsor ?? null
  const period = definitions.calendarOfAccount(account).periodOf(nowMs)
  const sink = new AccountSink(book, facts)
  if (entry.balances.openedMs === null) openBalances(state, sink, account, period, nowMs)
  return {
    entry,
    account,
    payers: sponsor === null ? [own] : [sponsorOf(state, sponsor), own],
    nowMs,
    period,
    sink,
    thresholds: terms?.thresholds ?? [],
  }
}

/** An account that was charged without balances so far owes what it was charged in this period. */
function openBalances(state: PartitionState, sink: AccountSink, number: number, period: number, nowMs: number): void {
  const { counters, definitions } = state
  const account = present(definitions.accountIds[number], 'an account')
  let charged = 0n
  const { subscriptions } = definitions
  for (let at = subscriptions.first(number); at !== NONE; at = subscriptions.next(at))
    for (const place of counters.ofSubscription(at))
      if (counters.nameOf(place).period === period) charged += counters.amount(place)
  if (charged !== 0n)
    sink.move({ account, member: account, period, lot: 0, unit: null, kind: 'opening', remaining: -charged, held: 0n })
  sink.put({ fact: 'opened', account, atMs: nowMs })
}

function sponsorOf(
  { book, definitions }: PartitionState,
  { accountId, caps }: { accountId: string; caps: ReadonlyMap<string, bigint> },
): Payer {
  const number = present(definitions.numberOfAccount(accountId), 'the sponsor')
  const { balances } = book.open(accountId, number)
  return { balances, creditLimit: definitions.termsOf(number)?.creditLimit ?? null, caps }
}

export function deskOf(work: AccountAtWork): Desk {
  const { entry, payers, nowMs, period, sink } = work
  return { balances: entry.balances, creditLimit: present(payers.at(-1), 'a payer').creditLimit, nowMs, period, sink }
}

/** The account of a record, where it has balances or its plan gives some; null where it simply pays by invoice. */
export function findAccountAtWork(
  state: PartitionState,
  facts: FactsBuilder,
  service: number,
  subscription: number,
  startMs: number,
  nowMs: number,
): AccountAtWork | null {
  const { book, definitions } = state
  const account = definitions.services.accountOf(service)
  const allowances = definitions.allowancesOf(subscription)
  if (allowances.length === 0) {
    if (book.find(account) === undefined) return null
    return accountAtWork(state, facts, account, nowMs)
  }
  const work = accountAtWork(state, facts, account, nowMs)
  const bounds = definitions.allowancePeriod(service, subscription, startMs)
  openAllowances(
    deskOf(work),
    present(definitions.subscriptions.ids[subscription], 'a subscription'),
    allowances,
    bounds,
  )
  return work
}

export function contextOf(
  state: PartitionState,
  { entry, nowMs, period }: AccountAtWork,
  subscription: number,
  use: LocatedUse,
  usedMs: number,
): UseContext {
  const { price } = use.meter
  return {
    nowMs,
    usedMs,
    meter: price.meter.code,
    price: price.price.code,
    cell: present(price.cells[use.cellAt], 'a cell').name ?? '',
    subscription: present(state.definitions.subscriptions.ids[subscription], 'a subscription'),
    member: entry.balances,
    period,
  }
}

/** Names a counter among the pools of its account. */
export function poolName(state: PartitionState, place: number): string {
  const { subscription, cell, period } = state.counters.nameOf(place)
  const { definitions } = state
  return JSON.stringify([
    definitions.subscriptions.ids[subscription],
    ...(definitions.cellNames[cell] as CellName),
    period,
  ])
}

export function counterOf(state: PartitionState, balances: Balances | null, use: LocatedUse): PricedCounter {
  const { price } = use.meter
  return {
    price,
    cell: present(price.cells[use.cellAt], 'a cell'),
    aggregate: state.counters.aggregate(use.place),
    amount: state.counters.amount(use.place),
    pool: (balances?.pools.size ?? 0) === 0 ? undefined : balances?.pools.get(poolName(state, use.place)),
  }
}

interface PlannedUse {
  readonly counter: PricedCounter
  readonly change: CounterChange
  readonly units: ReturnType<typeof planUnits>['takes']
}

function planOne(
  state: PartitionState,
  balances: Balances,
  payers: readonly Payer[],
  use: LocatedUse,
  context: UseContext,
): PlannedUse {
  const counter = counterOf(state, balances, use)
  const { takes, rated } = planUnits(payers, use.meter.price.meter, billedQuantity(counter.cell, use.quantity), context)
  const change = { used: rated, usedSessions: rated > 0n ? 1n : 0n, reserved: 0n, reservedSessions: 0n }
  return { counter, change, units: takes }
}

/**
 * Whether the balances cover a record under all of its prices. Several prices draw on the same lots, so each is tried on
 * what the ones before would leave.
 */
export function isAffordable(
  state: PartitionState,
  work: AccountAtWork,
  subscription: number,
  uses: readonly LocatedUse[],
  usedMs: number,
): boolean {
  const several = uses.length > 1
  const drafts = new Map(several ? work.payers.map(({ balances }) => [balances.account, draftOf(balances)]) : [])
  const own = (balances: Balances): Balances => drafts.get(balances.account) ?? balances
  const payers = several ? work.payers.map((payer) => ({ ...payer, balances: own(payer.balances) })) : work.payers
  const scratch = {
    open: () => undefined,
    move: (movement: Movement) => {
      const balances = drafts.get(movement.account)
      if (balances !== undefined) applyMovement(balances, movement)
      const member = drafts.get(movement.member)
      if (member !== undefined) applyToMember(member, movement)
    },
  }
  for (const use of uses) {
    const context = { ...contextOf(state, work, subscription, use, usedMs), member: own(work.entry.balances) }
    const { counter, change, units } = planOne(state, work.entry.balances, payers, use, context)
    const planned = planChange(counter, change)
    if (planned.need > availableTo(payers, null, context)) return false
    if (!several) return true
    const mover = new Mover(scratch, context)
    mover.pay(units)
    applyChange(counter, change, planned, payers, context, mover)
  }
  return true
}

/** As much of balances as deciding about money looks at, to be tried on. */
function draftOf(balances: Balances): Balances {
  const { consumed, spent, sponsored } = balances
  return {
    ...balances,
    lots: balances.lots.map((lot) => ({ ...lot })),
    consumed: { ...consumed },
    spent: { ...spent },
    sponsored: { ...sponsored, amounts: new Map(sponsored.amounts), paid: new Map(sponsored.paid) },
  }
}

/**
 * Charges a record under all of its prices, out of balances first. Nothing is refused: what nothing covers is owed.
 * The record has been added to the facts.
 * @returns the money that was charged, at the rating scale.
 */
export function chargeAccount(
  state: PartitionState,
  facts: FactsBuilder,
  work: AccountAtWork,
  subscription: number,
  uses: readonly LocatedUse[],
  usedMs: number,
): bigint {
  const { balances } = work.entry
  let amount = 0n
  facts.isOfRecord = true
  for (const use of uses) {
    const context = contextOf(state, work, subscription, use, usedMs)
    const { counter, change, units } = planOne(state, balances, work.payers, use, context)
    const mover = new Mover(work.sink, context)
    mover.pay(units)
    const planned = planChange(counter, change)
    const pool = applyChange(counter, change, planned, work.payers, context, mover)
    if (counter.pool !== undefined) putPool(state, work, use.place, pool)
    recordCharge(state, facts, use, planned)
    amount += planned.amount
  }
  facts.isOfRecord = false
  return amount
}

export function putPool(state: PartitionState, work: AccountAtWork, place: number, pool: PricedCounter['pool']): void {
  const { account } = work.entry.balances
  const kept = pool !== undefined && (pool.quantity !== 0n || pool.takes.length > 0) ? pool : null
  work.sink.put({ fact: 'pool', account, name: poolName(state, place), pool: kept })
}

/** Notes the charge of the record that was added last, and moves its counter. @param records −1 takes one back. */
export function recordCharge(
  state: PartitionState,
  facts: FactsBuilder,
  use: LocatedUse,
  { after, amountAfter }: { after: readonly bigint[]; amountAfter: bigint },
  records: 1 | -1 = 1,
): void {
  const { counters, definitions } = state
  const before = counters.aggregate(use.place)
  // A counter that nothing was added to yet has no more than its quantity; a cell's charges all have the same measures.
  const { measures } = present(use.meter.price.cells[use.cellAt], 'a cell')
  const increases: bigint[] = []
  for (let index = 0; index < measures; index++) increases.push((after[index] ?? 0n) - (before[index] ?? 0n))
  const amount = amountAfter - counters.amount(use.place)
  facts.addCharge(use.cell, definitions.cellNames[use.cell] as CellName, use.period, increases, amount)
  counters.update(use.place, after, amountAfter, records)
}

/** An amount at the rating scale as it is told to callers. */
export function toMoney(
  { definitions }: PartitionState,
  account: number,
  amount: bigint,
): { amount: string; currency: string } {
  const currency = definitions.currencyOf(account)
  return { amount: formatScaled(amount, currencyOf(currency).ratingScale), currency }
}
