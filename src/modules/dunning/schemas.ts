import { z } from 'zod'
import { findCurrency } from '../../core/base/currency.ts'
import { parseMinor } from '../../core/base/money.ts'
import { DUNNING_ACTIONS, policyFaults, REMINDERS } from '../../core/dunning/policy.ts'
import { MOST_HOLIDAYS } from '../../core/dunning/working-days.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { day } from '../../platform/http/dates.ts'
import { currency, textUpTo, thingKey } from '../../platform/http/fields.ts'

/** Two years: what is older is no matter of reminders. */
const MOST_DAYS = 730
const MOST_STEPS = 30
const MOST_VALUES = 200

const days = z.int().min(0).max(MOST_DAYS)
const amounts = z
  .record(z.string().regex(/^[A-Z]{3,5}$/), amountText)
  .refine(
    (all) =>
      Object.entries(all).every(([code, text]) => {
        if (findCurrency(code) === undefined) return false
        const minor = parseMinor(text, code)
        return minor !== null && minor >= 0n
      }),
    { message: 'write amounts that the currencies have: {"EUR": "5.00"}' },
  )
  .default({})

const between = z
  .strictObject({
    atLeast: z.int().min(0).max(10_000).nullable().default(null),
    atMost: z.int().min(0).max(10_000).nullable().default(null),
  })
  .default({ atLeast: null, atMost: null })

const step = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'write a name such as first-reminder')
    .describe('What was done under this name is not done again in a run'),
  action: z.enum(DUNNING_ACTIONS),
  afterDays: days.min(1).describe('Days overdue from which on it is done'),
  days: z.enum(['calendar', 'working']).default('calendar').describe('How those days are counted'),
  onlyWorkingDays: z.boolean().default(false).describe('Whether it waits for a working day'),
  gapDays: z
    .int()
    .min(0)
    .max(365)
    .nullable()
    .default(null)
    .describe('Days behind the step before, at least; null for those of the policy, 0 for the same day'),
  minAmount: amounts.describe('It is passed over as long as less is to be asked for: {"EUR": "20.00"}'),
  oldestDays: between.describe('Only where the oldest document is overdue for so long'),
  earlierRuns: between.describe(
    'Only where there were so many runs before: {"atLeast": 1} for those who were late before',
  ),
  script: textUpTo(4_000).nullable().default(null).describe('What a person who calls says'),
  reminder: z.enum(REMINDERS).default('first').describe('Which one is sent: its template'),
})

const names = z.array(z.string().min(1).max(128)).max(MOST_VALUES).default([])

export const policyContent = z
  .strictObject({
    order: z
      .int()
      .min(0)
      .max(10_000)
      .default(100)
      .describe('The first policy that an account fits holds, the least number first'),
    segment: z
      .strictObject({
        customerKinds: z
          .array(z.enum(['consumer', 'business', 'public_body', 'unknown']))
          .max(4)
          .default([])
          .describe('`unknown` is a customer of whom nobody said what they are'),
        issuers: names.describe('Keys of issuers'),
        currencies: z.array(currency).max(MOST_VALUES).default([]),
        metadata: z
          .record(z.string().min(1).max(64), z.array(z.string().max(500)).min(1).max(MOST_VALUES))
          .refine((all) => Object.keys(all).length <= 20, 'at most 20 entries')
          .default({})
          .describe('Entries of the account, or else of its customer: {"tier": ["gold", "vip"]}'),
      })
      .prefault({})
      .describe('Whom it is for; all that is said must hold, and what is not said is not asked about'),
    calendar: z
      .strictObject({
        weekend: z
          .array(z.int().min(1).max(7))
          .max(6, 'a week has a working day')
          .default([6, 7])
          .describe('Free days of the week, Monday is 1'),
        holidays: z.array(day).max(MOST_HOLIDAYS).default([]),
      })
      .prefault({}),
    grace: amounts.describe('Nobody is asked for so much or less: {"EUR": "1.00"}'),
    gapDays: z.int().min(0).max(365).default(1).describe('Days between two steps, at least'),
    reopenDays: z
      .int()
      .min(0)
      .max(MOST_DAYS)
      .default(60)
      .describe('A run whose debt comes back within so many days continues where it stood'),
    blockDuringPlans: z.boolean().default(false).describe('Whether blocks stay during a promise or instalments'),
    blockUntold: z
      .boolean()
      .default(true)
      .describe('False: nobody is blocked or ended whom no reminder could be sent to, and nobody was asked to call'),
    steps: z.array(step).min(1).max(MOST_STEPS),
  })
  .superRefine((policy, context) => {
    for (const message of policyFaults(policy)) context.addIssue({ code: 'custom', message })
  })
export type PolicyContent = z.output<typeof policyContent>

export const policyDraft = z.strictObject({
  key: thingKey,
  draft: z.boolean().default(false).describe('Kept to be previewed: no run begins by it'),
  policy: policyContent,
})
