import { currencyOf } from '../../core/base/currency.ts'
import { exact } from '../../core/base/exact.ts'
import { toRatingScale } from '../../core/base/money.ts'
import { daysIn } from '../../core/base/period.ts'
import type { Plan, RecurringPrice } from '../../core/catalog/plan.ts'
import { isDayOf, nextDay, periodOfDay } from '../../core/invoicing/daily-fees.ts'
import type { Billable } from '../../core/invoicing/invoice-lines.ts'
import type { Account } from '../customers/index.ts'
import type { DailyFeeRow } from './daily-fee-store.ts'
import { courseOf, type Life } from './fixed-billables.ts'

/**
 * Fees that were taken from the balance day by day, by the periods that have ended: the days that were paid and still belong
 * to the subscription. The balance has paid for them, so the document takes nothing; days that were paid and belong to it no
 * more, because it was ended as of before, are given back by it.
 */
export function dailyBillables(
  account: Account,
  lives: readonly Life[],
  plans: ReadonlyMap<string, Plan>,
  rows: readonly DailyFeeRow[],
  onDay: string,
): Billable[] {
  const { currency } = account
  const { minorDigits } = currencyOf(currency)
  return lives.flatMap((life) => {
    const own = rows.filter(({ subscriptionId }) => subscriptionId === life.subscriptionId)
    const fees = Map.groupBy(own, ({ planVersionId, priceCode }) => `${planVersionId}\n${priceCode}`)
    return [...fees.values()].flatMap((days): Billable[] => {
      const { planVersionId, priceCode } = days[0] as DailyFeeRow
      const price = dailyPriceOf(plans.get(planVersionId), priceCode)
      if (price === undefined) return []
      const course = courseOf(account, life, plans, planVersionId, price)
      const periods = Map.groupBy(days, ({ day }) => periodOfDay(price, life.anchor, day).start)
      return [...periods.values()].flatMap((taken): Billable[] => {
        const period = periodOfDay(price, life.anchor, (taken[0] as DailyFeeRow).day)
        if (period.end > onDay) return []
        const owned = taken.filter(({ day }) => isDayOf(course, day))
        const last = (owned.at(-1) ?? taken.at(-1)) as DailyFeeRow
        const isWhole = owned.length === daysIn(period)
        return [
          {
            ...{ kind: 'recurring', subscriptionId: life.subscriptionId, planVersionId, priceCode, cell: '' },
            description: isWhole ? price.name : `${price.name} (${owned.length}/${daysIn(period)})`,
            ...{ isLate: false, usage: null, period },
            shown: { start: ((owned[0] ?? taken[0]) as DailyFeeRow).day, end: nextDay(last.day) },
            amount: exact(sumOf(owned), minorDigits),
            taken: toRatingScale(sumOf(taken), currency),
          },
        ]
      })
    })
  })
}

/** A price of a plan that is taken day by day. */
export function dailyPriceOf(plan: Plan | undefined, code: string): RecurringPrice | undefined {
  return plan?.prices.find(
    (price): price is RecurringPrice => price.kind === 'recurring' && price.code === code && price.daily !== undefined,
  )
}

function sumOf(rows: readonly DailyFeeRow[]): bigint {
  return rows.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
}
