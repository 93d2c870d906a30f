import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'sepa_mandate',
    kind: 'mandate of direct debits',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: 'what was debited by it can be asked back for 13 months, and has to be proved',
  },
  {
    table: 'sepa_order',
    kind: 'direct debit or transfer',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'bank_line',
    kind: 'line of a bank statement',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
]
