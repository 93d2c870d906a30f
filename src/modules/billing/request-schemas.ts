import { z } from 'zod'
import { CORRECTION_REASONS } from '../../core/invoicing/correction-reason.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { approvalRequestAnswer } from '../approvals/index.ts'
import { document } from '../invoices/index.ts'
import { items } from './item-schemas.ts'

const common = {
  key: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/)
    .optional()
    .describe('Natural key; the Idempotency-Key when absent'),
  reason: z.enum(CORRECTION_REASONS),
  text: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('Printed as the reason; the words of the reason, in the language of the customer, when absent'),
}
const dryRun = z.boolean().default(false).describe('Only tell what would be issued')

const quantityText = z.string().regex(/^\d{1,20}(\.\d{1,12})?$/, 'write a plain decimal such as 12 or 0.5')

/** Lines that a request names at most; a document has fewer. */
const MAX_LINES = 1_000

export const creditDraft = z
  .strictObject({
    ...common,
    amount: amountText.optional().describe('With tax; spread over the lines in proportion to what is left of them'),
    lines: z
      .array(
        z.strictObject({
          line: z.int().min(1).describe('Its position on the document. What lowers it comes back with it'),
          amount: amountText
            .optional()
            .describe('As the document has it: with tax where its prices include it. All that is left when absent'),
          quantity: quantityText.optional().describe('Units that come back, with the levies on them'),
        }),
      )
      .min(1)
      .max(MAX_LINES)
      .optional(),
    money: z
      .enum(['open_invoices', 'balance', 'refund'])
      .default('open_invoices')
      .describe(
        'What is open of the document is lowered first. The rest settles what else is open, the oldest first; stays the credit of the customer; or is to be paid back',
      ),
    dryRun,
  })
  .refine(({ amount, lines }) => amount === undefined || lines === undefined, {
    message: 'either amount or lines; neither is all that is left',
    path: ['amount'],
  })

export const voidDraft = z
  .strictObject({
    ...common,
    rebill: z
      .boolean()
      .describe('Whether what it billed is billed anew, with the prices of then; by the next bill run'),
    atOnce: z.boolean().default(false).describe('Billed anew at once'),
    dryRun,
  })
  .refine(({ rebill, atOnce }) => rebill || !atOnce, {
    message: 'at once is for what is billed anew',
    path: ['atOnce'],
  })

export const chargesDraft = z.strictObject({
  ...common,
  lines: items,
  dryRun,
})

const amount = z.string().describe('A decimal of the currency')

export const requestedNote = z
  .strictObject({
    id: z.uuid().nullable().describe('Of the note; null of a dry run'),
    corrects: z.string().describe('The number of the document that it is about'),
    left: amount.describe('What is left of that document then, to be credited'),
    lowered: amount.describe('What it lowered of what was open of that document'),
    refund: z.strictObject({ id: z.uuid().nullable(), amount }).nullable().describe('What is to be paid back'),
    rebilled: z
      .array(z.strictObject({ id: z.uuid(), number: z.string(), total: amount }))
      .describe('Documents that bill anew what was voided'),
    document,
    approvalRequest: approvalRequestAnswer
      .optional()
      .describe('Nothing is issued yet: it waits for another person, and `document` is what would be issued now'),
  })
  .meta({ id: 'RequestedNote' })
