import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'deposit_entry',
    kind: 'entry of a deposit',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
]
