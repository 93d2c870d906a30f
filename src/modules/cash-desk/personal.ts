import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'cash_receipt',
    kind: 'receipt of a cash desk',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    erased: { note: 'null' },
    kept: KEPT.books,
  },
]
