import { currencyOf } from '../base/currency.ts'
import { exact } from '../base/exact.ts'
import type { Cycle } from '../base/period.ts'
import { type DayPeriod, periodIndexOf, periodStart } from '../base/period.ts'
import type { Billable } from './invoice-lines.ts'

/** What the credit of a sponsor has settled for one of its members, in minor units. */
export interface SponsoredUsage {
  readonly memberId: string
  readonly memberKey: string
  readonly firstDay: string
  readonly amountMinor: string
}

/** Whose credit it is: the currency, and the billing periods. */
interface Sponsor {
  readonly currency: string
  readonly cycleAnchor: string
  readonly cycleUnit: Cycle['unit']
  readonly cycleCount: number
}

/** All lines of one member are one billable, whenever it was: its whole only grows. */
const EVER: DayPeriod = { start: '1970-01-01', end: '1970-01-02' }

/** What members used of a sponsor's credit, whole: as much of it as has settled their documents. */
export function sponsoredBillables(account: Sponsor, usage: readonly SponsoredUsage[], onDay: string): Billable[] {
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
