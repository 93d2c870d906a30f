import { z } from 'zod'
import { nextRunMs } from '../../core/invoicing/bill-schedule.ts'
import type { Database } from '../../platform/db.ts'
import { zone } from '../../platform/http/dates.ts'
import { askForJob, askToCancel } from '../../platform/jobs/job-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

const values = z.object({
  schedule: z.enum(['off', 'daily']).default('off').describe('Off: steps are done when somebody asks for it'),
  hour: z.int().min(0).max(23).default(9).describe('At which steps are done'),
  zone: zone.default('UTC').describe('The time zone of the hour; days overdue are counted in that of each account'),
})
export type DunningSettings = z.output<typeof values>

/** There is one of a tenant, for the next time that steps are done. */
export const DUNNING_JOB = { kind: 'dunning', key: 'next' }

/** Has steps done by themselves, or no more, in the transaction that sets it. */
export async function scheduleDunning(db: Database, asked: DunningSettings | null, nowMs: number): Promise<void> {
  if (asked === null || asked.schedule === 'off') return askToCancel(db, DUNNING_JOB, nowMs)
  await askForJob(db, { ...DUNNING_JOB, dueMs: nextRunMs({ ...asked, day: null }, nowMs) }, nowMs)
}

export const dunningSettings = settingsType({
  name: 'dunning',
  meaning: 'When steps of dunning are done.',
  values,
  secrets: {},
  needs: ['dunning:write'],
  onSet: scheduleDunning,
})
