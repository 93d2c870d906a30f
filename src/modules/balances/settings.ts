import { z } from 'zod'
import { findCurrency } from '../../core/base/currency.ts'
import { parseMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { readSettings } from './store.ts'

/** An amount of money for each of some currencies. */
const byCurrency = z.record(z.string(), amountText).superRefine((amounts, context) => {
  for (const [code, text] of Object.entries(amounts)) {
    const fault = (message: string): void => context.addIssue({ code: 'custom', path: [code], message })
    if (findCurrency(code) === undefined) fault('use an ISO 4217 code such as EUR')
    else if (text.startsWith('-') || parseMinor(text, code) === null)
      fault(`write a plain decimal with the digits of ${code}`)
  }
})

/** What is done about documents, as the second person's limits name it. */
export const DOCUMENT_LIMITS = {
  credit_note: byCurrency.optional().describe('Credit notes on request, and disputes that are accepted'),
  void: byCurrency.optional().describe('Voids of whole documents; those of credit notes where it is absent'),
  refund: byCurrency.optional().describe('What of a credit note is to be paid back'),
  debit_note: byCurrency.optional().describe('Debit notes on request'),
  write_off: byCurrency.optional(),
}

/** What a tenant allows. */
export const settingsSchema = z.strictObject({
  approvalLimits: byCurrency
    .default({})
    .describe(
      'Adjustments above it need the approval of a second person; without an entry all of them do, and what one person set does not hold for the same person until another sets it, too',
    ),
  unitApprovalLimits: z
    .record(z.string().min(1).max(40), amountText)
    .default({})
    .describe('The same for adjustments of units, by unit; without an entry all of them need it'),
  reversalLimits: byCurrency
    .optional()
    .describe(
      'Reversals of payments and top-ups above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too',
    ),
  documentLimits: z
    .strictObject(DOCUMENT_LIMITS)
    .optional()
    .describe(
      'Notes on request, voids, refunds and write-offs above it wait for a second person; without an entry none do. What one person sets or lifts does not hold for the same person until another sets it, too',
    ),
  promise: z
    .strictObject({
      limits: byCurrency.describe('Most that is lent'),
      fees: byCurrency.default({}),
      days: z.number().int().min(1).max(365),
    })
    .optional(),
})

export type Settings = z.infer<typeof settingsSchema>

export async function settingsOf(db: Database): Promise<Settings> {
  return settingsSchema.parse((await readSettings(db)).content)
}
