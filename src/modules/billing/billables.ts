import { assertSteps } from '../../core/base/calendar-range.ts'
import { exact } from '../../core/base/exact.ts'
import { type DayPeriod, periodAt, periodIndexOf } from '../../core/base/period.ts'
import { isOfPhase } from '../../core/catalog/plan.ts'
import { commitBillables, commitTerms } from '../../core/invoicing/contract-commits.ts'
import { dailyBillables } from '../../core/invoicing/daily-billables.ts'
import { fixedBillables } from '../../core/invoicing/fixed-billables.ts'
import { type Billable, billableKey } from '../../core/invoicing/invoice-lines.ts'
import { roundedTogether } from '../../core/invoicing/line-groups.ts'
import { inReadingOrder } from '../../core/invoicing/reading-order.ts'
import { staysOf } from '../../core/invoicing/stays.ts'
import { withoutVisit } from '../../core/rating/attributes.ts'
import { ownPart } from '../../core/rating/carried-usage.ts'
import {
  type Cell,
  type CompiledPrice,
  cellNamed,
  describeCell,
  emptyAggregate,
  exactAmount,
} from '../../core/rating/compiled-price.ts'
import type { LocalInterval } from '../../core/subscriptions/local-days.ts'
import type { CounterSnapshot } from '../../engine/index.ts'
import type { InvoiceLineRow } from '../invoices/index.ts'
import { type Account, cycleOf } from '../parties/index.ts'
import type { AccountBilling } from './billing-facts.ts'
import { termsBought } from './commit-store.ts'
import { counterName } from './usage-by-day.ts'

/**
 * Everything of an account that can be billed on a day, whole: what was billed before is not looked at.
 * @param withRunning also usage of periods that have not ended.
 */
export function collectBillables(billing: AccountBilling, onDay: string, withRunning = false): Billable[] {
  const unused = unusedBillables(billing, onDay)
  const named = new Set(unused.map(billableKey))
  const usage = usageBillables(billing, onDay, withRunning).filter((billable) => !named.has(billableKey(billable)))
  const { plans } = billing.catalog
  const fixed = billing.lives.flatMap((life) => fixedBillables(billing.account, life, billing.plans, onDay))
  return [
    ...fixed,
    ...boughtBillables(billing, onDay),
    ...dailyBillables(billing.account, billing.lives, billing.plans, billing.dailyFees, onDay),
    ...roundedTogether(
      inReadingOrder([...usage, ...unused], billing.plans),
      ({ planVersionId, priceCode }) =>
        plans.get(planVersionId)?.prices.find(({ price }) => price.code === priceCode)?.price,
      billing.account.currency,
    ),
  ]
}

/**
 * Terms of commits: those whose money was given, which are paid to their end, also where the subscription was taken back as of before
 * they began; and those that begin by the day.
 */
function boughtBillables({ account, lives, plans, openedTerms }: AccountBilling, onDay: string): Billable[] {
  const { zone, currency } = account
  const given = openedTerms.flatMap(({ subscriptionId, planVersionId, code, termStart, termEnd }) => {
    const commit = plans.get(planVersionId ?? '')?.prices.find((price) => price.code === code)
    if (planVersionId === null || commit?.kind !== 'commit') return []
    const term = { start: termStart, end: termEnd }
    return commitBillables(commit, { subscriptionId, planVersionId }, [term], onDay, currency)
  })
  const known = new Set(given.map(termKey))
  const begun = lives.flatMap((life) =>
    staysOf(life, zone).flatMap((stay) =>
      (plans.get(stay.planVersionId)?.prices ?? []).flatMap((price) => {
        if (price.kind !== 'commit') return []
        const terms = commitTerms(price, stay, onDay, termsBought(openedTerms, plans, stay, price.code))
        return commitBillables(price, stay, terms, onDay, currency)
      }),
    ),
  )
  return [...given, ...begun.filter((billable) => !known.has(termKey(billable)))]
}

/** An instalment by its subscription, commit and days, whatever version of the plan it was bought by. */
function termKey({ subscriptionId, priceCode, period }: Billable): string {
  return [subscriptionId, priceCode, period.start].join('\n')
}

/**
 * What was billed and is not owed any more, because the subscription changed as of before or a discount was taken away:
 * worth nothing. Usage is not among it: its counters stay.
 */
export function withdrawnBillables(due: readonly Billable[], billed: ReadonlyMap<string, InvoiceLineRow>): Billable[] {
  const keys = new Set(due.map(billableKey))
  return [...billed]
    .filter(([key]) => !keys.has(key))
    .map(([, row]) => ({
      kind: row.kind === 'usage' ? 'recurring' : row.kind,
      adjustment: row.adjustment,
      subscriptionId: row.subscriptionId,
      planVersionId: row.planVersionId,
      priceCode: row.priceCode,
      cell: row.cell,
      period: { start: row.periodStart, end: row.periodEnd },
      shown: { start: row.periodStart, end: row.periodEnd },
      isLate: false,
      description: row.description,
      amount: exact(0n),
      usage: null,
      basis: row.basis === null ? undefined : { ...row.basis, withdrawn: true },
    }))
}

/** Counters of periods that have ended, or of all. */
function usageBillables(
  { account, counters, catalog, byDay }: AccountBilling,
  onDay: string,
  withRunning: boolean,
): Billable[] {
  return counters.flatMap((counter): Billable[] => {
    const price = catalog.plans
      .get(counter.planVersionId)
      ?.prices.find(({ price: { code } }) => code === counter.priceCode)
    const cell = price === undefined ? undefined : cellNamed(price, counter.cell)
    if (price === undefined || cell === undefined) throw new Error(`no price ${counter.priceCode} for a counter`)
    const cycle = cycleOf(account)
    const period = periodAt(account.cycleAnchor, cycle, periodIndexOf(account.cycleAnchor, cycle, counter.periodStart))
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
        description: describeCell(price, counter.cell),
        amount: isGivenUp(counter, cell) ? exact(0n) : exactAmount(price, cell, counter.measures),
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
function isGivenUp({ records, amount, measures }: CounterSnapshot, cell: Cell): boolean {
  return records === 0 && amount === 0n && ownPart(cell.measures, measures).every((measure) => measure === 0n)
}

/**
 * Prices that cost something without usage (`flatOnZero`), for every period in which they applied that has ended. Plans that
 * follow each other in a period, with usage that carries over, have such a price once: where none of them was used, it is the
 * first one's.
 */
function unusedBillables({ account, lives, counters, catalog }: AccountBilling, onDay: string): Billable[] {
  const due = new Set(
    counters.flatMap((counter): string[] => {
      const price = catalog.plans
        .get(counter.planVersionId)
        ?.prices.find(({ price: { code } }) => code === counter.priceCode)
      const cell = price === undefined ? undefined : cellNamed(price, counter.cell)
      if (price === undefined || cell === undefined || isGivenUp(counter, cell)) return []
      return [keyOfUse(counter, price), keyOfUse(counter, price, counter.planVersionId)]
    }),
  )
  return lives.flatMap(({ subscriptionId, intervals }) => {
    // A change of plan that counts usage anew is told apart by the plan version.
    const restarts = intervals.some((interval) => interval.restarts !== undefined)
    return [...Map.groupBy(intervals, (interval) => interval.planVersionId)].flatMap(([planVersionId, own]) =>
      (catalog.plans.get(planVersionId)?.prices ?? []).flatMap((price) =>
        price.dueUnused.flatMap((cell): Billable[] => {
          const amount = exactAmount(price, cell, emptyAggregate(cell))
          const name = cell.name ?? ''
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
              description: describeCell(price, name),
              usage: { measures: emptyAggregate(cell), records: 0, throughSeq: 0, charged: 0n },
            }))
        }),
      ),
    )
  })
}

/** Names what is counted for one price in a period: under whichever plan, or under one. */
function keyOfUse(
  { subscriptionId, cell, periodStart }: Pick<CounterSnapshot, 'subscriptionId' | 'cell' | 'periodStart'>,
  { price, meter }: CompiledPrice,
  planVersionId = '',
): string {
  return [subscriptionId, planVersionId, price.code, meter.code, withoutVisit(cell), periodStart].join('\n')
}

/** The billing periods of an account that intervals touch, as far as they have ended. */
function endedPeriods(account: Account, intervals: readonly LocalInterval[], onDay: string): DayPeriod[] {
  const periods = new Map<string, DayPeriod>()
  for (const { touched } of intervals) {
    const first = periodIndexOf(account.cycleAnchor, cycleOf(account), touched.start)
    for (let index = first; ; index++) {
      assertSteps(index - first, 'billing periods of a subscription')
      const period = periodAt(account.cycleAnchor, cycleOf(account), index)
      if (period.end > onDay || (touched.end !== null && period.start >= touched.end)) break
      periods.set(period.start, period)
    }
  }
  return [...periods.values()]
}
