import { inSchema, inTransaction } from '../../platform/db.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { chargePage, type LateParts, latestDay, PAGE, pageOfAccounts } from './charge.ts'
import { settingsOf } from './plan.ts'
import { LATE_JOB, scheduleLateCharges } from './settings.ts'

const MAX_ATTEMPTS = 10
const BY = { id: 'late-charges', person: 'late-charges' }

/**
 * Charges all accounts at the time that the settings say, and asks for the next time. What a killed process left is begun again: what is
 * charged until a day is not charged again.
 */
export function lateChargesJob(parts: LateParts): JobHandler {
  const goOn = async (db: Parameters<typeof scheduleLateCharges>[0], nowMs: number): Promise<void> => {
    const values = await settingsOf(db)
    if (values.schedule !== 'off') await scheduleLateCharges(db, values, nowMs)
  }
  return {
    kind: LATE_JOB.kind,
    maxAttempts: MAX_ATTEMPTS,
    work: async (job) => {
      const { nowMs, tenant } = job
      const db = inSchema(parts.db, tenant.schema)
      const isOver = (): boolean => job.isCancelled() || job.isStopped()
      let [after, done] = [null as string | null, 0]
      do {
        if (isOver()) return 'stopped'
        const accountIds = await pageOfAccounts(db, latestDay(nowMs), after)
        const isWhole = accountIds.length < PAGE
        const page = await chargePage(parts, tenant, nowMs, { accountIds, isWhole }, BY, isOver)
        done += page.looked
        after = page.next
        await job.tell({ done, total: null })
      } while (after !== null)
      if (isOver()) return 'stopped'
      await inTransaction(db, async (trx) => {
        await job.holdIn(trx)
        await goOn(trx, nowMs)
      })
      return 'done'
    },
    onFailed: async (db, _job, _message, nowMs) => goOn(db, nowMs),
    onCancelled: async (db, _job, nowMs) => goOn(db, nowMs),
  }
}
