import type { Cycle } from '../base/period.ts'
import type { RateTerms } from './rate-terms.ts'

/** How a meter makes a quantity of a period's records. */
export const AGGREGATORS = [
  'sum',
  'count',
  'max',
  'latest',
  'unique_count',
  'percentile',
  'time_weighted',
  'interval',
] as const
export type Aggregator = (typeof AGGREGATORS)[number]

/** From usage records of one event type to a quantity. Published meters never change; a new meaning is a new code. */
export interface Meter {
  readonly code: string
  readonly name: string
  /** The `type` of the usage records that it reads. */
  readonly eventType: string
  readonly aggregator: Aggregator
  /** The property of the record's `data` that is read; absent for `count`. */
  readonly property?: string | undefined
  /** A record without the property is none of this meter's business, instead of lacking something. */
  readonly optional?: boolean | undefined
  readonly unit: string
  /** Fraction digits kept. A record with more digits goes to suspense rather than being rounded. */
  readonly scale: number
  /** Property of `data` → the values that a record must have one of, in all of them, for this meter to read it. */
  readonly filter?: Readonly<Record<string, readonly string[]>> | undefined
  /** A property of `data`, or several: each of its values, or of their combinations, is counted, charged and billed on its own. */
  readonly groupBy?: string | readonly string[] | undefined
  /** Of `sum`: records may take back, such as credits of a cloud; elsewhere a quantity below zero goes to suspense. */
  readonly negative?: 'allowed' | undefined
  /** Of `percentile`: which one, above 0 and up to 100. */
  readonly percentile?: string | undefined
  /** Of `percentile`: of the sums of all values in each window of so many minutes, such as those of several ports. */
  readonly sumMinutes?: number | undefined
  /** Of `time_weighted`: what a level is multiplied by; `period` gives the average level. */
  readonly timeUnit?: 'second' | 'minute' | 'hour' | 'day' | 'period' | undefined
  /** Of `time_weighted`: records say by how much the level changes, up or down, instead of what it is. */
  readonly changes?: boolean | undefined
  /** Of `interval`: where the register goes back to zero; a reading that falls is a mistake when absent. */
  readonly rollOver?: string | undefined
  /** Of `interval`: a reading of at most so much, below the one before it, is of a register that began again from zero. */
  readonly resets?: { readonly within: string } | undefined
  /** Of `interval`: the property that names the register, which an exchange of the meter changes. */
  readonly register?: string | undefined
  /** Of `interval`: the property by which, and the values with which, a record says that it is an estimate. */
  readonly estimated?: { readonly property: string; readonly values: readonly string[] } | undefined
}

/** A dated price signal: `values[i]` holds from `starts[i]` until `ends[i]`, or for one step (epoch milliseconds, half-open). */
export interface Schedule {
  readonly code: string
  readonly stepMinutes: number
  readonly starts: readonly number[]
  /** Where steps are whole days of which some have 23 or 25 hours. */
  readonly ends?: readonly number[]
  readonly values: readonly string[]
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** What a band may hold on: days of the week, and days that are none, such as holidays with rates of their own. */
export const BAND_DAYS = [...WEEKDAYS, 'hol'] as const
export type BandDay = (typeof BAND_DAYS)[number]

/** A stretch of the week, local wall-clock time, half-open. `to` before `from` runs past midnight. */
export interface WeekStretch {
  readonly name: string
  /** All seven days of the week are every day, `hol` among them. */
  readonly days: readonly BandDay[]
  /** `HH:MM`; `to` may be `24:00`. */
  readonly from: string
  readonly to: string
}

export interface Band extends WeekStretch {
  readonly rate: RateTerms
}

/** A price that is for some phases of a subscription only; for all where none are named. */
interface OfPhases {
  readonly phases?: readonly string[] | undefined
}

/** What is charged has a tax class (`core/tax/tax-classes.ts`): `general` when absent, of a commit `multi_purpose_voucher`. */
interface Taxed {
  readonly taxClass?: string | undefined
}

/** Exactly one of `amount`, for each that is subscribed, and `rate`, which prices how many are. */
export interface RecurringPrice extends OfPhases, Taxed {
  readonly kind: 'recurring'
  readonly code: string
  readonly name: string
  readonly amount?: string | undefined
  readonly rate?: RateTerms | undefined
  readonly every: Cycle
  readonly timing: 'advance' | 'arrears'
  readonly proration: 'day' | 'second' | 'fixed30' | 'none'
  /**
   * In advance: when a change of seats within a period is billed. With the account's next bill (when absent), on a bill of the
   * day of the change, or when the period has ended.
   */
  readonly seatChanges?: 'next_bill' | 'at_once' | 'period_end' | undefined
  /** Free when absent. */
  readonly whilePaused?: 'free' | 'charged' | undefined
  /** Taken from the balance day by day, and what happens on a day that the balance does not cover; billed when absent. */
  readonly daily?: { readonly whenShort: 'block' | 'owe' } | undefined
}

interface OneOffPrice extends OfPhases, Taxed {
  readonly kind: 'one_off'
  readonly code: string
  readonly name: string
  readonly amount: string
}

/** What a gateway does with a session that nothing more can be granted to. */
interface WhenExhausted {
  readonly action: 'terminate' | 'redirect' | 'restrict'
  readonly redirectTo?: string | undefined
  /** Kilobits per second that a restricted session may continue with. */
  readonly kbps?: number | undefined
}

/** Rates by the values of properties of `data`. */
export interface Matrix {
  readonly keys: readonly string[]
  readonly rates: readonly MatrixRate[]
  /** For all other values; without it they have no price. */
  readonly otherwise?: NamedRate | undefined
}

interface NamedRate {
  readonly name: string
  readonly rate: RateTerms
}

/** Numbers above the one and up to the other; the other property of the two may be absent. */
export interface NumberRange {
  readonly above?: string | undefined
  readonly upTo?: string | undefined
}

/** Either one rate, or rates by time of the week. */
export interface MatrixRate {
  /** A value, a range of numbers, or "*" for all values and for none. */
  readonly when: Readonly<Record<string, string | NumberRange>>
  /** Instants between which it holds, half-open; always when absent. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  /** The values themselves when absent. */
  readonly name?: string | undefined
  readonly rate?: RateTerms | undefined
  readonly bands?: readonly Band[] | undefined
  readonly otherwise?: NamedRate | undefined
}

/** Days that count as another day of the week, or as `hol`, in all bands of a price. */
export interface Holidays {
  /** `2026-12-25`, or `12-25` for every year. */
  readonly days: readonly string[]
  readonly countAs: BandDay
}

/** Rates out of a rate deck, by the longest prefix of a number. Bands choose the column by time. */
export interface DeckReference {
  readonly code: string
  /** The property of `data` that has the number. */
  readonly key: string
  /** Where the deck has several and no band chooses one. */
  readonly column?: string | undefined
  readonly bands?: readonly (WeekStretch & { readonly column: string })[] | undefined
  readonly otherwise?: { readonly name: string; readonly column: string } | undefined
}

/** The period's quantity in other units: divided or multiplied, and rounded to so many digits. */
export interface Conversion {
  readonly divideBy?: string | undefined
  readonly multiplyBy?: string | undefined
  readonly round: 'up' | 'down' | 'half_up'
  readonly scale: number
}

/** Exactly one of `rate`, `bands`, `schedule`, `matrix` and `deck` says how the quantity is priced. */
export interface UsagePrice extends OfPhases, Taxed {
  readonly kind: 'usage'
  readonly code: string
  readonly name: string
  readonly meter: string
  /** The number of units that a unit amount is for: 1,000,000 for prices per million tokens. */
  readonly per?: string | undefined
  /** Before free units and the model, which then count in the converted unit. */
  readonly convert?: Conversion | undefined
  readonly rate?: RateTerms | undefined
  /** Zone of the bands; the account's when absent. */
  readonly zone?: string | undefined
  readonly holidays?: Holidays | undefined
  readonly bands?: readonly Band[] | undefined
  readonly otherwise?: { readonly name: string; readonly rate: RateTerms } | undefined
  readonly schedule?: { readonly code: string; readonly rates: Readonly<Record<string, RateTerms>> } | undefined
  readonly matrix?: Matrix | undefined
  readonly deck?: DeckReference | undefined
  /** What a record costs that reaches into the time of another rate: by its parts (when absent), or by its start. */
  readonly crossing?: 'split' | 'start' | undefined
  /**
   * What has a line of its own on an invoice, and is rounded once: each rate (when absent), each group of the meter, or all
   * of the price. What it is made of is in an annex.
   */
  readonly invoiceLine?: 'price' | 'rate' | 'group' | undefined
  /** Of a meter with `negative`: what a period's quantity below zero costs. Nothing when absent: what is taken back is at most what was used. */
  readonly belowZero?: 'nothing' | 'credited' | undefined
  /** Terminate when absent. */
  readonly whenExhausted?: WhenExhausted | undefined
}

/** Units that a plan gives in every billing period: what they cover of usage is not rated. */
export interface Allowance extends OfPhases {
  readonly kind: 'allowance'
  readonly code: string
  readonly name: string
  /** The unit of the meters that it covers. */
  readonly unit: string
  readonly amount: string
  /** The amount is that of one seat. */
  readonly perSeat?: boolean | undefined
  /** By `day` a partial period gives its share. Given whole when absent. */
  readonly proration?: 'day' | 'none' | undefined
  /** The lowest goes first. */
  readonly priority: number
  readonly scope?:
    | {
        readonly meters?: readonly string[] | undefined
        readonly prices?: readonly string[] | undefined
        readonly cells?: readonly string[] | undefined
      }
    | undefined
  /** What is left goes over into the next period, up to the limit. */
  readonly rollOver?: { readonly limit?: string | undefined } | undefined
}

/**
 * What prices of the plan come to in a period, at least (`commitment`: the rest is billed when the period has ended) or at
 * most (`cap`: what is beyond is taken off). Partial periods count by their share of days.
 */
export interface SpendBound extends Taxed {
  readonly kind: 'commitment' | 'cap'
  readonly code: string
  readonly name: string
  readonly amount: string
  readonly every: Cycle
  /** Codes of prices of the plan; all of them when absent. */
  readonly counts?: readonly string[] | undefined
  readonly proration: 'day' | 'none'
  /** It is for all phases. */
  readonly phases?: undefined
}

/** Money that is bought for a term, and that usage of the subscription draws down before anything else is paid. */
export interface ContractCommit extends Taxed {
  readonly kind: 'commit'
  readonly code: string
  readonly name: string
  readonly amount: string
  /** Counted from the first day of the subscription. */
  readonly term: Cycle
  /** Another term follows while the subscription continues. */
  readonly renews: boolean
  /** Billed at the beginning of the term when absent. */
  readonly instalments?: Cycle | undefined
  /** Among the account's balances; the lowest goes first. */
  readonly priority: number
  /** Hours after the end of the term in which it still pays for usage of the term; none when absent. */
  readonly graceHours?: number | undefined
  readonly scope?: Allowance['scope']
  /** It is for all phases. */
  readonly phases?: undefined
}

export type Price = RecurringPrice | OneOffPrice | UsagePrice | Allowance | SpendBound | ContractCommit

/** A stretch of a subscription's life, such as a trial; counted from its start. The last one has no end. */
export interface PlanPhase {
  readonly code: string
  readonly lasts: Cycle | null
}

/** What is sold. A published version is immutable. */
export interface Plan {
  readonly code: string
  readonly name: string
  /** A plan when absent. An add-on is subscribed together with one of the plans that it fits. */
  readonly kind?: 'plan' | 'add_on' | undefined
  readonly fits?: readonly string[] | undefined
  readonly currency: string
  readonly phases?: readonly PlanPhase[] | undefined
  readonly prices: readonly Price[]
  /** By language: what names of the plan, its prices, bands and units, and of their meters are on documents in it. */
  readonly translations?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined
}

export function isOfPhase({ phases }: Price, phase: string | null): boolean {
  return phases === undefined || phase === null || phases.includes(phase)
}

/** Something in a plan file that is wrong: where, what, and what would be right. */
export interface CatalogIssue {
  readonly path: readonly (string | number)[]
  readonly message: string
}
