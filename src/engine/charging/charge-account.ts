import { currencyOf } from '../../core/base/currency.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import type { Balances } from '../../core/charging/balances.ts'
import { BalancePoster, type Payer, type UseContext } from '../../core/charging/deductions.ts'
import {
  applyChange,
  type CounterChange,
  type PlannedChange,
  type PricedCounter,
  planChange,
  planUnits,
  settleDifference,
  toUnitScale,
} from '../../core/charging/use.ts'
import type { Definitions } from '../definitions/definitions.ts'
import type { SubscriptionTable } from '../definitions/subscription-table.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { effectiveAggregate } from '../rating/carry-usage.ts'
import { type LocatedUse, ratedCut, ratedOf, SessionCount } from '../rating/located-use.ts'
import type { AccountSession } from './account-session.ts'
import { type CarriedUse, recordCharge } from './record-charge.ts'

/** Who pays for a use, and when. */
export interface PayingAccount extends Pick<AccountSession, 'payers' | 'nowMs' | 'period'> {
  readonly entry: { readonly balances: Balances }
}

export function contextOf(
  state: PartitionState,
  work: Omit<PayingAccount, 'payers'>,
  subscription: number,
  use: LocatedUse,
  usedMs: number,
  member = work.entry.balances,
): UseContext {
  return new ContextOfUse(state.definitions, work, subscription, use, usedMs, member)
}

/** Few balances ask for the subscription, so its id is made when one does. */
class ContextOfUse implements UseContext {
  readonly nowMs: number
  readonly usedMs: number
  readonly meter: string
  readonly price: string
  readonly cell: string
  readonly gives: readonly string[]
  readonly member: Balances
  readonly period: number
  private readonly subscriptions: SubscriptionTable
  private readonly number: number

  constructor(
    { parties, names }: Definitions,
    { nowMs, period }: Omit<PayingAccount, 'payers'>,
    subscription: number,
    { meter, rateKeyNumber }: LocatedUse,
    usedMs: number,
    member: Balances,
  ) {
    this.nowMs = nowMs
    this.usedMs = usedMs
    this.meter = meter.price.meter.code
    this.price = meter.price.price.code
    this.cell = names.rateElement(rateKeyNumber)[2]
    this.gives = meter.gives
    this.member = member
    this.period = period
    this.subscriptions = parties.subscriptions
    this.number = subscription
  }

  get subscription(): string {
    return this.subscriptions.idOf(this.number)
  }
}

/** Names a counter among the pools of its account. */
export function poolName({ counters, definitions, poolNames }: PartitionState, place: number): string {
  const known = poolNames.get(place)
  if (known !== undefined) return known
  const { subscription, cell, period } = counters.nameOf(place)
  const id = definitions.parties.subscriptions.idOf(subscription)
  const name = JSON.stringify([id, ...definitions.names.rateElement(cell), period])
  if (poolNames.size >= MAX_POOL_NAMES) poolNames.clear()
  poolNames.set(place, name)
  return name
}

/** Names of pools that are kept in memory: each request of a busy counter needs one. */
const MAX_POOL_NAMES = 100_000

export function counterOf(state: PartitionState, balances: Balances | null, use: LocatedUse): PricedCounter {
  const { price } = use.meter
  return {
    price,
    element: use.element,
    aggregate: effectiveAggregate(state, use),
    amount: state.counters.amount(use.place),
    pool: (balances?.pools.size ?? 0) === 0 ? undefined : balances?.pools.get(poolName(state, use.place)),
  }
}

/** What a use takes of balances of units, and what the rest of it costs. It holds until a balance or counter of the account changes. */
export interface PlannedUse {
  readonly context: UseContext
  readonly counter: PricedCounter
  readonly change: CounterChange
  readonly planned: PlannedChange
  readonly units: ReturnType<typeof planUnits>['takes']
  /** Of a quantity that falls: what was not rated, and goes back to balances of units. */
  readonly unitsBack: bigint
}

/** How much of a quantity that falls balances of units had covered: what was rated falls first. */
function coveredOf(rated: bigint, { quantity, observed }: LocatedUse): bigint {
  const beyond = -quantity - (rated > 0n ? rated : 0n)
  const covered = (observed?.before ?? 0n) - rated
  const back = beyond < covered ? beyond : covered
  return back > 0n ? back : 0n
}

/** How a use would be charged next. */
export function planOne(
  state: PartitionState,
  balances: Balances,
  payers: readonly Payer[],
  use: LocatedUse,
  sessions: SessionCount,
  context: UseContext,
): PlannedUse {
  const counter = counterOf(state, balances, use)
  if (use.quantity < 0n) {
    const unitsBack = coveredOf(ratedOf(use, counter.aggregate), use)
    const change = { used: use.quantity + unitsBack, usedSessions: 0n, reserved: 0n, reservedSessions: 0n }
    return { context, counter, change, planned: planChange(counter, change), units: [], unitsBack }
  }
  const { takes, rated } = planUnits(payers, use.meter.price.meter, use.billed, context)
  const change = {
    used: rated,
    usedSessions: sessions.opened(use, rated),
    reserved: 0n,
    reservedSessions: 0n,
    usedCut: ratedCut(use, rated),
  }
  return { context, counter, change, planned: planChange(counter, change), units: takes, unitsBack: 0n }
}

/**
 * Charges a record under all of its prices, out of balances first. Nothing is refused: what nothing covers is owed.
 * The record has been added to the facts.
 * @param plan how its one use is charged, where that is known.
 * @returns the money that was charged, at the rating scale.
 */
export function chargeAccount(
  state: PartitionState,
  facts: FactsBuilder,
  work: AccountSession,
  subscription: number,
  uses: readonly LocatedUse[],
  usedMs: number,
  plan: PlannedUse | null = null,
): bigint {
  const { balances } = work.entry
  let amount = 0n
  facts.isOfRecord = true
  const sessions = new SessionCount()
  for (const use of uses) {
    const { context, counter, change, planned, units, unitsBack } =
      plan ?? planOne(state, balances, work.payers, use, sessions, contextOf(state, work, subscription, use, usedMs))
    const poster = new BalancePoster(work.sink, context)
    poster.pay(units)
    const { unit, scale } = use.meter.price.meter
    if (unitsBack > 0n) poster.giveBackUnits(work.payers, unit, toUnitScale(unitsBack, scale))
    const pool = applyChange(counter, change, planned, work.payers, context, poster)
    if (counter.pool !== undefined) putPool(state, work, use.place, pool)
    const carried = recordCharge(state, facts, use, planned)
    amount += planned.amount + payCarried(state, work, subscription, carried, usedMs)
  }
  facts.isOfRecord = false
  return amount
}

/**
 * Moves the money of later counters that have changed because of a use.
 * @returns what they cost more, all together.
 */
export function payCarried(
  state: PartitionState,
  work: AccountSession,
  subscription: number,
  carried: readonly CarriedUse[],
  usedMs: number,
): bigint {
  let amount = 0n
  for (const use of carried) {
    const context = contextOf(state, work, subscription, use, usedMs)
    settleDifference(use.amount, work.payers, context, new BalancePoster(work.sink, context))
    holdAgain(state, work, subscription, use, usedMs)
    amount += use.amount
  }
  return amount
}

const NO_CHANGE: CounterChange = { used: 0n, usedSessions: 0n, reserved: 0n, reservedSessions: 0n }

/** What sessions have set aside on a counter that has moved. */
export function holdAgain(
  state: PartitionState,
  work: AccountSession,
  subscription: number,
  use: LocatedUse,
  usedMs: number,
): void {
  const counter = counterOf(state, work.entry.balances, use)
  if (counter.pool === undefined) return
  const context = contextOf(state, work, subscription, use, usedMs)
  const planned = planChange(counter, NO_CHANGE)
  const pool = applyChange(counter, NO_CHANGE, planned, work.payers, context, new BalancePoster(work.sink, context))
  putPool(state, work, use.place, pool)
}

export function putPool(state: PartitionState, work: AccountSession, place: number, pool: PricedCounter['pool']): void {
  const { account } = work.entry.balances
  const isKept = pool !== undefined && (pool.quantity !== 0n || pool.sessions !== 0n || pool.takes.length > 0)
  const kept = isKept ? pool : null
  work.sink.putPool(account, poolName(state, place), kept)
}

/** An amount at the rating scale as answers have it: 12_300_000_000n of EUR is 123.00. */
export function toMoney(
  { definitions }: PartitionState,
  account: number,
  amount: bigint,
): { amount: string; currency: string } {
  const currency = definitions.parties.currencyOf(account)
  return { amount: formatScaled(amount, currencyOf(currency).ratingScale), currency }
}
