import type { Plan } from '../../core/catalog/plan.ts'
import type { Life } from '../../core/invoicing/fixed-billables.ts'
import type { DayAmount } from '../../core/invoicing/invoice-lines.ts'
import type { CompiledCatalog, CounterSnapshot, Engine } from '../../engine/index.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { Account } from '../parties/index.ts'
import type { DailyFeeRow } from '../receivables/index.ts'
import type { Subscription } from '../subscriptions/index.ts'
import type { CommitTerm } from './commit-store.ts'

/** Where billing takes usage and prices from. */
export interface BillingSources {
  readonly engine: Engine
  readonly tenant: Tenant
  readonly plans: ReadonlyMap<string, Plan>
  readonly catalog: CompiledCatalog
  /** Plans and catalogue as they are now: a version may be published while a run is under way. */
  readonly reload: () => Promise<Pick<BillingSources, 'plans' | 'catalog'>>
}

/** What counters come to by the day, by the names of the counters. */
export type UsageByDay = ReadonlyMap<string, readonly DayAmount[]>

/** What billing an account looks at. */
export interface AccountBilling {
  readonly account: Account
  readonly subscriptions: readonly Subscription[]
  readonly lives: readonly Life[]
  readonly counters: readonly CounterSnapshot[]
  readonly plans: ReadonlyMap<string, Plan>
  readonly catalog: CompiledCatalog
  /** Of counters that windows of minima and maxima cut through. */
  readonly byDay: UsageByDay
  /** Days of fees that are taken from balances, paid or not. */
  readonly dailyFees: readonly DailyFeeRow[]
  /** Of commits, whose money was given. */
  readonly openedTerms: readonly CommitTerm[]
}
