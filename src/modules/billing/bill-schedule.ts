import { dayOf } from '../../core/base/period.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import type { Parts } from '../module.ts'
import { askForBillRun } from './bill-run.ts'
import { billingSettings, SCHEDULE_JOB, scheduleBills } from './settings.ts'

const MAX_ATTEMPTS = 10

/**
 * Begins the bill run of its day, and asks for the next one. Both are scheduled: the run is done before the next day's begins,
 * also where a test clock is set forward by many days. By the real clock a server that was down for a week bills the week at once.
 */
export function billingScheduleJob({ db }: Pick<Parts, 'db'>): JobHandler {
  /** Whatever became of this time, there is a next one. */
  const goOn = async (scoped: Database, nowMs: number): Promise<void> => {
    const values = await settingValues(scoped, billingSettings)
    if (values.schedule !== 'off') await scheduleBills(scoped, values, nowMs)
  }
  return {
    kind: SCHEDULE_JOB.kind,
    maxAttempts: MAX_ATTEMPTS,
    work: async (job) => {
      if (job.isCancelled()) return 'stopped'
      const { nowMs, tenant } = job
      await inTransaction(inSchema(db, tenant.schema), async (trx) => {
        // Whoever sets the schedule now waits, and has the last word.
        await job.holdIn(trx)
        const { schedule, zone } = await settingValues(trx, billingSettings)
        if (schedule !== 'off') await askForBillRun(trx, dayOf(nowMs, zone), nowMs, nowMs)
        await goOn(trx, nowMs)
      })
      return 'done'
    },
    onFailed: async (scoped, _job, _message, nowMs) => goOn(scoped, nowMs),
    onCancelled: async (scoped, _job, nowMs) => goOn(scoped, nowMs),
  }
}
