import { dayOf, periodAt, periodIndexOf } from '../../core/base/period.ts'
import type { Engine } from '../../engine/index.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { interimDays } from '../invoices/index.ts'
import { type Account, cycleOf, listProgressiveAccountIds, lockAccount } from '../parties/index.ts'
import { applyToBalances } from '../receivables/index.ts'
import { type Billing, billingOf, readFacts, usageLinesAt } from './account-lines.ts'
import { issueDocument } from './bill-account.ts'
import { billedBefore } from './billed-before.ts'
import { hasCommitPlans, versionsWithDailyFees } from './commit-store.ts'
import { openDueCommits } from './contract-commits.ts'
import { takeDailyFees } from './daily-fees.ts'

const PURPOSE = 'threshold'

/**
 * Issues an interim invoice where the usage that an account was not billed for has come to its threshold: usage up to now,
 * with what caps and discounts take of it. What the period's own invoice bills is the rest, by the same subtraction.
 * @returns whether there is one.
 */
async function billProgressively(billing: Billing, accountId: string): Promise<boolean> {
  const isIssued = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const account = await lockAccount(db, accountId)
    const threshold = account.progressiveThresholdMinor
    if (threshold === null) return false
    const today = dayOf(billing.nowMs, account.zone)
    const earlier = await interimDays(db, accountId, PURPOSE)
    const period = periodStartOf(account, today)
    if (!account.progressiveRepeats && earlier.some((day) => day >= period)) return false
    const facts = await readFacts(billing, db, account, period)
    const lines = usageLinesAt(facts, await billedBefore(db, accountId), today)
    if (lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) < BigInt(threshold)) return false
    const ofToday = earlier.filter((day) => day === today).length
    const purpose = ofToday === 0 ? PURPOSE : `${PURPOSE}-${ofToday + 1}`
    await issueDocument(billing, db, facts, { day: today, purpose }, lines)
    return true
  })
  const { db, engine, tenant, nowMs } = billing
  if (isIssued && (await engine.hasBalances(tenant.name, accountId)))
    await applyToBalances(db, engine, tenant, nowMs, accountId)
  return isIssued
}

function periodStartOf(account: Account, day: string): string {
  const { cycleAnchor } = account
  const cycle = cycleOf(account)
  return periodAt(cycleAnchor, cycle, periodIndexOf(cycleAnchor, cycle, day)).start
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
