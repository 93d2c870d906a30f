import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

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
  },
)
export const billRunFailed = eventType('bill_run.failed', 'bill_run', 'A bill run was stopped by a fault.', run)

export const commitOpened = eventType(
  'balance.commit_opened',
  'account',
  'The term of a contract commit has begun: its money can be used.',
  { subscriptionId: z.uuid(), code: z.string(), termStart: day, termEnd: day, amount, currency: z.string() },
)

export const documentHeld = eventType(
  'invoice.held',
  'account',
  'The next document of an account is not issued: its tax cannot be decided until something is filled in.',
  { billingDay: day, reasons: z.array(z.string()) },
)
export const documentReleased = eventType(
  'invoice.released',
  'account',
  'Documents of an account that were held are issued.',
  { billingDay: day },
)

export const billingEvents = [
  ...[billRunStarted, billRunFinished, billRunFailed, dailyFeeUnpaid, commitOpened],
  ...[documentHeld, documentReleased],
]
