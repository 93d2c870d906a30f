import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import type { Dispute } from './store.ts'

const dispute = {
  key: z.string(),
  invoiceId: z.uuid(),
  number: z.string().describe('Of the document'),
  currency: z.string(),
  amount: z.string().describe('Disputed, with tax; a decimal of the currency'),
  reason: z.string().describe('Its code'),
}
const types = {
  open: eventType(
    'line_dispute.opened',
    'line_dispute',
    'A customer disputes lines of a document: what is disputed may not be asked for.',
    dispute,
  ),
  accepted: eventType(
    'line_dispute.accepted',
    'line_dispute',
    'A dispute was accepted: a credit note takes back so much.',
    {
      ...dispute,
      credited: z.string().describe('By the credit note, with tax; less than the amount where it was accepted in part'),
      creditNoteId: z.uuid(),
    },
  ),
  rejected: eventType('line_dispute.rejected', 'line_dispute', 'A dispute was rejected: its amount is owed.', {
    ...dispute,
    decision: z.string(),
  }),
  withdrawn: eventType(
    'line_dispute.withdrawn',
    'line_dispute',
    'A customer disputes no longer: its amount is owed.',
    dispute,
  ),
}

/** What happened to a dispute. @param more of one that was accepted or rejected */
export function disputeEvent(
  { id, key, accountId, invoiceId, currency, amountMinor, reasonCode }: Dispute,
  number: string,
  status: keyof typeof types,
  more: object = {},
): NewEvent {
  const amount = formatMinor(BigInt(amountMinor), currency)
  const data = { key, invoiceId, number, currency, amount, reason: reasonCode, ...more }
  return eventOf(types[status], { objectId: id, accountId }, data as never)
}

export const disputeEvents = Object.values(types)
