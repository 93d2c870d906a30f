import { z } from 'zod'
import { type ReviewTerms, WARNING_CODES } from '../../core/billing/draft-rules.ts'
import { nextRunMs } from '../../core/invoicing/bill-schedule.ts'
import type { Database } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { zone } from '../../platform/http/dates.ts'
import { askForJob, askToCancel } from '../../platform/jobs/job-store.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'
import { gracePeriod } from '../parties/index.ts'

const values = z.object({
  schedule: z
    .enum(['off', 'daily', 'monthly'])
    .default('off')
    .describe('Off: bills are run when somebody asks for it. Monthly bills what is due by a day of the month'),
  day: z.int().min(1).max(28).default(1).describe('Of the month, where it is monthly'),
  hour: z.int().min(0).max(23).default(2).describe('At which it begins, by the clock of the tenant'),
  zone: zone.default('UTC').describe('The time zone of the hour, and of the day up to which is billed'),
  gracePeriod: gracePeriod
    .default('P0D')
    .describe('How long bills stay drafts after their day, unless their account says otherwise: P3D, PT36H'),
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

const MAX_FACTOR = 100
const review = z.object({
  factor: z
    .int()
    .min(2)
    .max(MAX_FACTOR)
    .default(3)
    .describe(
      'An amount beyond so many times the mean of the last ones is unusual, and one below the mean divided by it',
    ),
  last: z.int().min(1).max(12).default(3).describe('How many of the last bills an amount is compared with'),
  over: z
    .record(z.string().regex(/^[A-Z]{3,5}$/), amountText)
    .default({})
    .describe('Amounts by currency from which on a document is told of: {"EUR": "10000.00"}'),
  needsApproval: z
    .array(z.enum(WARNING_CODES))
    .max(WARNING_CODES.length)
    .default([])
    .describe('Warnings with which a document is not issued before somebody has approved of it; none unless set'),
  tolerancePercent: z
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .describe('By how much of the approved amount a document may change before it is asked again'),
})

export const reviewSettings = settingsType({
  name: 'invoice-review',
  meaning: 'What is odd about a document, and which of it somebody has to approve of before it is issued.',
  values: review,
  secrets: {},
  needs: ['invoices:approve'],
})

/** What keeps documents from being issued at once. */
export interface IssuingRules {
  readonly gracePeriod: string
  readonly review: ReviewTerms
}

export async function issuingRules(db: Database): Promise<IssuingRules> {
  const { gracePeriod: ofBills } = await settingValues(db, billingSettings)
  return { gracePeriod: ofBills, review: await settingValues(db, reviewSettings) }
}
