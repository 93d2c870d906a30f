import type { Balances } from '../../core/charging/balances.ts'
import { BalancePoster, type Payer, planDeductions } from '../../core/charging/deductions.ts'
import { applyMovement, applyToMember, type Movement, type MovementSink } from '../../core/charging/movements.ts'
import { applyChange } from '../../core/charging/use.ts'
import { runsOn } from '../../core/metering/series.ts'
import { draftCounterMemory } from '../memory/draft-counter-memory.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { type LocatedUse, SessionCount } from '../rating/located-use.ts'
import { contextOf, type PayingAccount, type PlannedUse, planOne } from './charge-account.ts'
import { costOfCarried, moveTried } from './record-charge.ts'

/** What a record would cost under all of its prices, and whether the balances cover it. */
export interface TriedUses {
  readonly cost: bigint
  readonly isCovered: boolean
  /** Of a record with one use: how it is charged, if it is charged next. */
  readonly plan: PlannedUse | null
}

/**
 * Several prices, and parts of one, draw on the same lots, so each is tried on what the ones before would leave; and where a
 * record moves counters that follow each other, on the aggregates that these would have.
 */
export function tryUses(
  state: PartitionState,
  work: PayingAccount,
  subscription: number,
  uses: readonly LocatedUse[],
  usedMs: number,
): TriedUses {
  const { balances } = work.entry
  const drafts = uses.length > 1 ? draftsOf(work) : null
  const { payers, member } = drafts ?? { payers: work.payers, member: balances }
  const sessions = new SessionCount()
  let [cost, needed, isCovered] = [0n, 0n, true]
  let plan: PlannedUse | null = null
  const tried = drafts === null ? state : draftCounterMemory(state)
  for (const use of uses) {
    const context = contextOf(state, work, subscription, use, usedMs, member)
    plan = planOne(tried, balances, payers, use, sessions, context)
    const { counter, change, planned, units } = plan
    const later = drafts === null ? costOfCarried(state, use, planned.after) : moveTried(tried, use, planned)
    cost += planned.amount + later
    const need = planned.need + later
    needed += need
    isCovered &&= need <= 0n || planDeductions(payers, null, need, context).short === 0n
    if (drafts === null) continue
    const poster = new BalancePoster(drafts.sink, context)
    poster.pay(units)
    applyChange(counter, change, planned, payers, context, poster)
  }
  if (!isCovered && drafts !== null) isCovered = coversAll(state, work, subscription, uses, usedMs, needed)
  return { cost, isCovered, plan: drafts === null ? plan : null }
}

/**
 * Where a meter runs on from one plan to the next, a record may cost something under the new plan that the old one gives back:
 * 260 and −160 are 100 together.
 */
function coversAll(
  state: PartitionState,
  work: PayingAccount,
  subscription: number,
  uses: readonly LocatedUse[],
  usedMs: number,
  needed: bigint,
): boolean {
  const [first] = uses
  if (first === undefined || !uses.every(({ meter }) => runsOn(meter.price.meter))) return false
  const context = contextOf(state, work, subscription, first, usedMs)
  return needed <= 0n || planDeductions(work.payers, null, needed, context).short === 0n
}

/** Copies of all that pays, with a sink that moves them alone. */
function draftsOf({ payers, entry }: PayingAccount): { payers: Payer[]; member: Balances; sink: MovementSink } {
  const drafts = new Map(payers.map(({ balances }) => [balances.account, draftOf(balances)]))
  const own = (balances: Balances): Balances => drafts.get(balances.account) ?? balances
  const sink = {
    open: () => undefined,
    move: (movement: Movement) => {
      const balances = drafts.get(movement.account)
      if (balances !== undefined) applyMovement(balances, movement)
      const member = drafts.get(movement.member)
      if (member !== undefined) applyToMember(member, movement)
    },
  }
  return {
    payers: payers.map((payer) => ({ ...payer, balances: own(payer.balances) })),
    member: own(entry.balances),
    sink,
  }
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
