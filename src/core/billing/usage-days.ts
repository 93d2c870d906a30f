import { type DayPeriod, dayOf, overlapOf, periodOf } from '../base/period.ts'
import type { SpendBound } from '../catalog/plan.ts'
import type { BilledBefore, DayAmount } from '../invoicing/invoice-lines.ts'
import { isCountedBy } from '../invoicing/spend-bounds.ts'
import { type AccountCharges, billingPeriodOf, type UsageCounter } from './account-facts.ts'

type CounterName = Pick<UsageCounter, 'subscriptionId' | 'planVersionId' | 'priceCode' | 'cell' | 'periodStart'>

export function counterName(counter: CounterName): string {
  const { subscriptionId, planVersionId, priceCode, cell, periodStart } = counter
  return [subscriptionId, planVersionId, priceCode, cell, periodStart].join('\n')
}

/** A counter whose usage is wanted by days. */
export interface CutCounter {
  readonly counter: UsageCounter
  readonly period: DayPeriod
}

/**
 * Counters that windows of a minimum or maximum cut through: a maximum a day, a week that lies in two months, months counted
 * from the 15th.
 */
export function cutCounters({
  account,
  timelines,
  plans,
  counters,
}: Pick<AccountCharges, 'account' | 'timelines' | 'plans' | 'counters'>): CutCounter[] {
  const anchors = new Map(timelines.map(({ subscriptionId, anchor }) => [subscriptionId, anchor]))
  return counters.flatMap((counter) => {
    const { subscriptionId, planVersionId, priceCode, periodStart } = counter
    const anchor = anchors.get(subscriptionId)
    const bounds = (plans.get(planVersionId)?.prices ?? []).filter(
      (price): price is SpendBound =>
        (price.kind === 'cap' || price.kind === 'commitment') && isCountedBy(price, priceCode),
    )
    if (anchor === undefined || bounds.length === 0) return []
    const period = billingPeriodOf(account, periodStart)
    return bounds.some(({ every }) => periodOf(anchor, every, periodStart).end < period.end)
      ? [{ counter, period }]
      : []
  })
}

/**
 * Counters whose days are asked for by tax: it changes within their period, and documents have not billed all of them.
 * @param changeDays on which a rate, a registration or a certificate changes
 */
export function taxCutCounters(
  { account, counters }: Pick<AccountCharges, 'account' | 'counters'>,
  billed: ReadonlyMap<string, Pick<BilledBefore, 'measures' | 'records'>>,
  changeDays: readonly string[],
): CutCounter[] {
  return counters.flatMap((counter) => {
    const before = billed.get(counterName(counter))
    const isBilled =
      before?.records === counter.records && counter.measures.every((measure, at) => measure === before.measures[at])
    const period = billingPeriodOf(account, counter.periodStart)
    return !isBilled && changeDays.some((day) => day > period.start && day < period.end) ? [{ counter, period }] : []
  })
}

/** A charge as the journal has it. */
interface ChargedRecord extends CounterName {
  readonly seq: number
  readonly startMs: number
  readonly amount: bigint
}

/** What counters come to by the day, as records are read one after another: by the day of their beginning. */
export class UsageDays {
  private readonly asked: ReadonlyMap<string, CutCounter & { readonly amounts: Map<string, bigint> }>
  private readonly zone: string

  constructor(counters: readonly CutCounter[], zone: string) {
    this.asked = new Map(counters.map((one) => [counterName(one.counter), { ...one, amounts: new Map() }]))
    this.zone = zone
  }

  add(record: ChargedRecord): void {
    const one = this.asked.get(counterName(record))
    if (one === undefined || record.seq > one.counter.asOfSeq) return
    const day = overlapOf(one.period, dayOf(record.startMs, this.zone), null)?.start ?? one.period.start
    one.amounts.set(day, (one.amounts.get(day) ?? 0n) + record.amount)
  }

  /** By the names of the counters. */
  get days(): ReadonlyMap<string, readonly DayAmount[]> {
    return new Map([...this.asked].map(([name, { amounts }]) => [name, inOrder(amounts)]))
  }
}

function inOrder(amounts: ReadonlyMap<string, bigint>): DayAmount[] {
  return [...amounts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, amount]) => ({ day, amount }))
}
