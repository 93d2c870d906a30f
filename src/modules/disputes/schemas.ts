import { z } from 'zod'
import { amountText } from '../../platform/http/amount-text.ts'
import { key, textUpTo } from '../../platform/http/fields.ts'
import { approvalRequestAnswer } from '../approvals/index.ts'
import { ofAccount } from '../parties/index.ts'
import { DISPUTE_STATES } from './store.ts'

/** Lines that a dispute names at most. */
const MAX_LINES = 1_000
const quantityText = z.string().regex(/^\d{1,20}(\.\d{1,12})?$/, 'write a plain decimal such as 12 or 0.5')

const lines = z
  .array(
    z.strictObject({
      line: z.int().min(1).describe('Its position on the document'),
      amount: amountText.optional().describe('As the document has it; all that is left when absent'),
      quantity: quantityText.optional().describe('Units of it'),
    }),
  )
  .min(1)
  .max(MAX_LINES)
  .refine((parts) => new Set(parts.map(({ line }) => line)).size === parts.length, 'a line is named twice')

export const disputeDraft = z.strictObject({
  key: key.optional().describe('Natural key; the Idempotency-Key when absent'),
  reason: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/)
    .describe(
      'wrong_amount, wrong_usage, not_delivered, quality, not_ordered, duplicate, tax, other, or one of the settings `disputes`',
    ),
  text: textUpTo(2_000).optional().describe('In the words of the customer'),
  lines: lines.optional().describe('All that is left of the document when absent'),
})

export const acceptDraft = z.strictObject({
  lines: lines.optional().describe('Of what is disputed; all of it when absent. The rest is owed'),
  money: z
    .enum(['open_invoices', 'balance', 'refund'])
    .default('open_invoices')
    .describe('What becomes of what is not open of the document, as with credit notes'),
  text: textUpTo(500).optional().describe('Printed as the reason'),
})

const amount = z.string().describe('A decimal of the currency')
const instant = z.iso.datetime()
export const disputeAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    ...ofAccount,
    invoice: z.strictObject({ id: z.uuid(), number: z.string() }),
    currency: z.string(),
    amount: amount.describe('Disputed, with tax'),
    reason: z.string(),
    text: z.string().nullable(),
    status: z.enum(DISPUTE_STATES),
    lines: z.array(
      z.strictObject({
        line: z.int(),
        amount: amount.describe('As the document has it'),
        quantity: z.string().nullable(),
      }),
    ),
    openedAt: instant,
    decidedAt: instant.nullable(),
    decision: z.string().nullable(),
    creditNote: z.strictObject({ id: z.uuid(), number: z.string(), total: amount }).nullable(),
    approvalRequest: approvalRequestAnswer
      .optional()
      .describe('Where it was to be accepted and waits for another person'),
  })
  .meta({ id: 'Dispute' })
