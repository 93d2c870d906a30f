import { z } from 'zod'
import { document, line, purpose } from '../invoices/index.ts'

/** What the routes of billing answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
const day = z.iso.date()
const amount = z.string().describe('A decimal of the currency')

export const billRun = z
  .strictObject({
    id,
    untilDay: day,
    status: z.enum(['running', 'complete', 'failed']),
    accountsTotal: z.int(),
    accountsDone: z.int(),
    documents: z.int().describe('All that it issued, however often it was asked for'),
    issued: z.int().describe('Of these, since it was last asked for; 0 where nothing was new'),
    held: z.int().describe('Accounts whose next document waits for somebody, since it was last asked for'),
    inGrace: z.int().describe('Accounts whose next document waits for the end of its grace period alone'),
    error: z.string().nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'BillRun' })

/** Sentences about what is missing. */
const reasons = z.array(z.string()).describe('What is to be filled in before its tax can be decided')

export const nextInvoices = z.strictObject({
  account: z.string(),
  until: day,
  usageAsOf: instant,
  documents: z.array(
    z.strictObject({
      billingDay: day,
      purpose,
      ...document.shape,
      held: reasons.optional(),
      // None is stored yet: lines are named by day and position.
      lines: z.array(line.extend({ id: z.string() })),
    }),
  ),
})

const bill = z.strictObject({
  lines: z.array(
    z.strictObject({
      kind: z.string(),
      description: z.string(),
      subscriptionId: id,
      from: day,
      until: day,
      isLate: z.boolean(),
      amount,
    }),
  ),
  tax: amount,
  total: amount.describe('With tax'),
})

export const changePreview = z.strictObject({
  effectiveAt: instant,
  billedOn: day.describe('The first bill that it shows on'),
  currency: z.string(),
  without: bill,
  with: bill,
  difference: amount,
})

export const migrated = z.strictObject({
  dryRun: z.boolean(),
  items: z.array(
    z.strictObject({
      subscription: z.string(),
      account: z.string(),
      currency: z.string(),
      effectiveAt: instant,
      billedOn: day,
      difference: amount,
    }),
  ),
  refused: z.array(z.strictObject({ subscription: z.string(), reason: z.string() })),
  totals: z.array(z.strictObject({ currency: z.string(), subscriptions: z.int(), difference: amount })),
  nextCursor: id.nullable(),
})

export const commits = z.strictObject({
  items: z.array(
    z.looseObject({
      id,
      subscriptionId: id,
      code: z.string(),
      termStart: day,
      termEnd: day,
      currency: z.string(),
      amount,
      left: z.string().describe('A decimal of the currency, exact'),
    }),
  ),
})
