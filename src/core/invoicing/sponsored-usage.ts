import { currencyOf } from '../base/currency.ts'
import { exact } from '../base/exact.ts'
import { type Cycle, cycleOf, type DayPeriod, dayBefore, periodOf } from '../base/period.ts'
import type { Billable } from './invoice-lines.ts'

/** What the credit of a sponsor has settled, in minor units, of documents of one day of one of its members. */
export interface SponsoredDay {
  readonly memberId: string
  readonly memberKey: string
  readonly day: string
  readonly amountMinor: bigint
}

/** Whose credit it is: the currency, and the billing periods. */
interface Sponsor {
  readonly currency: string
  readonly cycleAnchor: string
  readonly cycleUnit: Cycle['unit']
  readonly cycleCount: number
}

/** All lines of one member are one billable, whenever it was: it grows with what is used, and shrinks with what is taken back. */
const EVER: DayPeriod = { start: '1970-01-01', end: '1970-01-02' }

/** The first days of each member by a day. @param days in the order of time, member by member */
export function firstSponsoredDays(days: readonly SponsoredDay[], until: string): string[] {
  return [...byMember(days, until)].map(([, own]) => (own[0] as SponsoredDay).day)
}

function byMember(days: readonly SponsoredDay[], until: string): Map<string, SponsoredDay[]> {
  return Map.groupBy(
    days.filter(({ day }) => day <= until),
    ({ memberId }) => memberId,
  )
}

/** What members used of a sponsor's credit, whole: as much of it as has settled their documents by a day. */
export function sponsoredBillables(account: Sponsor, days: readonly SponsoredDay[], onDay: string): Billable[] {
  const lastDay = dayBefore(onDay)
  const { start } = periodOf(account.cycleAnchor, cycleOf(account), lastDay)
  const { minorDigits } = currencyOf(account.currency)
  return [...byMember(days, onDay)].map(([memberId, own]) => ({
    kind: 'sponsored',
    subscriptionId: '',
    planVersionId: '',
    priceCode: 'sponsored',
    cell: memberId,
    period: EVER,
    shown: { start, end: onDay },
    isLate: false,
    description: `Sponsored usage of ${own[0]?.memberKey}`,
    amount: exact(
      own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      minorDigits,
    ),
    usage: null,
  }))
}
