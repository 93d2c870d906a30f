import { decimal } from '../../core/base/decimal.ts'
import { exact } from '../../core/base/exact.ts'
import { type DayPeriod, dayOf, daysIn, periodAt, periodIndexOf, startOfDayMs } from '../../core/base/period.ts'
import type { Plan, Price } from '../../core/catalog/plan.ts'
import { commitBillables } from '../../core/invoicing/contract-commits.ts'
import { type Billable, billableKey } from '../../core/invoicing/invoice-lines.ts'
import { recurringDue } from '../../core/invoicing/recurring.ts'
import { cellNamed, describeCell, emptyAggregate, exactAmount } from '../../core/rating/compiled-price.ts'
import type { CompiledCatalog, CounterSnapshot } from '../../engine/index.ts'
import type { Account, Subscription } from '../customers/index.ts'
import type { InvoiceLineRow } from './store.ts'

/** What billing an account looks at. */
export interface AccountBilling {
  readonly account: Account
  readonly subscriptions: readonly Subscription[]
  readonly counters: readonly CounterSnapshot[]
  readonly plans: ReadonlyMap<string, Plan>
  readonly catalog: CompiledCatalog
}

/** First day of a subscription, and the day behind its last: a day that it ends in counts whole. */
export function activeDays(
  account: Account,
  { startsAt, endsAt }: Subscription,
): { startDay: string; endDay: string | null } {
  const startDay = dayOf(startsAt.getTime(), account.zone)
  if (endsAt === null) return { startDay, endDay: null }
  const last = dayOf(endsAt.getTime(), account.zone)
  const endsAtMidnight = startOfDayMs(last, account.zone) === endsAt.getTime()
  return { startDay, endDay: endsAtMidnight ? last : Temporal.PlainDate.from(last).add({ days: 1 }).toString() }
}

function cycleOf(account: Account): { unit: Account['cycleUnit']; count: number } {
  return { unit: account.cycleUnit, count: account.cycleCount }
}

/**
 * Everything of an account that can be billed on a day, whole: what was billed before is not looked at.
 * @param withRunning also usage of periods that have not ended.
 */
export function collectBillables(billing: AccountBilling, onDay: string, withRunning = false): Billable[] {
  return [
    ...billing.subscriptions.flatMap((subscription) => {
      const plan = billing.plans.get(subscription.planVersionId)
      return (plan?.prices ?? []).flatMap((price) => fixedBillables(billing.account, subscription, price, onDay))
    }),
    ...usageBillables(billing, onDay, withRunning),
    ...unusedBillables(billing, onDay),
  ]
}

function fixedBillables(account: Account, subscription: Subscription, price: Price, onDay: string): Billable[] {
  const { startDay, endDay } = activeDays(account, subscription)
  const named = {
    subscriptionId: subscription.id,
    planVersionId: subscription.planVersionId,
    priceCode: price.code,
    cell: '',
    description: price.name,
    isLate: false,
    usage: null,
  }
  if (price.kind === 'commit') return commitBillables(price, named, { startDay, endDay }, onDay, account.currency)
  if (price.kind !== 'one_off' && price.kind !== 'recurring') return []
  if (price.kind === 'one_off') {
    if (startDay > onDay) return []
    const value = decimal(price.amount)
    const day = { start: startDay, end: Temporal.PlainDate.from(startDay).add({ days: 1 }).toString() }
    return [{ ...named, kind: 'one_off', period: day, shown: day, amount: exact(value.coefficient, value.scale) }]
  }
  const active = { anchor: account.cycleAnchor, zone: account.zone, startDay, endDay }
  return recurringDue(price, active, subscription.quantity, onDay).map((due) => ({
    ...named,
    kind: 'recurring' as const,
    description:
      daysIn(due.active) === daysIn(due.period)
        ? price.name
        : `${price.name} (${due.share.numerator}/${due.share.denominator})`,
    period: due.period,
    shown: due.active,
    amount: due.amount,
  }))
}

/**
 * What was billed and is not owed any more, because the subscription ended before or a discount was taken away: worth
 * nothing. Usage is not among it: its counters stay.
 */
export function withdrawnBillables(due: readonly Billable[], billed: ReadonlyMap<string, InvoiceLineRow>): Billable[] {
  const keys = new Set(due.map(billableKey))
  return [...billed]
    .filter(([key]) => !keys.has(key))
    .map(
      ([
        ,
        {
          kind,
          subscriptionId,
          planVersionId,
          priceCode,
          cell,
          adjustment,
          periodStart,
          periodEnd,
          description,
          basis,
        },
      ]) => ({
        kind,
        adjustment,
        subscriptionId,
        planVersionId,
        priceCode,
        cell,
        period: { start: periodStart, end: periodEnd },
        shown: { start: periodStart, end: periodEnd },
        isLate: false,
        description,
        amount: exact(0n),
        usage: null,
        basis: basis === null ? undefined : { ...basis, withdrawn: true },
      }),
    )
}

/** Counters of periods that have ended, or of all. */
function usageBillables(
  { account, counters, catalog }: AccountBilling,
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
        amount: exactAmount(price, cell, counter.measures),
        usage: {
          measures: counter.measures,
          records: counter.records,
          throughSeq: counter.asOfSeq,
        },
      },
    ]
  })
}

/** Prices that cost something without usage (`flatOnZero`), for every period of the subscription that has ended. */
function unusedBillables({ account, subscriptions, counters, catalog }: AccountBilling, onDay: string): Billable[] {
  const used = new Set(
    counters.map((counter) =>
      [counter.subscriptionId, counter.priceCode, counter.cell, counter.periodStart].join('\n'),
    ),
  )
  return subscriptions.flatMap((subscription) =>
    (catalog.plans.get(subscription.planVersionId)?.prices ?? []).flatMap((price) =>
      price.dueUnused.flatMap((cell): Billable[] => {
        const amount = exactAmount(price, cell, emptyAggregate(cell))
        const name = cell.name ?? ''
        return endedPeriods(account, subscription, onDay)
          .filter((period) => !used.has([subscription.id, price.price.code, name, period.start].join('\n')))
          .map((period) => ({
            kind: 'usage',
            subscriptionId: subscription.id,
            planVersionId: subscription.planVersionId,
            priceCode: price.price.code,
            cell: name,
            period,
            shown: period,
            isLate: false,
            amount,
            description: describeCell(price, name),
            usage: { measures: emptyAggregate(cell), records: 0, throughSeq: 0 },
          }))
      }),
    ),
  )
}

/** The billing periods of an account in which a subscription was active, as far as they have ended. */
function endedPeriods(account: Account, subscription: Subscription, onDay: string): DayPeriod[] {
  const { startDay, endDay } = activeDays(account, subscription)
  const periods: DayPeriod[] = []
  for (let index = periodIndexOf(account.cycleAnchor, cycleOf(account), startDay); ; index++) {
    const period = periodAt(account.cycleAnchor, cycleOf(account), index)
    if (period.end > onDay || (endDay !== null && period.start >= endDay)) return periods
    periods.push(period)
  }
}
