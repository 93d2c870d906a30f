import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'
import { DRAFT_KINDS } from './draft-store.ts'

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
    held: z.int().describe('Accounts whose next document waits for somebody'),
    inGrace: z.int().describe('Accounts whose next document waits for the end of its grace period alone'),
  },
)
export const billRunFailed = eventType('bill_run.failed', 'bill_run', 'A bill run was stopped by a fault.', run)

export const commitOpened = eventType(
  'balance.commit_opened',
  'account',
  'The term of a contract commit has begun: its money can be used.',
  { subscriptionId: z.uuid(), code: z.string(), termStart: day, termEnd: day, amount, currency: z.string() },
)

const draft = {
  draftId: z.uuid(),
  kind: z.enum(DRAFT_KINDS),
  billingDay: day,
}
export const invoiceVoided = eventType(
  'invoice.voided',
  'invoice',
  'An invoice is void: a credit note takes all of it back.',
  {
    number: z.string(),
    creditNoteId: z.uuid(),
    rebill: z.boolean().describe('What it billed is billed anew'),
  },
)

export const documentHeld = eventType(
  'invoice.held',
  'account',
  'A document of an account is due and not issued, or waits for other reasons than before: it is a draft.',
  {
    ...draft,
    reasons: z.array(z.string()),
    codes: z
      .array(z.string())
      .describe('Of the reasons: grace_period, by_hand, on_hold, review, tax_missing, tax_id, einvoice_rule, failed'),
    dueAt: z.iso.datetime().nullable().describe('When it is issued by itself; null where it waits for somebody'),
  },
)
export const documentReleased = eventType(
  'invoice.released',
  'account',
  'A draft of an account is issued, or nothing of it is due any more.',
  draft,
)
export const draftApproved = eventType(
  'invoice.approved',
  'account',
  'Somebody has looked at a draft and approves of it, for the amount that it has.',
  { ...draft, currency: z.string(), amount, warnings: z.array(z.string()).describe('What was odd about it') },
)

const hold = {
  holdId: z.uuid(),
  draftId: z.uuid().nullable().describe('Null for all documents of the account'),
  reason: z.string(),
}
export const holdPlaced = eventType(
  'invoice_hold.placed',
  'account',
  'Somebody said that a draft, or no document of an account, is to be issued.',
  { ...hold, until: z.iso.datetime().nullable() },
)
export const holdReleased = eventType(
  'invoice_hold.released',
  'account',
  'What somebody had put on hold may be issued.',
  hold,
)

export const billingEvents = [
  ...[billRunStarted, billRunFinished, billRunFailed, dailyFeeUnpaid, commitOpened],
  ...[documentHeld, documentReleased, draftApproved, holdPlaced, holdReleased, invoiceVoided],
]
