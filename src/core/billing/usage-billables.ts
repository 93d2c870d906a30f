import { assertSteps } from '../base/calendar-range.ts'
import { exact } from '../base/exact.ts'
import { cycleOf, type DayPeriod, periodAt, periodIndexOf } from '../base/period.ts'
import { isOfPhase } from '../catalog/plan.ts'
import { type Billable, billableKey } from '../invoicing/invoice-lines.ts'
import { emptyAggregate } from '../rating/accumulate.ts'
import { withoutVisit } from '../rating/attributes.ts'
import { ownPart } from '../rating/carried-usage.ts'
import { exactAmount } from '../rating/charged-amount.ts'
import { compiledPriceOf } from '../rating/compiled-plans.ts'
import { type CompiledPrice, describeElement, elementOfKey, type RateElement } from '../rating/compiled-price.ts'
import type { LocalInterval } from '../subscriptions/local-days.ts'
import { type AccountCharges, type BilledAccount, billingPeriodOf, type UsageCounter } from './account-facts.ts'
import { counterName } from './usage-days.ts'

/**
 * Usage of periods that have ended, whole, with prices that cost something although nothing was used.
 * @param withRunning also usage of periods that have not ended.
 */
export function usageBillables(charges: AccountCharges, onDay: string, withRunning: boolean): Billable[] {
  const unused = unusedBillables(charges, onDay)
  const named = new Set(unused.map(billableKey))
  const used = countedBillables(charges, onDay, withRunning).filter((billable) => !named.has(billableKey(billable)))
  return [...used, ...unused]
}

/** What was used, of periods that have ended, or of all. */
function countedBillables(
  { account, counters, compiled, byDay }: AccountCharges,
  onDay: string,
  withRunning: boolean,
): Billable[] {
  return counters.flatMap((counter): Billable[] => {
    const price = compiledPriceOf(compiled, counter)
    const element = price === undefined ? undefined : elementOfKey(price, counter.cell)
    if (price === undefined || element === undefined) throw new Error(`no price ${counter.priceCode} for a counter`)
    const period = billingPeriodOf(account, counter.periodStart)
    if (period.end > onDay && !withRunning) return []
    return [
      {
        kind: 'usage',
        subscriptionId: counter.subscriptionId,
        planVersionId: counter.planVersionId,
        priceCode: counter.priceCode,
        cell: counter.cell,
        period,
        shown: period,
        isLate: account.billedUntil !== null && period.end <= account.billedUntil,
        description: describeElement(price, counter.cell),
        amount: isGivenUp(counter, element) ? exact(0n) : exactAmount(price, element, counter.measures),
        usage: {
          measures: counter.measures,
          records: counter.records,
          throughSeq: counter.asOfSeq,
          charged: counter.amount,
        },
        byDay: byDay.get(counterName(counter)),
      },
    ]
  })
}

/** Re-rated under another plan: nothing is left, and nothing is charged. Levels that hold on without records are left. */
function isGivenUp({ records, amount, measures }: UsageCounter, element: RateElement): boolean {
  return records === 0 && amount === 0n && ownPart(element.measures, measures).every((measure) => measure === 0n)
}

/**
 * Prices that cost something without usage (`flatOnZero`), for every period in which they applied that has ended. Plans that
 * follow each other in a period, with usage that carries over, have such a price once: where none of them was used, it is the
 * first one's.
 */
function unusedBillables({ account, timelines, counters, compiled }: AccountCharges, onDay: string): Billable[] {
  const due = new Set(
    counters.flatMap((counter): string[] => {
      const price = compiledPriceOf(compiled, counter)
      const element = price === undefined ? undefined : elementOfKey(price, counter.cell)
      if (price === undefined || element === undefined || isGivenUp(counter, element)) return []
      return [keyOfUse(counter, price), keyOfUse(counter, price, counter.planVersionId)]
    }),
  )
  return timelines.flatMap(({ subscriptionId, intervals }) => {
    // A change of plan that counts usage anew is distinguished by the plan version.
    const restarts = intervals.some((interval) => interval.restarts !== undefined)
    return [...Map.groupBy(intervals, (interval) => interval.planVersionId)].flatMap(([planVersionId, own]) =>
      (compiled.get(planVersionId)?.prices ?? []).flatMap((price) =>
        price.dueUnused.flatMap((element): Billable[] => {
          const amount = exactAmount(price, element, emptyAggregate(element))
          const name = element.name ?? ''
          const applying = own.filter(({ phase, isPaused }) => !isPaused && isOfPhase(price.price, phase))
          return endedPeriods(account, applying, onDay)
            .filter(({ start: periodStart }) => {
              const key = keyOfUse({ subscriptionId, cell: name, periodStart }, price, restarts ? planVersionId : '')
              if (due.has(key)) return false
              due.add(key)
              return true
            })
            .map((period) => ({
              kind: 'usage',
              subscriptionId,
              planVersionId,
              priceCode: price.price.code,
              cell: name,
              period,
              shown: period,
              isLate: false,
              amount,
              description: describeElement(price, name),
              usage: { measures: emptyAggregate(element), records: 0, throughSeq: 0, charged: 0n },
            }))
        }),
      ),
    )
  })
}

/** Names what is counted for one price in a period: under whichever plan, or under one. */
function keyOfUse(
  { subscriptionId, cell, periodStart }: Pick<UsageCounter, 'subscriptionId' | 'cell' | 'periodStart'>,
  { price, meter }: CompiledPrice,
  planVersionId = '',
): string {
  return [subscriptionId, planVersionId, price.code, meter.code, withoutVisit(cell), periodStart].join('\n')
}

/** The billing periods of an account that intervals touch, as far as they have ended. */
function endedPeriods(account: BilledAccount, intervals: readonly LocalInterval[], onDay: string): DayPeriod[] {
  const { cycleAnchor } = account
  const cycle = cycleOf(account)
  const periods = new Map<string, DayPeriod>()
  for (const { touched } of intervals) {
    const first = periodIndexOf(cycleAnchor, cycle, touched.start)
    for (let index = first; ; index++) {
      assertSteps(index - first, 'billing periods of a subscription')
      const period = periodAt(cycleAnchor, cycle, index)
      if (period.end > onDay || (touched.end !== null && period.start >= touched.end)) break
      periods.set(period.start, period)
    }
  }
  return [...periods.values()]
}
