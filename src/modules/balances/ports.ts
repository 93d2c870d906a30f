import type { BonusRule } from '../../core/charging/bonus.ts'
import type { Database } from '../../platform/db.ts'
import type { ReadContext } from '../../platform/tenant.ts'

/** Settles open documents of accounts with money of their balances. Implemented by invoicing. */
export interface Settlement {
  /** Which of some accounts have something to settle: most that top up have not. */
  due(context: ReadContext, accountIds: readonly string[]): Promise<ReadonlySet<string>>
  settle(context: ReadContext, accountId: string): Promise<void>
}

/** The rules of what comes along with top-ups. Implemented by promotions. */
export type ListBonusRules = (db: Database) => Promise<readonly BonusRule[]>
