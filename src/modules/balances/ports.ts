import type { BonusRule } from '../../core/charging/bonus.ts'
import type { Database } from '../../platform/db.ts'

/** The rules of what comes along with top-ups. Implemented by promotions. */
export type ListBonusRules = (db: Database) => Promise<readonly BonusRule[]>
