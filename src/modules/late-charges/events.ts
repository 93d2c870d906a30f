import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import { type LateChargeRow, RETURN_KINDS } from './store.ts'

const amount = z.string().describe('A decimal of the currency')
const charge = {
  invoiceId: z.uuid().describe('The document that was late'),
  kind: z.enum(['interest', 'fee']),
  currency: z.string(),
  amount,
  from: z.iso.date().describe('The first day that it is for'),
  until: z.iso.date().describe('The day after the last one'),
}
const charged = eventType(
  'late_charge.charged',
  'late_charge',
  'Interest for days, or a fee, was charged because a document was paid late; an invoice of lines bills it.',
  { ...charge, text: z.string().describe('As the line says it') },
)
const returned = eventType(
  'late_charge.returned',
  'late_charge',
  'A late charge, or a part of it, was given back: somebody waived it, or the document that was late was credited.',
  {
    ...charge,
    returned: amount.describe('What was given back now'),
    because: z.enum(RETURN_KINDS),
    reason: z.string(),
    creditNoteId: z.uuid().nullable().describe('Null where its line had been credited before'),
  },
)

export const lateEvents = [charged, returned]

function dataOf({ invoiceId, kind, currency, amountMinor, fromOn, untilOn }: LateChargeRow): object {
  return { invoiceId, kind, currency, amount: formatMinor(BigInt(amountMinor), currency), from: fromOn, until: untilOn }
}

export function chargedEvent(row: LateChargeRow): NewEvent {
  const data = { ...dataOf(row), text: row.text }
  return eventOf(charged, { objectId: row.id, accountId: row.accountId }, data as never)
}

/** @param more what was given back, why, and by which credit note */
export function returnedEvent(
  row: LateChargeRow,
  more: {
    readonly minor: bigint
    readonly because: (typeof RETURN_KINDS)[number]
    readonly reason: string
    readonly creditNoteId: string | null
  },
): NewEvent {
  const { minor, ...rest } = more
  const data = { ...dataOf(row), returned: formatMinor(minor, row.currency), ...rest }
  return eventOf(returned, { objectId: row.id, accountId: row.accountId }, data as never)
}
