import { currencyOf } from '../../core/base/currency.ts'
import { exact } from '../../core/base/exact.ts'
import { type DayPeriod, periodIndexOf, periodStart } from '../../core/base/period.ts'
import type { Billable } from '../../core/invoicing/invoice-lines.ts'
import type { Account } from '../customers/index.ts'
import type { sponsoredUsage } from '../payments/index.ts'

/** Of one member. */
export type SponsoredUsage = Awaited<ReturnType<typeof sponsoredUsage>>[number]

/** All lines of one member are one billable, whenever it was: its whole only grows. */
const EVER: DayPeriod = { start: '1970-01-01', end: '1970-01-02' }

/** What members used of a sponsor's credit, whole: as much of it as has settled their documents. */
export function sponsoredBillables(account: Account, usage: readonly SponsoredUsage[], onDay: string): Billable[] {
  const cycle = { unit: account.cycleUnit, count: account.cycleCount }
  const lastDay = Temporal.PlainDate.from(onDay).subtract({ days: 1 }).toString()
  const start = periodStart(account.cycleAnchor, cycle, periodIndexOf(account.cycleAnchor, cycle, lastDay))
  const { minorDigits } = currencyOf(account.currency)
  return usage.map(({ memberId, memberKey, amountMinor }) => ({
    kind: 'sponsored',
    subscriptionId: '',
    planVersionId: '',
    priceCode: 'sponsored',
    cell: memberId,
    period: EVER,
    shown: { start, end: onDay },
    isLate: false,
    description: `Sponsored usage of ${memberKey}`,
    amount: exact(BigInt(amountMinor), minorDigits),
    usage: null,
  }))
}
