import { dayOf, periodAt, periodIndexOf } from '../../core/base/period.ts'
import type { Engine } from '../../engine/index.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { type Account, listProgressiveAccountIds, lockAccount } from '../customers/index.ts'
import { type Billing, billingOf, readFacts, usageLinesAt } from './account-lines.ts'
import { applyToBalances } from './apply-to-balances.ts'
import { issueDocument } from './bill-account.ts'
import { hasCommitPlans } from './commit-store.ts'
import { openDueCommits } from './contract-commits.ts'
import * as store from './store.ts'

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
    const earlier = await store.interimDays(db, accountId, PURPOSE)
    const period = periodStartOf(account, today)
    if (!account.progressiveRepeats && earlier.some((day) => day >= period)) return false
    const facts = await readFacts(billing, db, account, period)
    const lines = usageLinesAt(facts, await store.billedBefore(db, accountId), today)
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

function periodStartOf({ cycleAnchor, cycleUnit: unit, cycleCount: count }: Account, day: string): string {
  const cycle = { unit, count }
  return periodAt(cycleAnchor, cycle, periodIndexOf(cycleAnchor, cycle, day)).start
}

/** Looks for terms of commits that begin, and for usage that has come to its threshold, while the process runs. */
export class ProgressiveBilling {
  private readonly db: Database
  private readonly engine: Engine
  private readonly listTenants: () => Promise<readonly Tenant[]>
  private readonly nowMs: (tenant: Tenant) => number
  private readonly onFault: (error: unknown) => void
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> = Promise.resolve()
  private isClosed = false

  constructor(
    db: Database,
    engine: Engine,
    listTenants: () => Promise<readonly Tenant[]>,
    nowMs: (tenant: Tenant) => number,
    onFault: (error: unknown) => void,
  ) {
    this.db = db
    this.engine = engine
    this.listTenants = listTenants
    this.nowMs = nowMs
    this.onFault = onFault
  }

  start(everyMs: number): void {
    this.timer = setTimeout(() => {
      this.running = this.look()
        .catch(this.onFault)
        .then(() => {
          if (!this.isClosed) this.start(everyMs)
        })
    }, everyMs)
    this.timer.unref()
  }

  private async look(): Promise<void> {
    for (const tenant of await this.listTenants()) {
      // Usage comes in while the engine is awake, and is looked at then.
      if (!this.engine.isAwake(tenant.name)) continue
      const db = inSchema(this.db, tenant.schema)
      const accountIds = await listProgressiveAccountIds(db)
      const hasCommits = await hasCommitPlans(db)
      if (accountIds.length === 0 && !hasCommits) continue
      const billing = await billingOf(this.db, this.engine, tenant, this.nowMs(tenant))
      if (hasCommits) await openDueCommits(billing)
      for (const accountId of accountIds) {
        if (this.isClosed) return
        // One account's trouble does not keep the others from being billed.
        await billProgressively(billing, accountId).catch(this.onFault)
      }
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.timer)
    await this.running
  }
}
