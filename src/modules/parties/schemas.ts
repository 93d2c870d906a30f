import { z } from 'zod'
import { seriesFault } from '../../core/invoicing/document-number.ts'
import { accountFault } from '../../core/invoicing/pay-to.ts'
import { LANGUAGES } from '../../core/words/languages.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { day, instant, zone } from '../../platform/http/dates.ts'
import { currency, reference, textUpTo, thingKey } from '../../platform/http/fields.ts'
import { changedMetadata, newMetadata } from '../../platform/http/metadata.ts'
import { customerTax, customerTaxDefaults, issuerTax, issuerTaxDefaults, optional } from './tax-schemas.ts'

const name = z.string().min(1).max(200)
const text = z.string().min(1).max(1000)

/** What an account may use beyond what is paid for, who pays for it first, and what it is watched for. */
const decimalText = amountText
const charging = {
  creditLimit: decimalText
    .nullable()
    .describe('Most that it may owe; null lets it owe whatever it uses, as on invoice'),
  sponsor: reference.nullable().describe('The account whose shared balances and credit pay first'),
  sponsorCaps: z
    .record(z.string().max(40), decimalText)
    .describe('Most that may be used of the sponsor in a billing period, by unit; money under ""'),
  thresholds: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z0-9_.-]{1,64}$/),
        kind: z.enum(['low_balance', 'high_balance', 'spend', 'allowance_used']),
        amount: decimalText
          .optional()
          .describe(
            'Money below which a balance is low, or from which it is high or a spend counts; with a unit, units',
          ),
        unit: z.string().min(1).max(40).optional(),
        percent: z.number().int().min(1).max(100).optional(),
        action: z.enum(['notify', 'block', 'throttle', 'top_up', 'grant']).default('notify'),
        kbps: z.number().int().min(1).optional(),
        grant: z
          .strictObject({
            unit: z.string().min(1).max(40),
            amount: decimalText,
            validDays: z.number().int().min(1).max(3650).optional(),
          })
          .optional()
          .describe('Units that crossing it gives'),
      }),
    )
    .max(20)
    .refine((list) => new Set(list.map(({ code }) => code)).size === list.length, 'each threshold has its own code')
    .refine(
      (list) =>
        list.every(({ kind, amount, unit, percent }) =>
          kind === 'allowance_used' ? unit !== undefined && percent !== undefined : amount !== undefined,
        ),
      'low_balance, high_balance and spend need an amount, allowance_used a unit and a percent',
    )
    .refine(
      (list) => list.every(({ action, grant }) => (action === 'grant') === (grant !== undefined)),
      'the action grant says what is given: grant: { unit, amount }',
    ),
} as const

const progressiveBilling = z
  .strictObject({ threshold: decimalText, repeats: z.boolean().default(false) })
  .nullable()
  .describe('Bills usage before its period ends, once it comes to the threshold; with repeats each time in a period')

const series = z
  .string()
  .min(1)
  .max(40)
  .superRefine((value, context) => {
    const message = seriesFault(value)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
  .describe(
    '`INV` numbers documents INV-000001; `{year}/{month}-{number:4}` numbers them 2026/02-0001, anew each month',
  )

const bankAccounts = z
  .array(
    z
      .strictObject({
        currency,
        iban: textUpTo(42).optional(),
        bic: z
          .string()
          .regex(/^[A-Z0-9]{8}(?:[A-Z0-9]{3})?$/, 'write 8 or 11 capital letters and digits')
          .optional(),
        holder: textUpTo(140)
          .refine((name) => name.trim() !== '', 'write a name')
          .optional()
          .describe('Whose it is, where it is not the name of the issuer'),
        taxCode: textUpTo(20)
          .optional()
          .describe('Of the holder: EDRPOU or RNOKPP, which the codes of Ukrainian banks need'),
        virtualAddress: textUpTo(255).optional().describe('Of the Indian UPI: shop@bank'),
      })
      .superRefine((account, context) => {
        const message = accountFault(account)
        if (message !== null) context.addIssue({ code: 'custom', message })
      }),
  )
  .max(20)
  .describe('Where documents are paid, by their currency: shown on them, with codes that banking applications read')

/** How long a bill stays a draft after its day, and what comes late joins it. */
export const gracePeriod = z.string().regex(/^(P\d{1,2}D|PT\d{1,4}H)$/, 'write days as P3D, or hours as PT36H')

const ownGrace = gracePeriod
  .nullable()
  .describe(
    'How long its bills stay drafts, which late usage joins: P3D, PT36H; null for what the settings of billing say',
  )
const brand = thingKey.describe(
  'What its documents look like: the key of a brand; of an account in place of its issuer’s',
)

const splitBy = z
  .string()
  .regex(
    /^(subscription|service|metadata\.[A-Za-z0-9_.-]{1,64})$/,
    'write subscription, service, or an entry such as metadata.costCentre',
  )
  .nullable()
  .describe(
    'subscription, service or metadata.costCentre: each has a document of its own, by an entry of the subscription or else of its service; null bills all on one',
  )

const billedTo = reference
  .nullable()
  .describe('The account whose invoices have its fees and usage, on a page of its own; null bills the account itself')
const billedToFrom = day.describe(
  'The first day of a billing period: what begins from then on is billed there; absent is the first one that can be',
)

const correctiveForm = z
  .boolean()
  .describe('Whether corrections say of each line what was billed, what it should be, and the difference')

/** What can be created, and, with every field optional, changed. Keys never change. */
export const schemas = {
  issuer: z.strictObject({
    key: thingKey,
    name,
    address: text,
    taxId: z.string().max(64).nullable().default(null),
    bankDetails: text.nullable().default(null),
    bankAccounts: bankAccounts.default([]),
    invoiceSeries: series.default('INV'),
    creditNoteSeries: series.default('CN'),
    brand: brand.nullable().default(null),
    correctiveForm: correctiveForm.default(false),
    ...issuerTaxDefaults,
    metadata: newMetadata,
  }),
  customer: z.strictObject({
    key: thingKey,
    name,
    email: z.email().max(320).nullable().default(null),
    address: text.nullable().default(null),
    taxId: z.string().max(64).nullable().default(null),
    language: z.enum(LANGUAGES).default('en'),
    ...customerTaxDefaults,
    metadata: newMetadata,
  }),
  account: z.strictObject({
    key: thingKey,
    customer: reference,
    issuer: reference,
    currency,
    zone,
    cycleUnit: z.enum(['day', 'week', 'month', 'year']).default('month'),
    cycleCount: z.number().int().min(1).max(1200).default(1),
    cycleAnchor: day.describe('First day of a billing period; the others are counted from it'),
    termsDays: z.number().int().min(0).max(3650).default(14),
    creditLimit: charging.creditLimit.default(null),
    sponsor: charging.sponsor.default(null),
    sponsorCaps: charging.sponsorCaps.default({}),
    thresholds: charging.thresholds.default([]),
    progressiveBilling: progressiveBilling.default(null),
    pricesIncludeTax: z.boolean().default(false).describe('Whether the tax is in the prices of plans already'),
    gracePeriod: ownGrace.default(null),
    brand: brand.nullable().default(null),
    splitBy: splitBy.default(null),
    billedTo: billedTo.default(null),
    billedToFrom: billedToFrom.optional(),
    metadata: newMetadata,
  }),
  service: z.strictObject({
    key: thingKey,
    account: reference,
    validFrom: instant,
    validUntil: instant.nullable().default(null),
    metadata: newMetadata,
  }),
} as const

const metadata = changedMetadata.optional()

/** What may be changed afterwards. The rest decides what was charged already, and stays. */
export const changes = {
  issuer: z.strictObject({
    name: name.optional(),
    address: text.optional(),
    taxId: z.string().max(64).nullable().optional(),
    bankDetails: text.nullable().optional(),
    bankAccounts: bankAccounts.optional(),
    correctiveForm: correctiveForm.optional(),
    invoiceSeries: series.optional(),
    creditNoteSeries: series.optional(),
    brand: brand.nullable().optional(),
    ...optional(issuerTax),
    metadata,
  }),
  customer: z.strictObject({
    name: name.optional(),
    email: z.email().max(320).nullable().optional(),
    address: text.nullable().optional(),
    taxId: z.string().max(64).nullable().optional(),
    language: z.enum(LANGUAGES).optional(),
    ...optional({ ...customerTax, kind: customerTax.kind.unwrap() }),
    metadata,
  }),
  account: z.strictObject({
    zone: zone.optional().describe('From the next billing period on, or from the one that zoneFrom names'),
    zoneFrom: day.optional().describe('First day of a billing period that has not begun'),
    termsDays: z.number().int().min(0).max(3650).optional(),
    creditLimit: charging.creditLimit.optional(),
    sponsor: charging.sponsor.optional(),
    sponsorCaps: charging.sponsorCaps.optional(),
    thresholds: charging.thresholds.optional(),
    progressiveBilling: progressiveBilling.optional(),
    gracePeriod: ownGrace.optional(),
    brand: brand.nullable().optional(),
    splitBy: splitBy.optional(),
    billedTo: billedTo.optional(),
    billedToFrom: billedToFrom.optional(),
    metadata,
  }),
  service: z.strictObject({ validUntil: instant.nullable().optional(), metadata }),
} as const

export type Kind = keyof typeof schemas
export type Draft<K extends Kind> = z.output<(typeof schemas)[K]>
