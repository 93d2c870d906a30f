import { currencyOf } from '../base/currency.ts'
import { type Exact, formatExact, roundExact } from '../base/exact.ts'
import type { DayPeriod } from '../base/period.ts'
import type { LineTax } from './line-tax.ts'
import type { SeatPart } from './recurring.ts'

/**
 * `commitment` is a true-up to a minimum, `commit` the purchase of money to be drawn down; `cap` and `discount` lower the
 * billable that they bear the name of. `sponsored` is what members used of the account's credit: it is about no
 * subscription and no plan, and their ids are ''; so is an `item`, which somebody wrote. `credit` is a credit on request: it bears the name of
 * what it credits, and is no billing of it. An `advance` is asked for supplies to come, and comes off their documents.
 */
export type LineKind =
  | 'recurring'
  | 'one_off'
  | 'usage'
  | 'commitment'
  | 'commit'
  | 'cap'
  | 'discount'
  | 'sponsored'
  | 'item'
  | 'advance'
  | 'credit'

/** Something that is billed as somebody wrote it, and follows from no plan. Numbers are decimals. */
export interface Item {
  readonly description: string
  readonly quantity: string
  readonly unit: string
  readonly unitPrice: string
  readonly discountPercent: string | null
  readonly taxClass: string
  /** What its revenue is kept by. */
  readonly product: string
  /** When it is supplied, half-open. */
  readonly from: string
  readonly until: string
}

/** Of a credit on request: the line that it credits, and what kind that is of. */
export interface CreditedLine {
  readonly lineId: string
  readonly kind: LineKind
  /** What is left of its document is voided, and what it billed is billed anew. */
  readonly isUnbilled: boolean
  /** Of such a void: what had been charged for the usage that is billed anew, at the rating scale. */
  readonly charged: bigint
  /** Units that come back at one price for each, where that is all that comes back. */
  readonly units?: {
    readonly quantity: string
    readonly unit: string
    readonly unitAmount: string
    readonly per: string | null
  }
}

/** Charges that are one line of an invoice and are rounded as one. */
export interface LineGroup {
  readonly key: string
  readonly description: string
  /** All of its charges together, whole. */
  readonly exact: Exact
}

/** What usage of one local day was charged, at the currency's rating scale. */
export interface DayAmount {
  readonly day: string
  readonly amount: bigint
}

/** Something that can be billed, by its name: what it amounts to now, whole. */
export interface Billable {
  readonly kind: LineKind
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly priceCode: string
  readonly cell: string
  /** What lowers the billable of this name: the code of a cap, the id of a discount; absent on the billable itself. */
  readonly adjustment?: string | undefined
  /** Names the billable together with those above; shown where it is not narrowed. */
  readonly period: DayPeriod
  readonly shown: DayPeriod
  /** Of a fee that is owed: the day from which it can be billed (`recurringDue`). */
  readonly dueDay?: string | undefined
  readonly isLate: boolean
  readonly description: string
  readonly amount: Exact
  /** What it is rounded together with and, of that, its share in minor units; rounded by itself where absent. */
  readonly group?: LineGroup | undefined
  readonly minor?: bigint | undefined
  /** Recurring only: numbers of seats with their shares of the period, and flat amounts of the tiers that they reach. */
  readonly seats?: { readonly parts: readonly SeatPart[]; readonly flat: Exact } | undefined
  /** Usage only: the measures of the counter; `charged` at the rating scale, the price of the measures where absent. */
  readonly usage: {
    readonly measures: readonly bigint[]
    readonly records: number
    readonly throughSeq: number
    readonly charged?: bigint | undefined
  } | null
  /** Usage only: what its days come to, in their order, where a minimum or maximum counts by less than the period. */
  readonly byDay?: readonly DayAmount[] | undefined
  /** Of a fee that is taken day by day: what balances have paid of it so far, at the rating scale. */
  readonly taken?: bigint | undefined
  /** Of a credit on request: which line it credits. */
  readonly credits?: CreditedLine | undefined
  /** How the amount of a commitment, cap or discount came about; kept with the line for its explanation. */
  readonly basis?: Readonly<Record<string, unknown>> | undefined
}

/** What documents before have billed of a billable. */
export interface BilledBefore {
  readonly amountMinor: bigint
  readonly measures: readonly bigint[]
  readonly records: number
  /** At the rating scale; absent where the last document did not keep it: then it is the price of the measures. */
  readonly charged?: bigint | undefined
}

export interface InvoiceLine extends Billable {
  /** The id of the account whose line it is, where that is not the one that is billed. */
  readonly accountId?: string | undefined
  readonly exactAmount: string
  /** This line: the whole, rounded half-up to minor units, less what was billed before. */
  readonly amountMinor: bigint
  readonly billedBefore: BilledBefore
  /** Of an item: as it was written. */
  readonly item?: Item | undefined
  /** Its parts by how they are taxed; absent where nobody was asked for tax. */
  readonly tax?: readonly LineTax[] | undefined
}

export function billableKey(
  line: Pick<Billable, 'subscriptionId' | 'planVersionId' | 'priceCode' | 'cell' | 'adjustment'> & {
    period: Pick<DayPeriod, 'start'>
  },
): string {
  const key = targetKey(line)
  return (line.adjustment ?? '') === '' ? key : `${key}\n${line.adjustment}`
}

/** The key of the billable that a line is about: its own, or that of what a cap or discount lowers. */
export function targetKey(
  line: Pick<Billable, 'subscriptionId' | 'planVersionId' | 'priceCode' | 'cell'> & {
    period: Pick<DayPeriod, 'start'>
  },
): string {
  return [line.subscriptionId, line.planVersionId, line.priceCode, line.cell, line.period.start].join('\n')
}

/** What a credit is for: the days of the period that are not charged any more. */
function creditedPart({ period, shown }: Billable): DayPeriod {
  return shown.end < period.end ? { start: shown.end, end: period.end } : shown
}

/** Whether there is usage, or less of it, that no document has billed. */
function hasNewUsage({ usage }: Billable, before: BilledBefore): boolean {
  if (usage === null) return false
  return (
    usage.records !== before.records || usage.measures.some((measure, at) => measure !== (before.measures[at] ?? 0n))
  )
}

/** What a billable comes to in minor units. */
export function minorOf({ amount, minor }: Pick<Billable, 'amount' | 'minor'>, minorDigits: number): bigint {
  return minor ?? roundExact(amount, minorDigits)
}

const NOTHING_BILLED: BilledBefore = { amountMinor: 0n, measures: [], records: 0 }

/**
 * Lines for what is not billed yet: the price of the whole less what was billed (domain policy 5), so that all lines of
 * a billable always add up to its price, rounded once. Billables that did not change make no line.
 */
export function toInvoiceLines(
  billables: readonly Billable[],
  billed: ReadonlyMap<string, BilledBefore>,
  currency: string,
): InvoiceLine[] {
  const { minorDigits } = currencyOf(currency)
  return billables.flatMap((billable) => {
    const billedBefore = billed.get(billableKey(billable)) ?? NOTHING_BILLED
    const amountMinor = minorOf(billable, minorDigits) - billedBefore.amountMinor
    if (amountMinor === 0n && !hasNewUsage(billable, billedBefore)) return []
    const shown = amountMinor < 0n && billable.kind === 'recurring' ? creditedPart(billable) : billable.shown
    return [{ ...billable, shown, exactAmount: formatExact(billable.amount), amountMinor, billedBefore }]
  })
}
