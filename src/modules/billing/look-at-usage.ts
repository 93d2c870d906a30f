import { inSchema } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { Parts } from '../module.ts'
import { listProgressiveAccountIds } from '../parties/index.ts'
import { hasCommitPlans, versionsWithDailyFees } from './commit-store.ts'
import { openDueCommits } from './contract-commits.ts'
import { takeDailyFees } from './daily-fees.ts'
import { lookForInterims } from './interim-invoice.ts'
import { billingOf } from './load-facts.ts'

/**
 * Looks for fees of days and terms of commits that begin, and for usage that has come to its threshold. Usage comes in while an
 * engine is awake, and is looked at then.
 */
export async function billThresholds(
  { db: root, engine, nowMs }: Pick<Parts, 'db' | 'engine' | 'nowMs'>,
  tenant: Tenant,
  closing: AbortSignal,
): Promise<void> {
  if (!engine.isAwake(tenant.name)) return
  const db = inSchema(root, tenant.schema)
  const withThreshold = await listProgressiveAccountIds(db)
  const hasCommits = await hasCommitPlans(db)
  const hasFees = (await versionsWithDailyFees(db)).length > 0
  if (withThreshold.length === 0 && !hasCommits && !hasFees) return
  const billing = await billingOf(root, engine, tenant, nowMs(tenant))
  if (hasFees) await takeDailyFees(billing)
  if (hasCommits) await openDueCommits(billing)
  // Jobs are looked for by themselves, with the clock as it is then; a test clock may have been moved since the tenant was listed.
  if (withThreshold.length > 0) await lookForInterims(billing, withThreshold, closing)
}
