import type { SoldTerms } from '../../core/billing/prepaid-sale.ts'
import type { BonusRule } from '../../core/charging/bonus.ts'
import type { Database } from '../../platform/db.ts'

/** The rules of what comes along with top-ups. Implemented by promotions. */
export type ListBonusRules = (db: Database) => Promise<readonly BonusRule[]>

/** How money is taxed that accounts are sold now; those whose money is taxed when it is used are absent. Implemented by billing. */
export type SoldTermsOf = (
  db: Database,
  accountIds: readonly string[],
  nowMs: number,
) => Promise<ReadonlyMap<string, SoldTerms>>
