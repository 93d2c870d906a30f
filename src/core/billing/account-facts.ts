import { type Cycle, cycleOf, type DayPeriod, periodOf } from '../base/period.ts'
import type { Plan } from '../catalog/plan.ts'
import type { BoughtTerm } from '../invoicing/contract-commits.ts'
import type { TakenDay } from '../invoicing/daily-billables.ts'
import type { DiscountInForce } from '../invoicing/discount-terms.ts'
import type { DocumentParts } from '../invoicing/document.ts'
import type { Life } from '../invoicing/fixed-billables.ts'
import type { UnitBalances } from '../invoicing/included-units.ts'
import type { DayAmount } from '../invoicing/invoice-lines.ts'
import type { BillSplit } from '../invoicing/split-bill.ts'
import type { SponsoredDay } from '../invoicing/sponsored-usage.ts'
import type { CompiledPlans } from '../rating/compiled-plans.ts'
import type { BilledLine, BilledSoFar } from './billed-lines.ts'
import type { PayerSpan } from './payers.ts'
import type { TaxFacts } from './tax-facts.ts'

/** An account that is billed. */
export interface BilledAccount {
  readonly id: string
  readonly key: string
  readonly currency: string
  readonly zone: string
  readonly cycleAnchor: string
  readonly cycleUnit: Cycle['unit']
  readonly cycleCount: number
  readonly termsDays: number
  /** Most that it may owe; `0` pays in advance, null owes whatever it uses. */
  readonly creditLimitMinor?: string | null
  /** The last day that it was billed on. */
  readonly billedUntil: string | null
  /** Who is billed for its periods, where it is not the account itself. */
  readonly billedTo?: readonly PayerSpan[]
}

/** What was counted for one rate of a price in a billing period. */
export interface UsageCounter {
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly priceCode: string
  readonly cell: string
  readonly periodStart: string
  readonly measures: readonly bigint[]
  /** What was charged, at the currency's rating scale. */
  readonly amount: bigint
  readonly records: number
  /** The segment of the journal up to which it counts. */
  readonly asOfSeq: number
}

/** What an account's charges follow from. */
export interface AccountCharges {
  readonly account: BilledAccount
  readonly subscriptions: DocumentParts['subscriptions']
  readonly timelines: readonly Life[]
  readonly counters: readonly UsageCounter[]
  readonly plans: ReadonlyMap<string, Plan>
  readonly compiled: CompiledPlans
  /** What counters come to by the day, by the names of the counters: of those that windows of minima and maxima cut through. */
  readonly byDay: ReadonlyMap<string, readonly DayAmount[]>
  /** Days of fees that are taken from balances, paid or not, in their order. */
  readonly dailyFees: readonly TakenDay[]
  /** Of commits. */
  readonly boughtTerms: readonly BoughtTerm[]
  /** Units of the account's own; null where it has no balances. */
  readonly units: UnitBalances | null
  /** What members used of the account's credit. */
  readonly sponsored: readonly SponsoredDay[]
  /** Accounts that are, or were, billed to this one, in the order of their keys: with `payerId`, and billed until the same day. */
  readonly children?: readonly AccountCharges[]
  /** Of an account that is looked at for another one: the id of that one. Absent where it is looked at for itself. */
  readonly payerId?: string
}

/** All that an account's documents follow from: what it is charged, what documents billed of it before, and what is printed. */
export interface AccountFacts extends AccountCharges {
  readonly children?: readonly AccountFacts[]
  /** Of an account that is billed to another one: whose it is. */
  readonly holder?: string
  readonly billed: BilledSoFar
  readonly discounts: readonly DiscountInForce[]
  /** Lines of advance invoices that are paid, the earliest first. */
  readonly advances?: readonly BilledLine[]
  readonly customer: DocumentParts['customer']
  readonly issuer: DocumentParts['issuer']
  readonly brand?: DocumentParts['brand']
  /** Null where its bills are not split. */
  readonly split?: BillSplit | null
  /** Absent where nobody is asked for tax. */
  readonly tax?: TaxFacts | undefined
  /** What counters come to by the day, by their names: of those in whose period something of the tax changes. */
  readonly taxByDay?: ReadonlyMap<string, readonly DayAmount[]> | undefined
}

/** The billing period of an account that a day lies in. */
export function billingPeriodOf(
  account: Pick<BilledAccount, 'cycleAnchor' | 'cycleUnit' | 'cycleCount'>,
  day: string,
): DayPeriod {
  return periodOf(account.cycleAnchor, cycleOf(account), day)
}
