import { z } from 'zod'
import { LANGUAGES } from '../../core/words/languages.ts'
import { shownMetadata } from '../../platform/http/metadata.ts'
import { customerTax, issuerTax } from './tax-schemas.ts'

/** What the routes of customers answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
const day = z.iso.date()
const amount = z.string().describe('A decimal of the currency')
export const unit = z.enum(['day', 'week', 'month', 'year'])
export const row = { id, key: z.string(), metadata: shownMetadata, createdAt: instant, updatedAt: instant }
/** Of the kind that it is part of: another account, or another subscription. */
export const related = z.looseObject({ id, key: z.string() }).describe('Another one, whole, with `expand`')
const issuer = z
  .strictObject({
    ...row,
    name: z.string(),
    address: z.string(),
    taxId: z.string().nullable(),
    bankDetails: z.string().nullable(),
    correctiveForm: z.boolean(),
    bankAccounts: z.array(z.looseObject({ currency: z.string() })),
    invoiceSeries: z.string(),
    creditNoteSeries: z.string(),
    brand: z.string().nullable(),
    ...issuerTax,
  })
  .meta({ id: 'Issuer' })

const customer = z
  .strictObject({
    ...row,
    name: z.string(),
    email: z.string().nullable(),
    address: z.string().nullable(),
    taxId: z.string().nullable(),
    language: z.enum(LANGUAGES),
    ...customerTax,
    erasedAt: instant.nullable().describe('When what was known of it was erased'),
  })
  .meta({ id: 'Customer' })

/** A key, or with `expand` the whole thing in its place. */
export function keyOrWhole(thing: z.ZodType): z.ZodType {
  return z.union([z.string(), thing]).describe('Its key; the whole with `expand`')
}

const ofCustomer = { customerId: id, customer: keyOrWhole(customer), customerName: z.string() }

const account = z
  .strictObject({
    ...row,
    ...ofCustomer,
    issuerId: id,
    issuer: issuer.optional().describe('With `expand`'),
    currency: z.string(),
    zone: z.string(),
    zones: z
      .array(z.strictObject({ zone: z.string(), fromDay: day.nullable() }))
      .optional()
      .describe('Where it has moved'),
    cycleUnit: unit,
    cycleCount: z.int(),
    cycleAnchor: day,
    termsDays: z.int(),
    billedUntil: day.nullable(),
    creditLimit: amount.nullable().describe('Null lets it owe whatever it uses'),
    sponsorAccountId: id.nullable(),
    sponsor: related.nullable().optional(),
    sponsorCaps: z.record(z.string(), z.string()),
    thresholds: z.array(z.looseObject({})),
    progressiveBilling: z.strictObject({ threshold: amount, repeats: z.boolean() }).nullable(),
    pricesIncludeTax: z.boolean(),
    gracePeriod: z.string().nullable(),
    brand: z.string().nullable(),
    splitBy: z.string().nullable(),
    billedTo: id.nullable().describe('The account that is billed for the periods that begin now'),
    payers: z
      .array(z.strictObject({ accountId: id.nullable(), fromDay: day }))
      .optional()
      .describe('Who is billed from which day on, where it was, or will be, another account'),
  })
  .meta({ id: 'Account' })

/** Of what an account has. */
export const ofAccount = { accountId: id, account: keyOrWhole(account), ...ofCustomer }

const service = z
  .strictObject({ ...row, ...ofAccount, validFrom: instant, validUntil: instant.nullable() })
  .meta({ id: 'Service' })

export const answers = { issuer, customer, account, service } as const

/** @param kinds the names of what a row can make */
export function importReport(kinds: readonly string[]): z.ZodType {
  return z.strictObject({
    rows: z.int(),
    created: z.record(z.enum(kinds), z.int()),
    existing: z.int().describe('Things whose key existed; they stay as they are'),
    errors: z.array(z.strictObject({ row: z.int(), message: z.string() })),
  })
}
