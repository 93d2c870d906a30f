import { z } from 'zod'
import { parseMinor } from '../../core/base/money.ts'
import { nextRunMs } from '../../core/invoicing/bill-schedule.ts'
import type { LateTerms, RateFrom } from '../../core/ledger/late-charges.ts'
import { addPercents } from '../../core/ledger/late-rates.ts'
import { TAX_CLASS_CODES } from '../../core/tax/tax-classes.ts'
import type { Database } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { day, zone } from '../../platform/http/dates.ts'
import { askForJob, askToCancel } from '../../platform/jobs/job-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

const MOST_RATES = 200
const MOST_OVERRIDES = 1_000
const MOST_DAYS = 365

const percent = z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, 'write a percentage such as 9.12')
const signed = z.string().regex(/^-?\d{1,3}(\.\d{1,6})?$/, 'write a percentage such as 1.27 or -0.88')
const days = z.int().min(0).max(MOST_DAYS)
const byCurrency = z
  .record(z.string().regex(/^[A-Z]{3,5}$/), amountText)
  .refine((amounts) => Object.entries(amounts).every(([code, text]) => minorIn(text, code) !== null), {
    message: 'write amounts that the currencies have, above zero: {"EUR": "40.00"}',
  })
const ratesOf = (value: typeof percent): z.ZodType<RateFrom[]> =>
  z
    .array(z.strictObject({ from: day, percent: value }))
    .max(MOST_RATES)
    .refine((rates) => rates.every(({ from }, at) => at === 0 || (rates[at - 1] as RateFrom).from < from), {
      message: 'write each day once, the earliest first',
    })

/** An amount above zero in minor units; null for anything else, and where a currency is none. */
function minorIn(text: string, currency: string): bigint | null {
  try {
    const minor = parseMinor(text, currency)
    return minor !== null && minor > 0n ? minor : null
  } catch {
    return null
  }
}

const rule = z
  .strictObject({
    percent: percent.nullable().default(null).describe('Interest in percent a year'),
    rates: ratesOf(percent).default([]).describe('The same by the days from which it holds'),
    pointsAboveBase: percent.nullable().default(null).describe('Or so many points above `baseRates`'),
    graceDays: days.default(0).describe('Days after the due day that are never charged'),
    fees: byCurrency.default({}).describe('Once for each document: {"EUR": "40.00"}'),
    feeAfterDays: days.default(0).describe('The fee is charged after so many days overdue'),
    minimum: byCurrency.default({}).describe('Interest of less waits until it comes to this: {"EUR": "1.00"}'),
    capPercent: percent.nullable().default(null).describe('All charges on a document are no more than this part of it'),
    taxClass: z
      .enum(TAX_CLASS_CODES as [string, ...string[]])
      .default('out_of_scope')
      .describe('Damages are no supply, so that no tax is on them unless another class is set'),
  })
  .refine(
    (one) => [one.percent !== null, one.rates.length > 0, one.pointsAboveBase !== null].filter(Boolean).length <= 1,
    { message: 'interest is one of percent, rates and pointsAboveBase' },
  )
export type LateRule = z.output<typeof rule>

const perKind = {
  business: rule.nullable().default(null).describe('For businesses and public bodies; none unless set'),
  consumer: rule.nullable().default(null).describe('For consumers, and customers of whom nobody said what they are'),
}
const isFew = (rows: object): boolean => Object.keys(rows).length <= MOST_OVERRIDES
const values = z.object({
  from: day.nullable().default(null).describe('The first day that is charged: nothing is charged without it'),
  ...perKind,
  issuers: z
    .record(z.string().max(128), z.strictObject(perKind))
    .default({})
    .refine(isFew, `at most ${MOST_OVERRIDES} issuers`)
    .describe('Rules of an issuer in their place, by its key'),
  accounts: z
    .record(z.string().max(128), rule.nullable())
    .default({})
    .refine(isFew, `at most ${MOST_OVERRIDES} accounts`)
    .describe('A rule of an account in their place, by its key; null where nothing is charged'),
  baseRates: ratesOf(signed).default([]).describe('Base rates by the days from which they hold'),
  yearDays: z
    .union([z.literal(365), z.literal(360)])
    .default(365)
    .describe('What days are divided by'),
  interestText: z.string().min(1).max(120).default('Interest on {number}').describe('How lines begin'),
  feeText: z.string().min(1).max(120).default('Fee for late payment of {number}'),
  schedule: z.enum(['off', 'daily', 'monthly']).default('off').describe('Off: charged when somebody asks for it'),
  day: z.int().min(1).max(28).default(1).describe('Of the month, where it is monthly'),
  hour: z.int().min(0).max(23).default(3).describe('At which it begins'),
  zone: zone.default('UTC').describe('The time zone of the hour'),
})
export type LateSettings = z.output<typeof values>

/** There is one of a tenant, for the next time that late charges are due. */
export const LATE_JOB = { kind: 'late_charges', key: 'next' }

/** Makes late charges due by themselves, or no more, in the transaction that sets it. */
export async function scheduleLateCharges(db: Database, asked: LateSettings | null, nowMs: number): Promise<void> {
  if (asked === null || asked.schedule === 'off') return askToCancel(db, LATE_JOB, nowMs)
  const dayOfMonth = asked.schedule === 'monthly' ? asked.day : null
  await askForJob(db, { ...LATE_JOB, dueMs: nextRunMs({ ...asked, day: dayOfMonth }, nowMs) }, nowMs)
}

export const lateSettings = settingsType({
  name: 'late-charges',
  meaning: 'Interest and fees on documents that are paid late.',
  values,
  secrets: {},
  needs: ['invoices:write'],
  onSet: scheduleLateCharges,
})

/** Whose documents they are, as far as the rule goes. */
export interface LateParty {
  readonly account: string
  readonly issuer: string
  readonly customerKind: string | null
}

/** The rule that holds for an account: its own, that of its issuer, or that of all; null where nothing is charged. */
export function ruleFor(settings: LateSettings, { account, issuer, customerKind }: LateParty): LateRule | null {
  const own = settings.accounts[account]
  if (own !== undefined) return own
  const kind = customerKind === 'business' || customerKind === 'public_body' ? 'business' : 'consumer'
  return (settings.issuers[issuer] ?? settings)[kind]
}

/** What a rule says of documents in a currency; null where nothing is charged. */
export function termsOf(settings: LateSettings, one: LateRule | null, currency: string): LateTerms | null {
  const { from, yearDays, baseRates } = settings
  if (one === null || from === null) return null
  const fee = one.fees[currency]
  const minimum = one.minimum[currency]
  const always = one.percent === null ? one.rates : [{ from: '0001-01-01', percent: one.percent }]
  const points = one.pointsAboveBase
  return {
    ...{ from, yearDays, graceDays: one.graceDays, capPercent: one.capPercent },
    rates: points === null ? always : addPercents(baseRates, points),
    fee: fee === undefined ? null : { afterDays: one.feeAfterDays, minor: minorIn(fee, currency) as bigint },
    minimumMinor: minimum === undefined ? 0n : (minorIn(minimum, currency) as bigint),
  }
}
