import { z } from 'zod'
import { TAX_CLASS_CODES } from '../../core/tax/tax-classes.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

/** The job that asks what documents wait for. There is one of a tenant. */
export const TAX_QUESTIONS = { kind: 'tax_questions', key: 'next' }

export const engineSettings = settingsType({
  name: 'tax-engine',
  meaning: 'An engine of tax outside, which is asked how supplies are taxed.',
  values: z.object({
    engine: z.enum(['avalara', 'stripe_tax']),
    account: z.string().min(1).max(64).describe('The number or name of your account at it; Stripe knows it by the key'),
    company: z.string().min(1).max(50).default('DEFAULT').describe('The code of the company within the account'),
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, 'write a code of ISO 3166-1 such as US'))
      .max(250)
      .default([])
      .describe('Where buyers are whose tax it says; all where there is none. Elsewhere Kvit decides by its own rules'),
    taxCodes: z
      .partialRecord(z.enum(TAX_CLASS_CODES as [string, ...string[]]), z.string().min(1).max(25))
      .default({})
      .describe('The codes that it knows tax classes by: {"telecom": "SC160001"}'),
    onFailure: z
      .enum(['hold', 'own_rules'])
      .default('hold')
      .describe(
        'What becomes of documents when it does not answer: they wait, or are taxed by own rules, which is said',
      ),
    patienceMinutes: z
      .int()
      .min(1)
      .max(10_080)
      .default(60)
      .describe('How long it is asked before own rules are taken, by the clock of the tenant'),
  }),
  secrets: {
    licenseKey: {
      meaning: 'What you are known by at it',
      form: '8 to 200 printable characters',
      pattern: /^[\x21-\x7e]{8,200}$/,
    },
  },
  needs: ['catalog:write'],
  // What waits is asked with the new ones at once; without an engine own rules decide.
  onSet: async (db, _values, nowMs) => askForJob(db, TAX_QUESTIONS, nowMs),
})
