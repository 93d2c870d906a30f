import { runsOn } from '../../core/metering/series.ts'
import { visitName } from '../../core/rating/attributes.ts'
import type { Definitions } from '../definitions/definitions.ts'
import { planStretches } from '../definitions/plan-stretches.ts'
import type { PricedMeter } from '../definitions/price-catalog.ts'
import type { Slot } from '../definitions/subscription-table.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'

const DAY_MS = 86_400_000

/**
 * Whether plans may follow each other in a period of a subscription. Most have one plan, or have it since before the period:
 * this is all that charging looks at for them. A record of another plan than the one in force was re-rated.
 */
export function mayFollow({ parties: { subscriptions } }: Definitions, subscription: number, period: number): boolean {
  // The first day of a period begins within a day of its midnight in UTC, wherever it is.
  return subscriptions.hasHistory(subscription) && subscriptions.lastSpanFrom(subscription) > (period - 1) * DAY_MS
}

/** Whether a plan version was never in force for a subscription. */
export function isOtherPlan(definitions: Definitions, subscription: number, planVersionId: string): boolean {
  const { subscriptions } = definitions.parties
  // Nearly always it is the last one of its life, or the only one.
  const last = subscriptions.lastPlan(subscription)
  if (last >= 0 && definitions.names.plan(last).planVersionId === planVersionId) return false
  return subscriptions.spansOf(subscription).every(({ plan, isPaused }) => {
    return isPaused || definitions.names.plan(plan).planVersionId !== planVersionId
  })
}

/** The plans of a period, one after the other. */
export function slotsOf(definitions: Definitions, subscription: number, period: number): readonly Slot[] {
  return definitions.parties.subscriptions.inPeriod(subscription, period, () =>
    slotsIn(definitions, subscription, period),
  )
}

function slotsIn(definitions: Definitions, subscription: number, period: number): Slot[] {
  const account = definitions.parties.subscriptions.accountOf(subscription)
  if (account === undefined) return []
  const { fromMs, untilMs } = definitions.parties.calendarOfAccount(account).boundsOf(period)
  const slots: Slot[] = []
  for (const stretch of planStretches(definitions, subscription)) {
    if (stretch.untilMs <= fromMs || stretch.fromMs >= untilMs) continue
    const { planVersionId, restarts } = stretch
    if (slots.at(-1)?.planVersionId === planVersionId && !restarts) continue
    const isBefore = stretch.fromMs < fromMs
    slots.push({ planVersionId, fromMs: isBefore ? fromMs : stretch.fromMs, restarts: restarts && !isBefore })
  }
  return slots
}

/** The slot of a plan's counters whose name has none: the first slot of the plan, or else the first of the period. */
export function firstSlot(slots: readonly Slot[], planVersionId: string): Slot | undefined {
  return slots.find((slot) => slot.planVersionId === planVersionId) ?? slots[0]
}

/** The slot that a time lies in, or lies nearest to. */
export function slotAt(slots: readonly Slot[], atMs: number): Slot | undefined {
  return slots.findLast(({ fromMs }) => fromMs <= atMs) ?? slots[0]
}

/**
 * The cell of a record's counter. A plan that is taken up again in a period, or that a re-rating puts in place of another one,
 * has a counter of its own for that time, whose name says since when.
 */
export function rateKeyInPeriod(
  { definitions }: CounterMemory,
  subscription: number,
  { planVersionId, price }: PricedMeter,
  cell: number,
  period: number,
  startMs: number,
): number {
  if (!mayFollow(definitions, subscription, period) || runsOn(price.meter)) return cell
  const slots = slotsOf(definitions, subscription, period)
  const slot = slotAt(slots, startMs)
  if (slot === undefined || slot === firstSlot(slots, planVersionId)) return cell
  const [version, code, name] = definitions.names.rateElement(cell)
  return definitions.names.numberOfRateElement([version, code, visitName(name, slot.fromMs)])
}
