import { currencyOf } from '../base/currency.ts'
import { exact } from '../base/exact.ts'
import { toRatingScale } from '../base/money.ts'
import { daysIn } from '../base/period.ts'
import type { Plan, RecurringPrice } from '../catalog/plan.ts'
import { daysUntil, feeOfDays, nextDay, periodOfDay } from './daily-fees.ts'
import { courseOf, type Life } from './fixed-billables.ts'
import type { Billable } from './invoice-lines.ts'

/** One day of a fee that a plan takes from the balance. */
export interface TakenDay {
  readonly subscriptionId: string
  readonly priceCode: string
  readonly planVersionId: string
  readonly day: string
  readonly amountMinor: string
  readonly isPaid: boolean
}

/** The account whose days and money they are. */
interface FeePayer {
  readonly currency: string
  readonly zone: string
}

/**
 * Fees that are taken from the balance day by day, by the periods that have ended: what the days come to that belong to the
 * subscription as it is known now. Where nothing changed as of before, the balance has paid just that, and the document takes
 * nothing. Otherwise it takes or gives back the difference: 40.00 a month of 30 days with one seat, ten days taken at 13.33,
 * and two seats as of the first day: the ten days come to 26.67, and 13.34 are taken. A day that was looked at and not paid was
 * not provided, and is not billed.
 * @param rows the days that were looked at, paid or not, in their order
 */
export function dailyBillables(
  account: FeePayer,
  lives: readonly Life[],
  plans: ReadonlyMap<string, Plan>,
  rows: readonly TakenDay[],
  onDay: string,
): Billable[] {
  return lives.flatMap((life) => {
    const own = rows.filter(({ subscriptionId }) => subscriptionId === life.subscriptionId)
    const versions = new Set([...life.intervals, ...own].map(({ planVersionId }) => planVersionId))
    return [...Map.groupBy(own, ({ priceCode }) => priceCode)].flatMap(([code, days]) =>
      [...versions].flatMap((version) => {
        const price = dailyPriceOf(plans.get(version), code)
        return price === undefined ? [] : feesOf(account, life, plans, version, price, days, onDay)
      }),
    )
  })
}

/** A fee under one plan version, by its periods. */
function feesOf(
  account: FeePayer,
  life: Life,
  plans: ReadonlyMap<string, Plan>,
  planVersionId: string,
  price: RecurringPrice,
  rows: readonly TakenDay[],
  onDay: string,
): Billable[] {
  const { currency } = account
  const { minorDigits } = currencyOf(currency)
  const timeline = courseOf(account, life, plans, planVersionId, price)
  const startOf = (day: string): string => periodOfDay(price, life.anchor, day).start
  const unpaid = new Set(rows.flatMap(({ isPaid, day }) => (isPaid ? [] : [day])))
  const owned = daysUntil(timeline, (rows.at(-1) as TakenDay).day).filter((day) => !unpaid.has(day))
  const taken = rows.filter((row) => row.isPaid && row.planVersionId === planVersionId)
  const ownedBy = Map.groupBy(owned, startOf)
  const takenBy = Map.groupBy(taken, ({ day }) => startOf(day))
  return [...new Set([...takenBy.keys(), ...ownedBy.keys()])].toSorted().flatMap((start): Billable[] => {
    const period = periodOfDay(price, life.anchor, start)
    if (period.end > onDay) return []
    const days = ownedBy.get(start) ?? []
    const paid = takenBy.get(start) ?? []
    const shown = days.length > 0 ? days : paid.map(({ day }) => day)
    return [
      {
        ...{ kind: 'recurring', subscriptionId: life.subscriptionId, planVersionId, priceCode: price.code, cell: '' },
        description: days.length === daysIn(period) ? price.name : `${price.name} (${days.length}/${daysIn(period)})`,
        ...{ isLate: false, usage: null, period },
        shown: { start: shown[0] as string, end: nextDay(shown.at(-1) as string) },
        amount: exact(feeOfDays(price, timeline, days, currency), minorDigits),
        taken: toRatingScale(sumOf(paid), currency),
      },
    ]
  })
}

/** A price of a plan that is taken day by day. */
export function dailyPriceOf(plan: Plan | undefined, code: string): RecurringPrice | undefined {
  return plan?.prices.find(
    (price): price is RecurringPrice => price.kind === 'recurring' && price.code === code && price.daily !== undefined,
  )
}

function sumOf(rows: readonly TakenDay[]): bigint {
  return rows.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
}
