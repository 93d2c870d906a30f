import { decimal } from '../../core/base/decimal.ts'
import { exact } from '../../core/base/exact.ts'
import { type DayPeriod, dayOf, daysIn, periodAt, periodIndexOf, startOfDayMs } from '../../core/base/period.ts'
import type { Plan, Price } from '../../core/catalog/plan.ts'
import { type Billable, billableKey } from '../../core/invoicing/invoice-lines.ts'
import { recurringDue } from '../../core/invoicing/recurring.ts'
import { emptyAggregate, exactAmount } from '../../core/rating/compiled-price.ts'
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

/** Everything of an account that can be billed on a day, whole: what was billed before is not looked at. */
export function collectBillables(billing: AccountBilling, onDay: string): Billable[] {
  const unused = unusedBillables(billing, onDay)
  const named = new Set(unused.map(billableKey))
  return [
    ...billing.subscriptions.flatMap((subscription) => {
      const plan = billing.plans.get(subscription.planVersionId)
      return (plan?.prices ?? []).flatMap((price) => fixedBillables(billing.account, subscription, price, onDay))
    }),
    ...usageBillables(billing, onDay).filter((billable) => !named.has(billableKey(billable))),
    ...unused,
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
  if (price.kind === 'usage' || price.kind === 'allowance') return []
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

/** Periods that were billed in advance and are not due any more, because the subscription ended before: worth nothing. */
export function withdrawnBillables(due: readonly Billable[], billed: ReadonlyMap<string, InvoiceLineRow>): Billable[] {
  const keys = new Set(due.map(billableKey))
  return [...billed]
    .filter(([key]) => !keys.has(key))
    .map(([, { subscriptionId, planVersionId, priceCode, cell, periodStart, periodEnd, description }]) => ({
      kind: 'recurring',
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
    }))
}

/** Counters of periods that have ended. */
function usageBillables({ account, counters, catalog }: AccountBilling, onDay: string): Billable[] {
  return counters.flatMap((counter): Billable[] => {
    const price = catalog.plans
      .get(counter.planVersionId)
      ?.prices.find(({ price: { code } }) => code === counter.priceCode)
    const cell = price?.cells.find(({ name }) => (name ?? '') === counter.cell)
    if (price === undefined || cell === undefined) throw new Error(`no price ${counter.priceCode} for a counter`)
    const cycle = cycleOf(account)
    const period = periodAt(account.cycleAnchor, cycle, periodIndexOf(account.cycleAnchor, cycle, counter.periodStart))
    if (period.end > onDay) return []
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
        description: cell.name === null ? price.price.name : `${price.price.name}: ${cell.name}`,
        amount: isGivenUp(counter) ? exact(0n) : exactAmount(price, cell, counter.measures),
        usage: {
          measures: counter.measures,
          records: counter.records,
          throughSeq: counter.asOfSeq,
        },
      },
    ]
  })
}

/** Re-rated under another plan: nothing is left, and nothing is charged. */
function isGivenUp({ records, amount }: CounterSnapshot): boolean {
  return records === 0 && amount === 0n
}

/** Prices that cost something without usage (`flatOnZero`), for every period of the subscription that has ended. */
function unusedBillables({ account, subscriptions, counters, catalog }: AccountBilling, onDay: string): Billable[] {
  const used = new Set(
    counters
      .filter((counter) => !isGivenUp(counter))
      .map((counter) => [counter.subscriptionId, counter.priceCode, counter.cell, counter.periodStart].join('\n')),
  )
  return subscriptions.flatMap((subscription) =>
    (catalog.plans.get(subscription.planVersionId)?.prices ?? []).flatMap((price) =>
      price.cells.flatMap((cell): Billable[] => {
        const amount = exactAmount(price, cell, emptyAggregate(cell))
        if (amount.numerator === 0n) return []
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
            description: cell.name === null ? price.price.name : `${price.price.name}: ${cell.name}`,
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
