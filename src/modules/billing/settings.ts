import { z } from 'zod'
import { nextRunMs } from '../../core/invoicing/bill-schedule.ts'
import type { Database } from '../../platform/db.ts'
import { zone } from '../../platform/http/dates.ts'
import { askForJob, askToCancel } from '../../platform/jobs/job-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

const values = z.object({
  schedule: z
    .enum(['off', 'daily', 'monthly'])
    .default('off')
    .describe('Off: bills are run when somebody asks for it. Monthly bills what is due by a day of the month'),
  day: z.int().min(1).max(28).default(1).describe('Of the month, where it is monthly'),
  hour: z.int().min(0).max(23).default(2).describe('At which it begins, by the clock of the tenant'),
  zone: zone.default('UTC').describe('The time zone of the hour, and of the day up to which is billed'),
})

type BillingSettings = z.output<typeof values>

/** There is one of a tenant, for the next time that bills are due. */
export const SCHEDULE_JOB = { kind: 'billing_schedule', key: 'next' }

/** Makes bills due by themselves, or no more, in the transaction that sets it. */
export async function scheduleBills(db: Database, asked: BillingSettings | null, nowMs: number): Promise<void> {
  if (asked === null || asked.schedule === 'off') return askToCancel(db, SCHEDULE_JOB, nowMs)
  const day = asked.schedule === 'monthly' ? asked.day : null
  await askForJob(db, { ...SCHEDULE_JOB, dueMs: nextRunMs({ ...asked, day }, nowMs) }, nowMs)
}

export const billingSettings = settingsType({
  name: 'billing',
  meaning: 'When bills are run by themselves.',
  values,
  secrets: {},
  needs: ['invoices:write'],
  onSet: scheduleBills,
})
