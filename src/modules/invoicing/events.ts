import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import type { Invoice } from './store.ts'

const amount = z.string().describe('A decimal of the currency')
const day = z.iso.date()

const fee = {
  subscriptionId: z.uuid(),
  price: z.string(),
  day,
  amount,
  currency: z.string(),
}
export const dailyFeeUnpaid = eventType(
  'balance.daily_fee_unpaid',
  'account',
  'The balance of an account did not reach for the fee of a day; its usage is blocked where the plan says so.',
  fee,
)

const document = {
  number: z.string().describe('As it is printed'),
  currency: z.string(),
  total: amount,
  issuedOn: day,
  dueOn: day,
  billingDay: day,
  corrects: z.array(z.string()).describe('Of a note on other documents: their numbers'),
}
const issued = {
  invoice: eventType('invoice.issued', 'invoice', 'An invoice was issued.', document),
  credit_note: eventType(
    'credit_note.issued',
    'credit_note',
    'A credit note was issued: a document with a total below zero.',
    document,
  ),
  debit_note: eventType(
    'debit_note.issued',
    'debit_note',
    'A debit note was issued: usage that was billed already costs more.',
    document,
  ),
}

export function documentIssued(invoice: Omit<Invoice, 'metadata'>): NewEvent {
  const { id, kind, accountId, currency, totalMinor, issuedOn, dueOn, billingDay, document: printed } = invoice
  const total = formatMinor(BigInt(totalMinor), currency)
  const { number, corrects = [] } = printed as { readonly number: string; readonly corrects?: readonly string[] }
  const data = { number, currency, total, issuedOn, dueOn, billingDay, corrects: [...corrects] }
  return eventOf(issued[kind], { objectId: id, accountId }, data)
}

const metadata = eventType('invoice.metadata_changed', 'invoice', 'What callers keep beside a document was changed.', {
  number: z.string(),
})
export const invoiceMetadataChanged = metadata

const run = { untilDay: day }
export const billRunStarted = eventType(
  'bill_run.started',
  'bill_run',
  'A bill run has begun, or was asked for once more.',
  run,
)
export const billRunFinished = eventType(
  'bill_run.finished',
  'bill_run',
  'A bill run has billed all accounts; those in `failed` could not be billed.',
  {
    ...run,
    accounts: z.int(),
    documents: z.int().describe('That it issued'),
    failed: z.int().describe('Accounts that could not be billed'),
  },
)
export const billRunFailed = eventType('bill_run.failed', 'bill_run', 'A bill run was stopped by a fault.', run)

export const commitOpened = eventType(
  'balance.commit_opened',
  'account',
  'The term of a contract commit has begun: its money can be used.',
  { subscriptionId: z.uuid(), code: z.string(), termStart: day, termEnd: day, amount, currency: z.string() },
)

export const invoicingEvents = [
  ...Object.values(issued),
  metadata,
  billRunStarted,
  billRunFinished,
  billRunFailed,
  dailyFeeUnpaid,
  commitOpened,
]
