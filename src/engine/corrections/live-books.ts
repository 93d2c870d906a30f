import { BalancePoster } from '../../core/charging/deductions.ts'
import { planUnits, settleDifference, toUnitScale } from '../../core/charging/use.ts'
import type { NewEvent } from '../../platform/events/event-type.ts'
import type { AccountSession } from '../charging/account-session.ts'
import { contextOf, holdAgain } from '../charging/charge-account.ts'
import { recordCharge } from '../charging/record-charge.ts'
import { eventsOf } from '../charging/watch-thresholds.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { type LocatedUse, ratedCut, SessionCount } from '../rating/located-use.ts'
import type { Books } from './book-changes.ts'
import type { CounterChange, PlannedRow, RatedUse, Step } from './counter-change.ts'

/** Whose balances a part of a correction is about, and as whose use. */
export interface Payment {
  readonly work: AccountSession
  readonly subscription: number
  readonly startMs: number
}

/** Books a row of a correction: facts of the journal, counters, units of balances, and what sessions have set aside. */
export class LiveBooks implements Books {
  private readonly state: PartitionState
  private readonly facts: FactsBuilder
  private readonly payment: Payment | null
  private readonly sessions = new SessionCount()

  /** @param payment null where the account has no balances. */
  constructor(state: PartitionState, facts: FactsBuilder, payment: Payment | null) {
    this.state = state
    this.facts = facts
    this.payment = payment
  }

  rate({ use, effect }: CounterChange): RatedUse | null {
    if (effect.kind !== 'more') return null
    return effect.rated ?? this.takeUnits(use)
  }

  move({ use, unitsBack }: CounterChange, step: Step, records: PlannedRow['records']): bigint {
    const { state, payment } = this
    const carried = recordCharge(state, this.facts, use, step, records)
    const amount = carried.reduce((sum, later) => sum + later.amount, 0n)
    if (payment === null) return amount
    const { work, subscription, startMs } = payment
    for (const moved of [use, ...carried]) holdAgain(state, work, subscription, moved, startMs)
    if (unitsBack > 0n) this.giveUnitsBack(payment, use, unitsBack)
    return amount
  }

  /** Units that covered the record go back to the lots that have room for them. */
  private giveUnitsBack(payment: Payment, use: LocatedUse, unitsBack: bigint): void {
    const { unit, scale } = use.meter.price.meter
    posterOf(this.state, payment, use).poster.giveBackUnits(payment.work.payers, unit, toUnitScale(unitsBack, scale))
  }

  /** What balances of units do not cover of a use. */
  private takeUnits(use: LocatedUse): RatedUse {
    const { payment, sessions } = this
    const { billed } = use
    if (payment === null) return { quantity: billed, sessions: sessions.opened(use, billed), cut: use.cut }
    const { context, poster } = posterOf(this.state, payment, use)
    const { takes, rated } = planUnits(payment.work.payers, use.meter.price.meter, billed, context)
    poster.pay(takes)
    return { quantity: rated, sessions: sessions.opened(use, rated), cut: ratedCut(use, rated) }
  }
}

/** Money of a correction moves once, as much as the charges differ: what was paid is not paid anew by other lots. */
export function settle(
  state: PartitionState,
  payment: Payment,
  use: LocatedUse,
  difference: bigint,
): readonly NewEvent[] {
  const { context, poster } = posterOf(state, payment, use)
  settleDifference(difference, payment.work.payers, context, poster)
  return eventsOf(payment.work)
}

function posterOf(
  state: PartitionState,
  { work, subscription, startMs }: Payment,
  use: LocatedUse,
): { context: ReturnType<typeof contextOf>; poster: BalancePoster } {
  const context = contextOf(state, work, subscription, use, startMs)
  return { context, poster: new BalancePoster(work.sink, context) }
}
