import { z } from 'zod'
import { KINDS, type Kind } from './schemas.ts'

/** What the routes of customers answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
const day = z.iso.date()
const amount = z.string().describe('A decimal of the currency')
const unit = z.enum(['day', 'week', 'month', 'year'])
const row = { id, key: z.string(), createdAt: instant, updatedAt: instant }
export const subscriptionState = z.enum(['pending', 'trial', 'active', 'paused', 'ended']).describe('Now')

const issuer = z.strictObject({
  ...row,
  name: z.string(),
  address: z.string(),
  taxId: z.string().nullable(),
  bankDetails: z.string().nullable(),
  invoiceSeries: z.string(),
  creditNoteSeries: z.string(),
})

const customer = z.strictObject({
  ...row,
  name: z.string(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  taxId: z.string().nullable(),
  language: z.enum(['en', 'uk', 'ru']),
})

const ofAccount = {
  accountId: id,
  account: z.string().describe('Its key'),
  customer: z.string().describe('Its key'),
  customerName: z.string(),
}

const account = z.strictObject({
  ...row,
  customerId: id,
  customer: z.string().describe('Its key'),
  customerName: z.string(),
  issuerId: id,
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
  sponsorCaps: z.record(z.string(), z.string()),
  thresholds: z.array(z.looseObject({})),
  progressiveBilling: z.strictObject({ threshold: amount, repeats: z.boolean() }).nullable(),
})

const service = z.strictObject({ ...row, ...ofAccount, validFrom: instant, validUntil: instant.nullable() })

const subscription = z.strictObject({
  ...row,
  ...ofAccount,
  serviceId: id.nullable().describe('Null covers every service of the account'),
  service: z.string().nullable().describe('Its key'),
  plan: z.string(),
  planVersion: z.int(),
  planVersionId: id,
  quantity: z.int(),
  state: subscriptionState,
  startsAt: instant,
  endsAt: instant.nullable(),
  alignment: z.enum(['calendar', 'anniversary']),
  trialDays: z.int().nullable(),
  termUnit: unit.nullable(),
  termCount: z.int().nullable(),
  renews: z.boolean(),
  parentId: id.nullable(),
})

export const answers: Readonly<Record<Kind, z.ZodType>> = {
  issuer: issuer.meta({ id: 'Issuer' }),
  customer: customer.meta({ id: 'Customer' }),
  account: account.meta({ id: 'Account' }),
  service: service.meta({ id: 'Service' }),
  subscription: subscription.meta({ id: 'Subscription' }),
}

const planNames = { plan: z.string(), planVersion: z.int(), planVersionId: id, isNegotiated: z.boolean() }

export const change = z
  .looseObject({
    id,
    kind: z.string(),
    effectiveAt: instant,
    ...z.object(planNames).partial().shape,
    note: z.string().nullable(),
    recordedAt: instant,
    withdrawnAt: instant.nullable(),
  })
  .meta({ id: 'SubscriptionChange' })

export const timeline = z
  .strictObject({
    subscription: z.string(),
    state: subscriptionState,
    termEndsAt: instant.nullable(),
    intervals: z.array(
      z.strictObject({
        from: instant,
        until: instant.nullable(),
        ...planNames,
        phase: z.string().nullable(),
        quantity: z.int(),
        isPaused: z.boolean(),
      }),
    ),
    changes: z.array(change),
  })
  .meta({ id: 'SubscriptionTimeline' })

export const importReport = z.strictObject({
  rows: z.int(),
  created: z.record(z.enum(KINDS), z.int()),
  existing: z.int().describe('Things whose key existed; they stay as they are'),
  errors: z.array(z.strictObject({ row: z.int(), message: z.string() })),
})
