import type { Cycle } from './reference/calendar.ts'

/** A tariff as its plan file says it; amounts and quantities are plain decimals. */
export interface Tier {
  readonly upTo: string | null
  readonly unitAmount?: string
  readonly flatAmount?: string
  readonly amount?: string
  readonly percent?: string
  readonly size?: string
}

export interface Rate {
  readonly model:
    | 'per_unit'
    | 'graduated'
    | 'volume'
    | 'stairstep'
    | 'package'
    | 'percentage'
    | 'graduated_percentage'
    | 'dynamic'
    | 'cost_plus'
  readonly unitAmount?: string
  readonly tiers?: readonly Tier[]
  readonly flatOnZero?: boolean
  readonly amount?: string
  readonly size?: string
  readonly percent?: string
  readonly fixedPerEvent?: string
  readonly minimumPerEvent?: string
  readonly maximumPerEvent?: string
  readonly freeEvents?: number
  readonly freeAmount?: string
  readonly factor?: string
  readonly markupPercent?: string
  readonly increments?: { readonly first: string; readonly next: string }
  readonly freePerSession?: string
  readonly maximumCost?: { readonly amount: string; readonly afterwards: 'free' | 'disconnect' }
  readonly freeUnits?: string
  readonly connectionFee?: string
  readonly perRecord?: {
    readonly scale?: number
    readonly mode?: 'half_up' | 'half_even' | 'up' | 'down'
    readonly minimum?: string
    readonly maximum?: string
  }
  readonly discountPercent?: string
  readonly maximum?: string
}

export interface Meter {
  readonly code: string
  readonly name: string
  readonly eventType: string
  readonly aggregator: 'sum' | 'count' | 'max' | 'latest' | 'unique_count'
  readonly property?: string
  readonly unit: string
  readonly scale: number
  readonly groupBy?: string
}

interface Named {
  readonly code: string
  /** On documents a line's description begins with it. */
  readonly name: string
  readonly phases?: readonly string[]
}

export interface UsagePrice extends Named {
  readonly kind: 'usage'
  readonly meter: string
  readonly per?: string
  readonly convert?: {
    readonly divideBy?: string
    readonly multiplyBy?: string
    readonly round: 'up' | 'down' | 'half_up'
    readonly scale: number
  }
  readonly rate?: Rate
  readonly zone?: string
  readonly bands?: readonly {
    readonly name: string
    readonly days: readonly string[]
    readonly from: string
    readonly to: string
    readonly rate: Rate
  }[]
  readonly otherwise?: { readonly name: string; readonly rate: Rate }
  readonly matrix?: {
    readonly keys: readonly string[]
    readonly rates: readonly { readonly when: Readonly<Record<string, string>>; readonly rate: Rate }[]
  }
  readonly schedule?: {
    readonly code: string
    readonly rates: readonly { readonly value: string; readonly rate: Rate }[]
  }
  /** Rates of the tenant's deck, by the number in a property of the record. */
  readonly deck?: { readonly code: string; readonly key: string; readonly column: DeckColumn }
}

/** A dated signal that all histories of a tenant can be priced by: one value for each local day. */
export interface Signal {
  readonly code: string
  readonly zone: string
  readonly days: readonly { readonly day: string; readonly value: string }[]
}

type DeckColumn = 'bare' | 'with fee'

/** What numbers cost by their first digits; of rows with one prefix the one that has begun last holds. */
export interface Deck {
  readonly code: string
  readonly zone: string
  readonly versions: readonly {
    readonly from: string
    readonly rows: readonly {
      readonly prefix: string
      readonly destination: string
      readonly unitAmount: string
      readonly fee: string
    }[]
  }[]
}

export interface RecurringPrice extends Named {
  readonly kind: 'recurring'
  readonly amount: string
  readonly every: Cycle
  readonly timing: 'advance' | 'arrears'
  readonly proration: 'day' | 'none'
  readonly whilePaused?: 'free' | 'charged'
}

/** The least, or the most, that prices of a plan come to in a period. */
export interface BoundPrice extends Named {
  readonly kind: 'commitment' | 'cap'
  readonly amount: string
  readonly every: Cycle
  readonly counts?: readonly string[]
  readonly proration: 'day' | 'none'
}

/** Units that the plan gives in each billing period, for usage of meters that count in them. */
interface AllowancePrice extends Named {
  readonly kind: 'allowance'
  readonly unit: string
  readonly amount: string
}

/** Money that is bought for a term, and that usage draws down. */
export interface CommitPrice extends Named {
  readonly kind: 'commit'
  readonly amount: string
  readonly term: Cycle
  readonly instalments?: Cycle
}

export type Price = UsagePrice | RecurringPrice | BoundPrice | AllowancePrice | CommitPrice

export interface Coupon {
  readonly code: string
  readonly name: string
  readonly value:
    | { readonly kind: 'percent'; readonly percent: string }
    | { readonly kind: 'fixed'; readonly amount: string; readonly carryOver: boolean }
  readonly duration: { readonly kind: 'once' | 'forever' } | { readonly kind: 'bills'; readonly count: number }
  readonly targets: { readonly kinds?: readonly ('usage' | 'recurring' | 'commitment')[] }
}

export interface Plan {
  readonly code: string
  /** Versions are published one after another; plan files do not name them. */
  readonly version: number
  readonly phases?: readonly { readonly code: string; readonly lasts: Cycle | null }[]
  readonly name: string
  readonly currency: string
  readonly prices: readonly Price[]
}

/** A change of the subscription, and the instant from which it holds. */
export type Change = { readonly effective: string } & (
  | {
      readonly kind: 'plan'
      readonly plan: string
      readonly planVersion: number
      readonly usage?: 'carry_over' | 'restart'
    }
  | { readonly kind: 'quantity'; readonly quantity: number }
  | { readonly kind: 'pause' | 'resume' | 'cancel' }
)

/** One thing that is done, at the moment of the calendar that `at` names. */
export type Step =
  | {
      readonly do: 'use'
      /** By file; or online, as an event or as a session that reserves units and reports them. */
      readonly via: 'file' | 'event' | 'session'
      readonly at: string
      readonly id: string
      readonly type: string
      readonly time: string
      readonly data: Readonly<Record<string, string>>
    }
  | { readonly do: 'pay'; readonly at: string; readonly id: string; readonly amount: string }
  | { readonly do: 'top up'; readonly at: string; readonly id: string; readonly amount: string }
  | { readonly do: 'credit limit'; readonly at: string; readonly amount: string }
  | { readonly do: 'interim invoice'; readonly at: string }
  | { readonly do: 'coupon'; readonly at: string }
  | {
      readonly do: 're-rate'
      readonly at: string
      readonly fromPlan: readonly [code: string, version: number]
      readonly toPlan: readonly [code: string, version: number]
      readonly from: string
      readonly until: string
    }
  | { readonly do: 'change'; readonly at: string; readonly change: Change }
  | { readonly do: 'retract'; readonly at: string; readonly id: string }
  | { readonly do: 'amend'; readonly at: string; readonly id: string; readonly data: Readonly<Record<string, string>> }

/** A small life of one account: what it has, and what is done with it, in order. */
export interface History {
  readonly name: string
  readonly features: readonly string[]
  readonly currency: 'JPY' | 'EUR' | 'KWD'
  readonly zone: string
  readonly cycle: Cycle
  readonly anchor: string
  readonly startsAt: string
  /** Null: it pays by invoice. */
  readonly creditLimit: string | null
  /** Seats to begin with. */
  readonly quantity: number
  readonly tax: 'untaxed' | 'one rate' | 'rate changes' | 'exempt'
  /** The first day of the new rate, where it changes. */
  readonly rateChangesOn: string
  /** So many days a bill is a draft after its day, and late usage joins it; 0: none. */
  readonly graceDays: number
  readonly coupon: Coupon | null
  readonly signal: Signal
  readonly deck: Deck
  readonly meters: readonly Meter[]
  /** The subscription begins with the first one. */
  readonly plans: readonly Plan[]
  readonly steps: readonly Step[]
}

/** Histories that live in one tenant share its clock and its bill runs. */
export interface Calendar {
  /** Where the clock stands before anything is done. */
  readonly begins: string
  /** The moment of all interim invoices. */
  readonly interimAt: string
  readonly moments: readonly { readonly at: string; readonly billUntil?: string }[]
}
