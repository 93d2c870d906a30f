import { z } from 'zod'
import { WAIT_CODES, WARNING_CODES } from '../../core/billing/draft-rules.ts'
import { listOf } from '../../platform/http/list-page.ts'
import { document, line, purpose } from '../invoices/index.ts'
import { ofAccount } from '../parties/index.ts'
import { DRAFT_KINDS } from './draft-store.ts'

/** What the routes of drafts answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
const day = z.iso.date()
const amount = z.string().describe('A decimal of the currency')

export const heldDocuments = z.strictObject({
  items: z.array(
    z.strictObject({
      ...ofAccount,
      billingDay: day.describe('From this one on it is not billed'),
      reasons: z
        .array(z.string())
        .describe(
          'What is to be filled in before its tax can be decided, or before it is the e-invoice that its customer asks for',
        ),
      heldAt: instant,
    }),
  ),
  nextCursor: id.nullable(),
})

const warnings = z.array(z.strictObject({ code: z.enum(WARNING_CODES), text: z.string() }))

const row = z.strictObject({
  id,
  ...ofAccount,
  kind: z
    .enum(DRAFT_KINDS)
    .describe('The bill of a day, an interim invoice, a note on documents before, or lines that somebody wrote'),
  purpose: z.string().describe('Which of the drafts of a kind: of a note, its cause'),
  billingDay: day,
  untilDay: day.nullable().describe('Of a bill: what is due up to here waits behind it'),
  currency: z.string(),
  total: amount.describe('With tax, where it can be decided'),
  reasons: z
    .array(
      z.strictObject({
        code: z.enum(WAIT_CODES),
        text: z.string(),
        until: instant.optional(),
      }),
    )
    .describe('Why it is not issued; empty where it is about to be'),
  warnings: warnings.describe('What is odd about it; in lists only what the settings ask to be approved of'),
  dueAt: instant.nullable().describe('When it is issued by itself; null where it waits for somebody'),
  madeAt: instant,
})
export const draftRow = row.meta({ id: 'DraftInvoice' })
export const drafts = listOf(draftRow)

const holdShape = {
  id,
  accountId: id,
  draftId: id.nullable().describe('Null for all documents of the account'),
  until: instant.nullable().describe('Null until it is released'),
  reason: z.string(),
  placedBy: z.string().describe('The key or user'),
  placedAt: instant,
  releasedBy: z.string().nullable(),
  releasedAt: instant.nullable(),
}
export const hold = z.strictObject(holdShape).meta({ id: 'InvoiceHold' })
export const holds = listOf(hold)

export const draft = z
  .strictObject({
    ...row.shape,
    documents: z
      .array(
        z.strictObject({
          ...{ billingDay: day, purpose },
          ...document.shape,
          // None is stored yet: lines are named by day and position.
          lines: z.array(line.extend({ id: z.string() })),
        }),
      )
      .describe('As they would be issued now; none where nothing of it is due any more'),
    approvals: z.array(
      z.strictObject({
        id,
        total: amount,
        warnings,
        note: z.string().nullable(),
        approvedBy: z.string(),
        approvedAt: instant,
      }),
    ),
    holds: z.array(z.strictObject(holdShape)),
  })
  .meta({ id: 'DraftInvoiceWithDocuments' })

export const issued = z.strictObject({ documents: z.array(id).describe('Ids of the invoices') })
