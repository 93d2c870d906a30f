import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const amount = z.string().describe('A decimal of the currency; money out is below zero')

const bankAccount = { key: z.string() }
export const bankAccountCreated = eventType(
  'bank_account.created',
  'bank_account',
  'An account at a bank was named.',
  bankAccount,
)
export const bankAccountChanged = eventType(
  'bank_account.changed',
  'bank_account',
  'Which column of the CSV files of a bank is what was changed.',
  bankAccount,
)

export const statementImported = eventType(
  'bank_statement.imported',
  'bank_statement',
  'A statement of a bank was imported.',
  {
    bankAccount: z.string(),
    format: z.string(),
    number: z.string().nullable(),
    entries: z.int(),
    newEntries: z.int().describe('Entries that no other statement had said before'),
  },
)

export const lineMatched = eventType(
  'bank_line.matched',
  'bank_line',
  'Money on a bank account, or a part of it, has found what it is for.',
  {
    bankAccount: z.string(),
    kind: z.enum(['payment', 'recorded', 'payout', 'cash', 'return', 'refund', 'fee', 'outside', 'offset']),
    currency: z.string(),
    amount,
    score: z.int().nullable().describe('In thousandths, where it was booked by rule; null where somebody decided'),
  },
)

export const lineReopened = eventType(
  'bank_line.reopened',
  'bank_line',
  'What money on a bank account was for holds no longer.',
  {
    bankAccount: z.string(),
    currency: z.string(),
    amount,
  },
)

export const lineStateChanged = eventType(
  'bank_line.state_changed',
  'bank_line',
  'Money on a bank account was set aside, is to be returned, or waits again.',
  {
    bankAccount: z.string(),
    state: z.enum(['set_aside', 'to_return', 'waiting']),
  },
)

export const mandateGiven = eventType('mandate.given', 'mandate', 'A customer allows direct debits.', {
  reference: z.string(),
  scheme: z.enum(['CORE', 'B2B']),
})
export const mandateEnded = eventType('mandate.ended', 'mandate', 'A mandate is used no more.', {
  reference: z.string(),
  reason: z.string(),
})
export const sepaFileMade = eventType(
  'sepa_file.made',
  'sepa_file',
  'A file of direct debits, or of refunds, was made for a bank.',
  {
    kind: z.enum(['debits', 'refunds']),
    bankAccount: z.string(),
    orders: z.int(),
    currency: z.string(),
    amount,
  },
)
export const directDebitFailed = eventType(
  'direct_debit.failed',
  'direct_debit',
  'A direct debit was refused, or came back: what it was for is open.',
  {
    state: z.enum(['rejected', 'returned']),
    reason: z.string().nullable(),
    meaning: z.string(),
    next: z.enum(['retry', 'correct', 'ask', 'stop']),
    endToEndId: z.string(),
    invoiceId: z.uuid(),
  },
)

export const bankEvents = [
  mandateGiven,
  mandateEnded,
  sepaFileMade,
  directDebitFailed,
  bankAccountCreated,
  bankAccountChanged,
  statementImported,
  lineMatched,
  lineReopened,
  lineStateChanged,
]
