import { z } from 'zod'
import { askedBy } from '../../platform/four-eyes.ts'
import { listOf } from '../../platform/http/list-page.ts'

/** What the routes of re-rating answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
const day = z.iso.date()
const count = z.int().min(0)
/** Beyond what JSON's numbers hold exactly. */
const largeCount = z.string().regex(/^\d+$/)
const amount = z.string().describe('A decimal of the currency, exact')

export const reRating = z
  .strictObject({
    id,
    key: z.string(),
    status: z.enum(['computing', 'draft', 'applying', 'cancelling', 'cancelled', 'complete', 'failed']),
    plans: z.array(z.strictObject({ from: id, to: id })),
    accounts: z.array(id).nullable().describe('Null: all'),
    fromDay: day,
    untilDay: day,
    reason: z.string(),
    ...askedBy,
    decidedBy: z.string().nullable(),
    documents: count,
    error: z.string().nullable(),
    createdAt: instant,
    decidedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    totals: z.array(
      z.strictObject({
        currency: z.string(),
        accounts: count,
        accountsApplied: count,
        records: count,
        leftOut: count,
        before: amount,
        after: amount,
        difference: amount,
        moved: amount.describe('Differences of accounts without their signs'),
        appliedRecords: count,
        appliedDifference: amount,
      }),
    ),
  })
  .meta({ id: 'ReRating' })

export const reRatings = listOf(reRating)

export const accounts = listOf(
  z.strictObject({
    id,
    status: z.enum(['draft', 'partial', 'applied']),
    currency: z.string(),
    records: largeCount,
    leftOut: largeCount,
    fault: z.string().nullable().describe('Why the first of those was left out'),
    before: amount,
    after: amount,
    difference: amount,
    appliedRecords: largeCount,
    appliedDifference: amount,
    documentId: id.nullable(),
  }),
)

export const records = z.strictObject({
  items: z.array(
    z.strictObject({
      source: z.string(),
      id: z.string(),
      service: z.string(),
      type: z.string(),
      time: instant,
      before: amount,
      after: amount,
      difference: amount,
      fault: z.string().nullable(),
    }),
  ),
})

const charged = z.string().describe('As it would be charged: with six digits more than the currency, rounded half-up')
const exactText = z
  .string()
  .describe('The price itself: a decimal, or a fraction such as 910/3 where no decimal is exact')

export const simulated = z.strictObject({
  plan: z.string(),
  version: z.int().nullable().describe('Null for a plan out of the files'),
  currency: z.string(),
  records: count,
  leftOut: count,
  firstLeftOut: z.array(z.strictObject({ index: count, reason: z.string(), detail: z.string() })),
  items: z.array(
    z.strictObject({
      period: day,
      price: z.string(),
      cell: z.string().nullable().describe('The rate of the price: a time band, a destination, a group'),
      records: count,
      quantity: z.string(),
      unit: z.string(),
      amount: charged,
      exactAmount: exactText,
    }),
  ),
  total: charged,
  exactTotal: exactText,
})
