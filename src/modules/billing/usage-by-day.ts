import { dayOf, overlapOf, periodAt, periodIndexOf, startOfDayMs } from '../../core/base/period.ts'
import type { SpendBound } from '../../core/catalog/plan.ts'
import type { DayAmount } from '../../core/invoicing/invoice-lines.ts'
import type { CounterSnapshot } from '../../engine/index.ts'
import { cycleOf } from '../parties/index.ts'
import type { AccountBilling, BillingSources, UsageByDay } from './billing-facts.ts'

type CounterName = Pick<CounterSnapshot, 'subscriptionId' | 'planVersionId' | 'priceCode' | 'cell' | 'periodStart'>

export function counterName(counter: CounterName): string {
  const { subscriptionId, planVersionId, priceCode, cell, periodStart } = counter
  return [subscriptionId, planVersionId, priceCode, cell, periodStart].join('\n')
}

/**
 * The days of those counters that windows of a minimum or maximum cut through: a maximum a day, a week that lies in two
 * months, months counted from the 15th. Read out of the journal, as the records were charged, by the day of their beginning.
 */
export async function usageByDay(
  { engine, tenant }: BillingSources,
  billing: Omit<AccountBilling, 'byDay'>,
): Promise<UsageByDay> {
  const { account, counters } = billing
  const { cycleAnchor, zone } = account
  const cycle = cycleOf(account)
  const asked = new Map(
    counters
      .map((counter) => {
        const period = periodAt(cycleAnchor, cycle, periodIndexOf(cycleAnchor, cycle, counter.periodStart))
        return { counter, period, amounts: new Map<string, bigint>() }
      })
      .filter(({ counter, period }) => isCutThrough(billing, counter, period.end))
      .map((one) => [counterName(one.counter), one] as const),
  )
  if (asked.size === 0) return new Map()
  const all = [...asked.values()]
  const filter = {
    subscriptionIds: new Set(all.map(({ counter }) => counter.subscriptionId)),
    fromMs: Math.min(...all.map(({ period }) => startOfDayMs(period.start, zone))),
    untilMs: Math.max(...all.map(({ period }) => startOfDayMs(period.end, zone))),
    afterSeq: 0,
    throughSeq: Math.max(...all.map(({ counter }) => counter.asOfSeq)),
  }
  for await (const records of engine.records(tenant.name, filter))
    for (const record of records) {
      const one = asked.get(counterName(record))
      if (one === undefined || record.seq > one.counter.asOfSeq) continue
      const day = dayOf(record.startMs, zone)
      const own = overlapOf(one.period, day, null)?.start ?? one.period.start
      one.amounts.set(own, (one.amounts.get(own) ?? 0n) + record.amount)
    }
  return new Map([...asked].map(([name, { amounts }]) => [name, inOrder(amounts)]))
}

/** Whether a window of something that counts the counter ends within its period. */
function isCutThrough(
  { lives, plans }: Pick<AccountBilling, 'lives' | 'plans'>,
  { subscriptionId, planVersionId, priceCode, periodStart }: CounterSnapshot,
  periodEnd: string,
): boolean {
  const anchor = lives.find((life) => life.subscriptionId === subscriptionId)?.anchor
  const prices = plans.get(planVersionId)?.prices ?? []
  const isCounting = (price: (typeof prices)[number]): price is SpendBound =>
    (price.kind === 'cap' || price.kind === 'commitment') && (price.counts?.includes(priceCode) ?? true)
  return (
    anchor !== undefined &&
    prices
      .filter(isCounting)
      .some(({ every }) => periodAt(anchor, every, periodIndexOf(anchor, every, periodStart)).end < periodEnd)
  )
}

function inOrder(amounts: ReadonlyMap<string, bigint>): DayAmount[] {
  return [...amounts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, amount]) => ({ day, amount }))
}
