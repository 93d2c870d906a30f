import { dayOf } from '../../core/base/period.ts'
import { billingPeriodOf } from '../../core/billing/account-facts.ts'
import { planInterim } from '../../core/billing/plan-document.ts'
import type { Engine } from '../../engine/index.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { interimDays } from '../invoices/index.ts'
import { listProgressiveAccountIds, lockAccount } from '../parties/index.ts'
import { tellBalances } from './bill-account.ts'
import { hasCommitPlans, versionsWithDailyFees } from './commit-store.ts'
import { openDueCommits } from './contract-commits.ts'
import { takeDailyFees } from './daily-fees.ts'
import { type Billing, billingOf, loadCharges, loadFacts } from './load-facts.ts'
import { storeDocument } from './store-document.ts'

const PURPOSE = 'threshold'

/**
 * Issues an interim invoice where the usage that an account was not billed for has come to its threshold.
 * @returns whether there is one.
 */
async function billProgressively(billing: Billing, accountId: string): Promise<boolean> {
  const isIssued = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const account = await lockAccount(db, accountId)
    const threshold = account.progressiveThresholdMinor
    if (threshold === null) return false
    const day = dayOf(billing.nowMs, account.zone)
    const earlier = await interimDays(db, accountId, PURPOSE)
    const period = billingPeriodOf(account, day).start
    if (!account.progressiveRepeats && earlier.some((before) => before >= period)) return false
    const facts = await loadFacts(db, await loadCharges(billing, db, account, period))
    const ofToday = earlier.filter((before) => before === day).length
    const purpose = ofToday === 0 ? PURPOSE : `${PURPOSE}-${ofToday + 1}`
    const planned = planInterim(facts, { day, purpose }, BigInt(threshold))
    if (planned === null) return false
    await storeDocument(db, facts, planned, billing.nowMs)
    return true
  })
  if (isIssued) await tellBalances(billing, accountId)
  return isIssued
}

/**
 * Looks for fees of days and terms of commits that begin, and for usage that has come to its threshold.
 * @param timeOf - is asked behind the accounts: one whose threshold was set after a test clock was moved is billed on the new day
 * @param onFault - is told of an account that could not be billed; the others are
 */
export async function lookAtUsage(
  root: Database,
  engine: Engine,
  tenants: readonly Tenant[],
  timeOf: (tenant: Tenant) => Promise<number>,
  { closing, onFault }: { closing: AbortSignal; onFault: (error: unknown) => void },
): Promise<void> {
  for (const tenant of tenants) {
    // Usage comes in while the engine is awake, and is looked at then.
    if (!engine.isAwake(tenant.name)) continue
    const db = inSchema(root, tenant.schema)
    const accountIds = await listProgressiveAccountIds(db)
    const hasCommits = await hasCommitPlans(db)
    const hasFees = (await versionsWithDailyFees(db)).length > 0
    if (accountIds.length === 0 && !hasCommits && !hasFees) continue
    const billing = await billingOf(root, engine, tenant, await timeOf(tenant))
    if (hasFees) await takeDailyFees(billing)
    if (hasCommits) await openDueCommits(billing)
    for (const accountId of accountIds) {
      if (closing.aborted) return
      await billProgressively(billing, accountId).catch(onFault)
    }
  }
}
